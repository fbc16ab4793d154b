"""The box for a question. Whoever may add documents can also drop files on it, or paste them into it."""

import streamlit as st
from streamlit.elements.widgets.chat import ChatInputValue

from pages.parts.adding import put_files
from pages.parts.asking import take
from pages.parts.boundary import guarded
from pages.parts.in_words import count
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.session import Pending

_WORDS = "Ask your documents a question"


def show_ask_box(app: Pinpoint) -> None:
    """The box. Files go to the worker at once; the question that was typed with them is asked, and does not wait."""
    if not app.may("worker", "put"):
        if typed := st.chat_input(_WORDS):
            take(app, Pending(str(typed)))
        return
    given = st.chat_input(_WORDS, accept_file="multiple", max_upload_size=app.settings.file_megabytes)
    if isinstance(given, ChatInputValue):
        _take_both(app, given)


def _take_both(app: Pinpoint, given: ChatInputValue) -> None:
    if given.files:
        guarded(put_files)(app, given.files)
        st.toast(_adding_words([file.name for file in given.files]), icon=":material/upload_file:")
    if given.text.strip():
        take(app, Pending(given.text))


def _adding_words(names: list[str]) -> str:
    if len(names) > 1:
        return f"Adding {count(len(names), 'file')}"
    return f"Adding {plain_markdown(names[0])}"
