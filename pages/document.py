"""The page of one document: its original, and the reader with its pages and its text. Reads from top to bottom."""

import streamlit as st

from ingest.languages import language_note
from pages.parts.address import document_in_address
from pages.parts.boundary import show_notices
from pages.parts.download import show_original
from pages.parts.in_words import count, described
from pages.parts.not_read import show_not_read
from pages.parts.opened import pinpoint
from pages.parts.plain import plain_markdown, show_html, source_link
from pages.parts.reader import show_reader

app = pinpoint()

st.page_link("documents.py", label="All documents", icon=":material/arrow_back:")
show_notices()
document_id = document_in_address()
document = app.library.document(document_id)
if document_id in app.library.trash:
    st.info("This document is in the trash. It can be restored on the Documents page.")
    st.stop()
if document is None:
    st.info("This document is not in the library. It may have been removed.")
    st.stop()

st.title(plain_markdown(document.name), anchor=False)
st.markdown(described(document))
if document.source:
    show_html(f'<p class="pp-quiet">From {source_link(document.source)}</p>')
if document.ocr_pages:
    where = f"of {count(document.ocr_pages, 'page')} was recognised in a scan" if document.pages else "was recognised"
    shown = "page" if document.pages else "picture"
    st.caption(f"The text {where} (OCR) and may contain mistakes. Compare it with the {shown}.")
if note := language_note(document, app.settings):
    st.caption(note)
show_not_read(document)
show_original(app, document, "original", "secondary")
show_reader(app, document)
