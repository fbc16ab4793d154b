"""The Ask page before anything is asked: what Pinpoint is, in a few words, and the ways to begin."""

from collections.abc import Sequence

import streamlit as st

from ingest import Document, example_documents
from pages.parts.address import to_conversation
from pages.parts.boundary import guarded
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown

_EARLIER = 3
_WELCOME = (
    "Ask a question in your own words and Pinpoint shows you the passages of your documents that answer it best, each "
    "with its page. It never makes anything up: everything you see comes straight from your own files, and the files "
    "stay on this computer."
)


def show_welcome(app: Pinpoint, held: Sequence[Document]) -> None:
    """What this is, with the way to add documents and, where there are none, to an example."""
    st.title("Pinpoint", anchor=False)
    st.markdown(_WELCOME)
    if not app.may("worker", "put"):
        return
    with st.container(horizontal=True):
        if st.button("Add documents", type="secondary" if held else "primary", icon=":material/upload_file:"):
            st.switch_page("documents.py")
        if not held and not app.worker.jobs():
            icon = ":material/auto_stories:"
            st.button("Try it with an example", icon=icon, on_click=guarded(_add_example), args=[app])


def show_earlier(app: Pinpoint) -> None:
    """The newest conversations, to go on with one."""
    if not (newest := app.conversations.listed(at_most=_EARLIER)):
        return
    with st.container(gap="xsmall", key="earlier"):
        st.caption("Go on with an earlier conversation:")
        for summary in newest:
            there = to_conversation(summary.id)
            st.page_link("chat.py", label=plain_markdown(summary.name), icon=":material/chat:", query_params=there)


def _add_example(app: Pinpoint) -> None:
    for path in example_documents():
        app.worker.put(path.name, [path.read_bytes()])
