"""A page of a PDF, or a picture, as an image, with a passage outlined on it where one is asked for."""

import base64

import streamlit as st

from ingest import CannotRead, Document, PageImage, Passage, Place, page_image
from pages.parts.opened import Pinpoint
from pages.parts.paging import page_start
from pages.parts.plain import show_html

_IMAGES_KEPT = 200
_NOT_OUTLINED = ". The passage could not be outlined on it."
_NOT_YET = ". An earlier version added this document. It is being read again; then its passages are outlined."
# The types of file whose pages can be shown. A picture is one page without a number; a TIFF may have several.
_PAGED, _PICTURE = frozenset({"PDF", "TIFF"}), "Picture"


def show_passage_page(app: Pinpoint, document: Document, passage: Passage) -> None:
    """The page that a passage is on, with the passage outlined; nothing where the document has no pages to show."""
    page = page_of(document, passage)
    if page is None or app.library.files.path(document.id) is None:
        return
    try:
        found = app.places.find(document, passage)
        image = _drawn_page(app, document.id, page, found.places)
    except CannotRead as error:
        st.info(str(error))
        return
    outline = ", with the passage outlined" if image.highlighted else _NOT_YET if found.waiting else _NOT_OUTLINED
    _show_image(image, f"{_shown(document, page)}{outline}")


def show_pages(app: Pinpoint, document: Document) -> None:
    """The pages of a PDF or a TIFF, one at a time, or a picture."""
    pages = 1 if document.type == _PICTURE else (document.pages or 0) if document.type in _PAGED else 0
    if not pages or app.library.files.path(document.id) is None:
        return
    with st.expander("Picture" if document.type == _PICTURE else "Pages"):
        page = page_start(pages, 1) + 1
        try:
            _show_image(_drawn_page(app, document.id, page), _shown(document, page))
        except CannotRead as error:
            st.info(str(error))


def page_of(document: Document, passage: Passage) -> int | None:
    """The number of the page that can be shown for a passage.

    >>> from datetime import UTC, datetime
    >>> kinds = "Picture", "Text"
    >>> picture, text = (Document("0" * 64, "file", kind, None, 1, 9, datetime.now(UTC)) for kind in kinds)
    >>> page_of(picture, Passage("0" * 64, 0, "Way out")), page_of(text, Passage("0" * 64, 0, "Way out"))
    (1, None)
    """
    return 1 if document.type == _PICTURE else passage.page if document.type in _PAGED else None


def _shown(document: Document, page: int) -> str:
    return "The picture" if document.type == _PICTURE else f"Page {page}"


def _show_image(image: PageImage, words: str) -> None:
    """A page's image with what it shows in words, also for those who do not see it."""
    data = base64.b64encode(image.png).decode()
    show_html(f'<img class="pp-page" src="data:image/png;base64,{data}" alt="{words}">')
    st.caption(words)


@st.cache_data(max_entries=_IMAGES_KEPT, show_spinner="Drawing the page…")
def _drawn_page(_app: Pinpoint, document_id: str, page: int, places: tuple[Place, ...] = ()) -> PageImage:
    """One page as a PNG; a document's id is that of its bytes, so an image never grows old."""
    original = _app.library.files.path(document_id)
    if original is None:
        raise CannotRead("The original file of this document is gone.")
    return page_image(original, page, _app.settings, boxes=places)
