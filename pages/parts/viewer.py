"""The viewer: a document beside the answer, at the passage of a card. On a telephone it lies over the answer."""

import streamlit as st

from ingest import CannotRead, Document, Passage
from pages.parts.address import to_document, write_address
from pages.parts.alike import show_alike
from pages.parts.boundary import guarded
from pages.parts.cards import copy_button, place_html
from pages.parts.download import show_original
from pages.parts.opened import Pinpoint
from pages.parts.page_image import drawn_page, page_of, page_words, pages_of
from pages.parts.page_view import boxes_of, page_html
from pages.parts.part import part
from pages.parts.plain import plain_html, show_html
from pages.parts.scripts import show_in_viewer
from pages.parts.session import Viewed
from pages.parts.text_view import Mark, text_html
from pages.parts.viewer_bar import show_bar
from pages.parts.viewing import Match, Shown, all_passages, change_view, close_viewer, find, shown_now
from qa.confidence.verdict_words import highlights

_BEFORE, _AFTER, _MORE = 6, 12, 20  # passages of a text that are shown around the one, and that come on a click
_NOT_OUTLINED = "The passage could not be highlighted on this page."


@part
def show_viewer(app: Pinpoint) -> None:
    """The document of the card that was opened; nothing where none is."""
    write_address()
    shown = shown_now()
    if shown is None:
        return
    with st.container(key="viewer", gap="small"):
        _show_head(shown)
        document = app.library.document(shown.hit.candidate.document.id)
        if document is None:
            where = (
                "in the trash" if shown.hit.candidate.document.id in app.library.trash else "no longer in the library"
            )
            st.info(f"This document is {where}, so only the passage itself can be shown.")
            _show_passage_alone(shown)
        else:
            _show_document(app, document, shown)
    show_in_viewer(f"{shown.viewed}", shown.viewed.card)


def _show_head(shown: Shown) -> None:
    candidate = shown.hit.candidate
    with st.container(horizontal=True, vertical_alignment="top", key="viewer-head"):
        show_html(
            f'<h2 class="pp-viewer-name">{plain_html(candidate.document.name)}</h2>'
            f'<div class="pp-place">{place_html(candidate.document, candidate.passage)}</div>'
        )
        st.button("Close", icon=":material/close:", key="viewer-close", on_click=guarded(close_viewer))


def _show_document(app: Pinpoint, document: Document, shown: Shown) -> None:
    matches = find(all_passages(app, document), shown.viewed.words) if shown.viewed.words else []
    match = matches[shown.viewed.match % len(matches)] if matches else None
    found = (each for each in all_passages(app, document) if match and each.ordinal == match.ordinal)
    passage = next(found, shown.hit.candidate.passage)
    page = shown.viewed.page or page_of(document, passage)
    is_paged = page is not None and app.library.files.path(document.id) is not None
    show_bar(shown, len(matches), page if is_paged else None, pages_of(document))
    with st.container(key="viewer-body", gap="small"):
        if not is_paged or not _show_page(app, document, shown, page or 1, passage, match):
            _show_text(app, document, shown, passage, match)
    with st.container(horizontal=True, vertical_alignment="center", key="viewer-foot"):
        show_html(copy_button(shown.hit, "this passage"), width="content")
        show_html(f'<div class="pp-hidden pp-text" dir="auto">{plain_html(shown.hit.candidate.passage.text)}</div>')
        show_original(app, document, "viewer-original", "tertiary")
        icon = ":material/article:"
        place = to_document(document.id, shown.hit.candidate.passage.ordinal)
        st.page_link("document.py", label="Open the document", icon=icon, query_params=place)
    show_alike(app, shown.hit.candidate.passage, shown.viewed.card)


def _show_page(
    app: Pinpoint, document: Document, shown: Shown, page: int, passage: Passage, match: Match | None
) -> bool:
    """A page with the passage highlighted; a sentence and False where it cannot be shown."""
    try:
        with st.spinner("Drawing the page…"):
            image = drawn_page(app, document, page, shown.viewed.zoom)
    except CannotRead as error:
        st.info(str(error))
        return False
    is_here = page_of(document, passage) == page
    found = app.places.find(document, passage) if is_here else None
    here = found.places if found else ()
    on_page = [each for each in all_passages(app, document) if page_of(document, each) == page]
    placed = list(zip(on_page, app.places.known(document, on_page), strict=True))
    boxes = list(boxes_of(here, match.start, match.end)) if match and is_here else []
    show_html(page_html(image, page_words(document, page), shown.viewed.zoom, placed, here, boxes))
    if found and not here:
        st.caption(
            "This document is being read again; then its passages are highlighted." if found.waiting else _NOT_OUTLINED
        )
    return True


def _show_text(app: Pinpoint, document: Document, shown: Shown, passage: Passage, match: Match | None) -> None:
    """The text around a passage, as it is ordered."""
    viewed, ordinal = shown.viewed, passage.ordinal
    start, end = max(ordinal - _BEFORE - viewed.earlier, 0), ordinal + 1 + _AFTER + viewed.later
    first = max(start - 1, 0)
    around = app.library.passages_between(document, first, end)
    above = around[0].heading or "" if start and around else ""
    if start:
        _show_more("Earlier text", viewed, earlier=viewed.earlier + _MORE)
    marks: list[Mark] = [(*span, "pp-answer") for span in highlights(shown.hit)]
    if match:
        marks = [(match.start, match.end, "pp-found")]
    show_html(text_html(document, around[start - first :], ordinal, marks, above))
    if end < document.passages:
        _show_more("Later text", viewed, later=viewed.later + _MORE)


def _show_more(label: str, viewed: Viewed, **changes: int) -> None:
    st.button(
        label,
        type="tertiary",
        key=f"viewer-{label}-{viewed.earlier}-{viewed.later}",
        on_click=guarded(change_view),
        kwargs=changes,
    )


def _show_passage_alone(shown: Shown) -> None:
    text = plain_html(shown.hit.candidate.passage.text)
    with st.container(key="viewer-body"):
        show_html(f'<div class="pp-running" tabindex="0"><div class="pp-here-text" dir="auto">{text}</div></div>')
    show_html(copy_button(shown.hit, "this passage"), width="content")
