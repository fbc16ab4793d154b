"""One turn of a conversation: the question, and the answer with all that can be done with it."""

import streamlit as st

from ingest import PinpointError
from pages.cards import card, copying, show_question, summary
from pages.context import opening_words, show_context
from pages.how import show_how
from pages.opened import Pinpoint
from pages.plain import plain_html, plain_markdown, show_html
from qa import Answer, Hit, Turn

NOT_ANSWERED = "Your documents do not seem to answer this."
WHAT_COULD_HELP = (
    "Other words may help, such as those that your documents would use. Or the document that answers it is not here "
    "yet."
)


def show_asked(place: int, turn: Turn) -> None:
    """The question as it was typed, and what it was asked together with and of."""
    show_question(place, turn.question)
    if turn.of:
        names = ", ".join(plain_html(name) for name in turn.of)
        show_html(f'<div class="pp-quiet">Asked only of {names}</div>')


def show_answer(app: Pinpoint, place: int, turn: Turn) -> None:
    """What came of it: the cards, or the sentence why there are none."""
    answer = turn.answer
    if answer is None:
        st.info(plain_markdown(turn.sentence or ""), icon=":material/info:")
        return
    if not answer.hits:
        st.info("No passage shares a word with this question. Try other words.", icon=":material/info:")
        return
    key = f"{st.session_state.conversation.id}-{place}"
    show_html(summary(answer))
    if answer.answered:
        _show_cards(app, answer, key)
    else:
        st.warning(f"**{NOT_ANSWERED}** {WHAT_COULD_HELP}", icon=":material/search_off:")
        st.page_link("pages/documents.py", label="Add a document", icon=":material/upload_file:")
        with st.expander("The nearest passages, in case they help"):
            _show_cards(app, answer, key)
    _how(answer, key)


def _show_cards(app: Pinpoint, answer: Answer, key: str) -> None:
    for hit in answer.hits:
        with st.container(border=True, gap="xsmall", key=f"card-{key}-{hit.rank}"):
            show_html(card(hit, answer.question))
            _below(app, answer, hit, f"{key}-{hit.rank}")


@st.fragment
def _below(app: Pinpoint, answer: Answer, hit: Hit, key: str) -> None:
    """What can be done with a passage."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show_html(copying(hit), width="content")
        _thumbs(app, answer, hit, key)
    around = st.expander(opening_words(hit.candidate), type="compact", on_change="rerun", key=f"around-{key}")
    if around.open:
        with around:
            show_context(app, hit.candidate, key)


def _thumbs(app: Pinpoint, answer: Answer, hit: Hit, key: str) -> None:
    """Thumbs up or down, as somebody gave them before."""
    passage = hit.candidate.passage
    given = app.thumbs.given(answer.question, passage.id)
    widget = f"thumbs-{key}"
    if widget not in st.session_state and given is not None:
        st.session_state[widget] = int(given)
    st.feedback("thumbs", key=widget, on_change=_give, args=[app, answer, hit, widget])


def _give(app: Pinpoint, answer: Answer, hit: Hit, widget: str) -> None:
    """Keep the thumb that was just given or taken back."""
    thumb = st.session_state[widget]
    try:
        app.thumbs.give(answer.question, hit.candidate, None if thumb is None else bool(thumb))
    except PinpointError as error:
        st.toast(plain_markdown(str(error)), icon=":material/error:")


@st.fragment
def _how(answer: Answer, key: str) -> None:
    how = st.expander("How was this found?", type="compact", on_change="rerun", key=f"how-{key}")
    if how.open:
        with how:
            show_how(answer)
