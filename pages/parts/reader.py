"""The reader of a document's page: one page or part at a time, with a table of contents, page numbers and a search.

The address says the place, so that it can be reloaded and passed on. Picture and text of a page move together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from ingest import CannotRead, Document, Passage
from pages.parts.address import LONGEST_WORDS, Place, place_in_address, write_place
from pages.parts.boundary import guarded
from pages.parts.cards import place_html, show_passage
from pages.parts.find_bar import show_number, show_search
from pages.parts.opened import Pinpoint
from pages.parts.page_image import drawn_page, page_of, page_words, pages_of
from pages.parts.page_view import boxes_of, page_html
from pages.parts.plain import show_html, without_bidi_controls
from pages.parts.scripts import fit_lines, scroll_to_place
from pages.parts.session import widget_value
from pages.parts.text_view import Mark
from pages.parts.viewing import Match, all_passages, find

_AT_ONCE = 20  # passages of a part, where a document has no pages that can be shown


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read: the place, the page or part of how many, the passage that is sought there, and the match in it."""

    document: Document
    passages: tuple[Passage, ...]
    place: Place
    parts: int
    part: int
    passage: Passage | None
    match: Match | None
    matches: int


def show_reader(app: Pinpoint, document: Document) -> None:
    """The bar, and the page or part that the address names."""
    read = _read(app, document)
    with st.container(key="reader", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="reader-bar"):
            _show_turning(read)
            _show_contents(read)
            show_search(
                f"reader-words-{read.place.words}",
                read.place.words,
                read.place.match - 1,
                read.matches,
                _going(document, lambda place, key: replace(place, words=_typed(key), match=1, page=None)),
                _going(document, lambda place, match: replace(place, match=int(str(match)) + 1, page=None)),
            )
        here = [each for each in read.passages if _part_of(document, each) == read.part]
        _show_picture(app, read, here)
        _show_text(read, here)
    drawn = f"{read.part} {read.place}"
    fit_lines(drawn)
    if read.place != Place():
        scroll_to_place(_anchor(read, here), drawn)


def _anchor(read: _Read, here: Sequence[Passage]) -> str:
    """The id of what is to be brought into sight."""
    if pages_of(read.document) or not here:
        return f"page-{read.part}"
    passage = read.passage if read.passage and read.passage in here else here[0]
    return f"passage-{passage.ordinal + 1}"


def _read(app: Pinpoint, document: Document) -> _Read:
    passages = all_passages(app, document)
    parts = pages_of(document) or -(-document.passages // _AT_ONCE)
    place = place_in_address(document.passages, parts)
    matches = find(passages, place.words) if place.words else []
    match = matches[(place.match - 1) % len(matches)] if matches else None
    sought = match.ordinal if match else (place.passage or 0) - 1
    passage = next((each for each in passages if each.ordinal == sought), None)
    part = place.page or (_part_of(document, passage) if passage else 1)
    return _Read(document, passages, place, parts, part, passage, match, len(matches))


def _part_of(document: Document, passage: Passage) -> int:
    """The page of a passage, or the part where no page can be shown."""
    return (page_of(document, passage) or 1) if pages_of(document) else passage.ordinal // _AT_ONCE + 1


def _typed(key: object) -> str:
    return str(widget_value(str(key)) or "")[:LONGEST_WORDS].strip()


def _going(document: Document, change: Callable[[Place, object], Place]) -> Callable[..., None]:
    """A callback that changes the place in the address, by what the widget hands over."""

    def go(said: object = None, _most: int = 0) -> None:
        parts = pages_of(document) or document.passages
        write_place(document.id, change(place_in_address(document.passages, parts), said))

    return go


def _show_turning(read: _Read) -> None:
    """The way to the page before and after, and to any by its number."""
    step = _going(read.document, lambda place, page: replace(place, page=int(str(page))))
    typed = _going(read.document, lambda place, key: replace(place, page=int(widget_value(str(key)) or 1)))
    show_number("reader", "Page" if pages_of(read.document) else "Part", read.part, read.parts, typed, step)


def _show_contents(read: _Read) -> None:
    """The headings of the document, to go to one."""
    named = {each.ordinal: each for each in _headed(read.passages)}
    if len(named) < 2:
        return
    word = "page" if pages_of(read.document) else "part"
    key = f"reader-contents-{read.part}-{read.place.passage}"

    def label(ordinal: int) -> str:
        where = f" · {word} {_part_of(read.document, named[ordinal])}" if read.parts > 1 else ""
        return without_bidi_controls(named[ordinal].heading or "") + where

    def chosen(place: Place, _: object) -> Place:
        return Place(passage=int(ordinal) + 1) if (ordinal := widget_value(key)) is not None else place

    st.selectbox(
        "Contents",
        list(named),
        None,
        format_func=label,
        key=key,
        placeholder="Contents",
        label_visibility="collapsed",
        width=220,
        on_change=guarded(_going(read.document, chosen)),
    )


def _headed(passages: Sequence[Passage]) -> list[Passage]:
    """The first passage below each heading."""
    before = [None, *(each.heading for each in passages)]
    return [each for each, last in zip(passages, before, strict=False) if each.heading and each.heading != last]


def _show_picture(app: Pinpoint, read: _Read, here: Sequence[Passage]) -> None:
    """The page as it looks, what is sought highlighted, its text to be selected; a sentence where it cannot be."""
    document, passage = read.document, read.passage
    if not pages_of(document) or app.library.files.path(document.id) is None:
        return
    try:
        image = drawn_page(app, document, read.part)
    except CannotRead as error:
        st.info(str(error))
        return
    placed = list(zip(here, app.places.known(document, here), strict=True))
    found = app.places.find(document, passage).places if passage and passage in here else ()
    boxes = list(boxes_of(found, read.match.start, read.match.end)) if read.match else []
    sheet = page_html(image, page_words(document, read.part), 100, placed, () if read.match else found, boxes)
    show_html(f'<div class="pp-reader-page" id="page-{read.part}">{sheet}</div>')


def _show_text(read: _Read, here: Sequence[Passage]) -> None:
    """The text of the page or part, passage by passage."""
    st.subheader("Text", anchor=False)
    for passage in here:
        marks: list[Mark] = []
        if read.match and read.match.ordinal == passage.ordinal:
            marks = [(read.match.start, read.match.end, "pp-found")]
        show_passage(passage.ordinal + 1, place_html(read.document, passage), passage.text, marks)
    if not here:
        st.caption("There is no text on this page.")
