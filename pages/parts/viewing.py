"""What the viewer shows, and how that changes: the hits of a question in one document, pages, zoom, search."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import streamlit as st

from ingest import Document, Passage
from pages.parts.address import LONGEST_WORDS
from pages.parts.opened import Pinpoint
from pages.parts.page_image import draw_ahead, page_of
from pages.parts.session import Viewed, current, save, widget_value
from qa import Candidate, Hit

ZOOMS = (100, 150, 200, 300)
_MOST_MATCHES = 1000
_DOCUMENTS_KEPT = 8
_DRAWN_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """The hit that the viewer shows, its place among the hits of the same question in the same document, and these."""

    viewed: Viewed
    question: str
    hit: Hit
    hits: tuple[Hit, ...]

    @property
    def place(self) -> int:
        """The place of the hit among those in this document, from 0."""
        return [each.rank for each in self.hits].index(self.hit.rank)


class Match(NamedTuple):
    """Where the words of a search stand: the passage's ordinal, and from which to before which character."""

    ordinal: int
    start: int
    end: int


def opening_label(candidate: Candidate) -> str:
    """What the card offers to open."""
    if page_of(candidate.document, candidate.passage) is None:
        return "Show context"
    return "Show the page" if candidate.document.pages else "Show the picture"


def make_ready(app: Pinpoint, hits: Sequence[Hit]) -> None:
    """Draw the pages of the first cards in the background, so that they open at once."""
    first = [hit.candidate for hit in hits[:_DRAWN_AHEAD]]
    pages = [(each.document, page_of(each.document, each.passage)) for each in first]
    draw_ahead(app, [(document, page) for document, page in pages if page is not None])


def open_card(key: str) -> None:
    """Show the document of a card in the viewer, at its passage."""
    viewed = current().viewed
    save(replace(current(), viewed=Viewed(key, zoom=viewed.zoom if viewed else ZOOMS[0])))


def close_viewer() -> None:
    """Let the answer have the whole page again."""
    save(replace(current(), viewed=None))


def change_view(**changes: object) -> None:
    """Show something else of the same document; nothing where the viewer was closed meanwhile."""
    session = current()
    if session.viewed:
        save(replace(session, viewed=replace(session.viewed, **changes)))  # type: ignore[arg-type]


def turn_to_page(widget: str, pages: int) -> None:
    """Show the page whose number was typed."""
    go_to_page(min(max(int(widget_value(widget) or 1), 1), pages))


def go_to_page(page: int) -> None:
    """Show this page, and search no more."""
    change_view(page=page, words="", match=0)


def search_for(widget: str) -> None:
    """Search the document for what was typed."""
    change_view(words=str(widget_value(widget) or "")[:LONGEST_WORDS].strip(), match=0, page=None, earlier=0, later=0)


def go_to_match(match: int) -> None:
    """Show another match of the search."""
    change_view(match=match, page=None, earlier=0, later=0)


def shown_now() -> Shown | None:
    """What the viewer shows; None where it is closed, or where the card that it was opened from is not here."""
    session = current()
    if session.viewed is None or session.conversation is None:
        return None
    for place, turn in enumerate(session.turns):
        for hit in turn.answer.hits if turn.answer else ():
            if session.viewed.card == f"{session.conversation.id}-{place}-{hit.rank}":
                same = [each for each in turn.answer.hits if _document_id(each) == _document_id(hit)]  # type: ignore[union-attr]
                return Shown(session.viewed, turn.question, hit, tuple(same))
    return None


def find(passages: Sequence[Passage], words: str) -> list[Match]:
    """Where these words stand next to each other in the passages, whatever their case, a thousand times at most.

    >>> find([Passage("0", 0, "Green tea."), Passage("0", 1, "Black\\nTEA")], "black tea")
    [Match(ordinal=1, start=0, end=9)]
    """
    pattern = words_pattern(words)
    found = list[Match]()
    for passage in passages if pattern else ():
        found += [Match(passage.ordinal, *match.span()) for match in pattern.finditer(passage.text)]
        if len(found) >= _MOST_MATCHES:
            break
    return found[:_MOST_MATCHES]


def words_pattern(words: str) -> re.Pattern[str]:
    """What finds these words next to each other; nothing at all where there are none."""
    return re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)", re.IGNORECASE)


def all_passages(app: Pinpoint, document: Document) -> tuple[Passage, ...]:
    """Every passage of a document, kept for the next look while the library stays as it is."""
    return _all_passages(app, document.id, app.library.revision)


@st.cache_resource(max_entries=_DOCUMENTS_KEPT, show_spinner=False)
def _all_passages(_app: Pinpoint, document_id: str, revision: int) -> tuple[Passage, ...]:
    document = _app.library.document(document_id)
    return tuple(_app.library.passages([document])) if document else ()


def _document_id(hit: Hit) -> str:
    return hit.candidate.document.id
