"""One document: its original to download, its pages, and its text, passage by passage."""

import streamlit as st

from ingest import CannotRead, Document
from pages.parts.cards import place, show_passage
from pages.parts.context import picture, show_picture
from pages.parts.opened import pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.words import count, described

_PASSAGES_AT_ONCE = 20


def wanted() -> Document:
    """The document that the address names; without one the page says so and ends."""
    document = app.library.document(st.query_params.get("id", ""))
    if document is None:
        st.info("This document is not in the library. It may have been removed.")
        st.stop()
    return document


def about(document: Document) -> None:
    """What it is, how much is in it, and its original."""
    st.title(plain_markdown(document.name), anchor=False)
    st.markdown(described(document))
    if document.pages_from_pictures:
        pages = count(document.pages_from_pictures, "page")
        st.caption(
            f"The text of {pages} was recognised in a scan (OCR) and may contain mistakes. Compare it with the page."
        )
    if original := app.library.files.path(document.id):
        st.download_button("Download the original", original.read_bytes, document.name, icon=":material/download:")


def pictures(document: Document) -> None:
    """The pages of a PDF, one at a time."""
    original = app.library.files.path(document.id)
    if document.type != "PDF" or not document.pages or original is None:
        return
    with st.expander("Pages"):
        page = st.pagination(document.pages) if document.pages > 1 else 1
        try:
            show_picture(picture(app, document.id, page), f"Page {page}")
        except CannotRead as error:
            st.info(str(error))


def passages(document: Document) -> None:
    """Everything that can be found in it, in order."""
    st.subheader("Text", anchor=False)
    screens = -(-document.passages // _PASSAGES_AT_ONCE)
    screen = st.pagination(screens) if screens > 1 else 1
    start = (screen - 1) * _PASSAGES_AT_ONCE
    for passage in app.library.passages_between(document, start, start + _PASSAGES_AT_ONCE):
        show_passage(passage.ordinal + 1, place(document, passage), passage.text)


app = pinpoint()
st.page_link("pages/documents.py", label="All documents", icon=":material/arrow_back:")
document = wanted()
about(document)
pictures(document)
passages(document)
