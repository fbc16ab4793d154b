"""What opens below a card: the page as an image, the passages before and after, and the way to the original."""

import streamlit as st

from ingest import Document, Passage
from pages.parts.address import to_document
from pages.parts.cards import place_html
from pages.parts.download import show_original
from pages.parts.opened import Pinpoint
from pages.parts.page_image import page_of, show_passage_page
from pages.parts.plain import plain_html, show_html
from qa import Candidate


def opening_label(candidate: Candidate) -> str:
    """What the card offers to open."""
    if page_of(candidate.document, candidate.passage) is None:
        return "Show context"
    return "Show the page" if candidate.document.pages else "Show the picture"


def show_context(app: Pinpoint, candidate: Candidate, key: str) -> None:
    """Where a passage is, in the document as the library has it now."""
    document = app.library.document(candidate.document.id)
    if document is None:
        where = "in the trash" if candidate.document.id in app.library.trash else "no longer in the library"
        st.info(f"This document is {where}, so only the passage itself can be shown.")
        return
    ordinal = candidate.passage.ordinal
    around = app.library.passages_between(document, max(ordinal - 1, 0), ordinal + 2)
    show_passage_page(app, document, candidate.passage)
    for passage in around:
        _show_neighbour(document, passage, ordinal)
    with st.container(horizontal=True, vertical_alignment="center"):
        icon = ":material/article:"
        st.page_link("document.py", label="Open the document", icon=icon, query_params=to_document(document.id))
        show_original(app, document, f"original-{key}", "tertiary")


def _show_neighbour(document: Document, passage: Passage, ordinal: int) -> None:
    """One of the passages around the one with this ordinal, or that one itself."""
    word = "This passage" if passage.ordinal == ordinal else "Before" if passage.ordinal < ordinal else "After"
    here = " pp-here" if passage.ordinal == ordinal else ""
    where = place_html(document, passage)
    show_html(
        f'<div class="pp-context{here}">'
        f'<div class="pp-place"><strong>{word}</strong>{" · " if where else ""}{where}</div>'
        f'<div class="pp-text" dir="auto">{plain_html(passage.text)}</div></div>'
    )
