"""Thumbs up or down for a passage."""

import streamlit as st

from pages.parts.boundary import sentence_for
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.session import begin_widget, set_widget, widget_value
from qa import Answer, Hit


def show_thumbs(app: Pinpoint, answer: Answer, hit: Hit, key: str) -> None:
    """Thumbs up or down, as somebody gave them before."""
    given = app.judgements.given(answer.question, hit.candidate.passage.id)
    widget = f"thumbs-{key}"
    if given is not None:
        begin_widget(widget, int(given))
    st.feedback("thumbs", key=widget, on_change=_keep_thumb, args=[app, answer, hit, widget])


def _keep_thumb(app: Pinpoint, answer: Answer, hit: Hit, widget: str) -> None:
    """Keep the thumb that was just given or taken back; where that fails, the thumb is as it was before."""
    thumb = widget_value(widget)
    try:
        app.judgements.give(answer.question, hit.candidate, None if thumb is None else bool(thumb))
    except Exception as error:  # noqa: BLE001 - the edge of the pages
        given = app.judgements.given(answer.question, hit.candidate.passage.id)
        set_widget(widget, None if given is None else int(given))
        st.toast(plain_markdown(sentence_for(error)), icon=":material/error:")
        return
    if thumb is not None:
        st.toast("Thank you", icon=":material/check:")
