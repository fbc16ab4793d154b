"""The Ask page before anything is asked: what Pinpoint is, in a few words, and the ways to begin."""

from collections.abc import Sequence

import streamlit as st

from ingest import Document, example_documents
from pages.parts.boundary import guarded
from pages.parts.opened import Pinpoint

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


def _add_example(app: Pinpoint) -> None:
    for path in example_documents():
        app.worker.put(path.name, [path.read_bytes()])
