"""What opens below a card: the page as a picture, the passages before and after, and the way to the original."""

import base64

import streamlit as st

from ingest import CannotRead, Document, PageImage, Passage, page_image
from pages.parts.cards import place
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_html, show_html
from qa import Candidate

_PICTURES_KEPT = 200


def show_context(app: Pinpoint, candidate: Candidate, key: str) -> None:
    """Where a passage stands, in the document as the library has it now."""
    document = app.library.document(candidate.document.id)
    if document is None:
        st.info("This document is no longer in the library, so only the passage itself can be shown.")
        return
    around = app.library.passages_between(
        document, max(candidate.passage.ordinal - 1, 0), candidate.passage.ordinal + 2
    )
    show_page(app, document, candidate.passage)
    for passage in around:
        _show(document, passage, candidate.passage.ordinal)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            "pages/document.py", label="Open the document", icon=":material/article:", query_params={"id": document.id}
        )
        original = app.library.files.path(document.id)
        if original:
            st.download_button(
                "Download the original",
                original.read_bytes,
                document.name,
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"original-{key}",
            )


def show_page(app: Pinpoint, document: Document, passage: Passage) -> None:
    """The page of a PDF as a picture, with the passage outlined on it."""
    page = _page_to_show(document, passage)
    if page is None or app.library.files.path(document.id) is None:
        return
    try:
        drawn = picture(app, document.id, page, passage.text)
    except CannotRead as error:
        st.info(str(error))
        return
    outline = ", with the passage outlined" if drawn.highlighted else ". The passage could not be outlined on it."
    show_picture(drawn, f"Page {page}{outline}")


def show_picture(drawn: PageImage, words: str) -> None:
    """A page's picture with what it shows in words, also for those who do not see it."""
    data = base64.b64encode(drawn.png).decode()
    show_html(f'<img class="pp-page" src="data:image/png;base64,{data}" alt="{words}">')
    st.caption(words)


@st.cache_data(max_entries=_PICTURES_KEPT, show_spinner="Drawing the page…")
def picture(_app: Pinpoint, document_id: str, page: int, outlined: str | None = None) -> PageImage:
    """One page as a PNG; a document's id is that of its bytes, so a picture never grows old."""
    original = _app.library.files.path(document_id)
    if original is None:
        raise CannotRead("The original of this document is gone.")
    return page_image(original, page, _app.settings, passage=outlined)


def _show(document: Document, passage: Passage, ordinal: int) -> None:
    word = "This passage" if passage.ordinal == ordinal else "Before" if passage.ordinal < ordinal else "After"
    here = " pp-here" if passage.ordinal == ordinal else ""
    where = place(document, passage)
    show_html(
        f'<div class="pp-context{here}">'
        f'<div class="pp-place"><strong>{word}</strong>{" · " if where else ""}{where}</div>'
        f'<div class="pp-text" dir="auto">{plain_html(passage.text)}</div></div>'
    )


def opening_words(candidate: Candidate) -> str:
    """What the card offers to open."""
    has_page = _page_to_show(candidate.document, candidate.passage) is not None
    return "Show the page" if has_page else "Show surrounding text"


def _page_to_show(document: Document, passage: Passage) -> int | None:
    return passage.page if document.type == "PDF" else None
