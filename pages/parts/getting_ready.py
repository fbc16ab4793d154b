"""What Pinpoint is still getting ready after a start: a question is taken meanwhile."""

import streamlit as st

from pages.parts.boundary import fragment_boundary
from pages.parts.opened import Pinpoint
from pages.parts.plain import show_html

_LOOK_SECONDS = 1.0
_WORDS = {
    "models": "Pinpoint is getting ready, which takes a few seconds after a start.",
    "index": "Pinpoint is looking up which words are in which documents. After an update, this can take a few minutes.",
}


def show_getting_ready(app: Pinpoint) -> None:
    """A line while something is being got ready; the whole page is drawn again at the end."""
    if app.asker.preparing:
        st.fragment(fragment_boundary()(_show_line), run_every=_LOOK_SECONDS)(app)


def getting_ready_words(app: Pinpoint) -> str | None:
    """What a question that was just asked waits for; None where all is ready."""
    preparing = app.asker.preparing
    return f"{_WORDS[preparing]} Your question is answered right after that." if preparing else None


def _show_line(app: Pinpoint) -> None:
    preparing = app.asker.preparing
    if preparing is None:
        st.rerun()
    show_html(f'<div class="pp-quiet pp-getting-ready" role="status">{_WORDS[preparing]} You can already ask.</div>')
