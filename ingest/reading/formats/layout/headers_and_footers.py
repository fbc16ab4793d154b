"""Headers, footers and page numbers: lines at the edges of pages that say nothing new.

A line is left out only where it recurs at the same place on several pages, apart from its page number. It stays where
it occurs first, unless its words are in the text as well. So no text is lost that is there only once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.rows import Row, rows

# The most rows of a header or footer, and the space that separates it from the text, in line heights.
_MOST_ROWS = 3
_SPACE = 0.7
# The header row of a table that continues from page to page has more cells.
_MOST_PIECES = 3
# On how many pages a line has to recur, and by how much its place may differ, in points.
_RECURS, _SAME_PLACE = 3, 6.0
_WIDEST_NUMBER = 9999
_ROMAN = re.compile(r"(?=[ivxlc])(?:xc|xl|l?x{0,3}|c{0,3})(?:ix|iv|v?i{0,3})")
_NUMBERS = re.compile(r"\d+|\b[ivxlc]+\b")
_BARE = re.compile(r"\W*(?:(?:page|p\.|seite|s\.|página|pagina|side|sida)\s*)?#(?:\s*(?:/|of|von|de|di)\s*\d+)?\W*")
_DIGITS_OF_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A piece at the edge of a page. `outside` are the pieces of its row and of the rows nearer to the edge.

    `keys` are its words, with and without what may be the page number (see `_edge_keys`).
    """

    page: int
    piece: Line
    outside: tuple[Line, ...]
    foot: bool
    keys: frozenset[tuple[str, int | None]]


def without_headers_and_footers(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out headers, footers and page numbers.

    Args:
        pages: The pieces of all pages of a document, which show together what recurs.

    Returns:
        The pieces of each page that stay, in the same order.
    """
    edges = [edge for number, pieces in enumerate(pages) for edge in _edges(number, pieces)]
    said = "\n".join("".join(_letters_of_text(piece.text) for piece in pieces) for pieces in pages)
    recurring = {id(edge.piece) for edge in _page_numbers(edges, len(pages))}
    kept: set[int] = set()
    for same in _recurring_edges(edges):
        recurring.update(id(edge.piece) for edge in same)
        letters = _letters_of_text(same[0].piece.text)
        # Words that are in the text, too, such as the title of a chapter, need not be kept here.
        elsewhere = not letters or said.count(letters) > len({id(edge.piece) for edge in same})
        if not elsewhere and not any(_BARE.fullmatch(key) for key, offset in same[0].keys if offset is not None):
            kept.add(id(min(same, key=lambda edge: edge.page).piece))
    dropped: set[int] = set()
    for edge in edges:
        # The number of a heading or of a table row is beside other words, and a header ends where the text begins.
        if all(id(piece) in recurring for piece in edge.outside):
            dropped.add(id(edge.piece))
    return [[piece for piece in pieces if id(piece) not in dropped - kept] for pieces in pages]


def _edges(page: int, pieces: Sequence[Line]) -> Iterator[_Edge]:
    """The pieces of a page's header and footer: the few rows that a space separates from the text."""
    found = rows([piece for piece in pieces if not piece.sideways])
    for foot, ordered in ((False, found), (True, found[::-1])):
        outside: list[Line] = []
        for row in ordered[: _edge_rows(ordered)]:
            outside += row
            for piece in row:
                yield _Edge(page, piece, tuple(outside), foot, _edge_keys(page, piece.text))


def _edge_rows(ordered: Sequence[Row]) -> int:
    """How many rows are between the edge of the page and the last space that separates them from the text."""
    deepest = 0
    for count in range(1, min(_MOST_ROWS, len(ordered) - 1) + 1):
        if count > 1 and len(ordered[count - 1]) >= _MOST_PIECES:
            break
        outer, inner = ordered[count - 1][0], ordered[count][0]
        space = max(inner.bottom, outer.bottom) - min(inner.top, outer.top)
        if space > _SPACE * min(outer.height, inner.height):
            deepest = count
    return deepest or (1 if len(ordered) == 1 else 0)


def _edge_keys(page: int, text: str) -> frozenset[tuple[str, int | None]]:
    """The words, and for each number that may be the page number, the words without it and its offset."""
    plain = _folded_text(text)
    keys: set[tuple[str, int | None]] = {(plain, None)}
    for match in _NUMBERS.finditer(plain):
        value = int(match.group()) if match.group().isdecimal() else _roman_number(match.group())
        if value is not None and value <= _WIDEST_NUMBER:
            keys.add((f"{plain[: match.start()]}#{plain[match.end() :]}", value - page))
    return frozenset(keys)


def _page_numbers(edges: Sequence[_Edge], pages: int) -> Iterator[_Edge]:
    """Page numbers without other words: they count from one, or they go on from page to page."""
    counted: dict[int, list[_Edge]] = {}
    for edge in edges:
        for key, offset in edge.keys:
            if offset is not None and _BARE.fullmatch(key):
                counted.setdefault(offset, []).append(edge)
    for offset, alike in counted.items():
        on = {edge.page for edge in alike}
        for edge in alike:
            near = sum(page in on for page in range(edge.page - 2 * _RECURS, edge.page + 2 * _RECURS + 1))
            if offset == 1 or near >= min(_RECURS, max(2, pages)):
                yield edge


def _recurring_edges(edges: Sequence[_Edge]) -> Iterator[list[_Edge]]:
    by_key: dict[tuple[bool, str, int | None], list[_Edge]] = {}
    for edge in edges:
        for words, offset in edge.keys:
            by_key.setdefault((edge.foot, words, offset), []).append(edge)
    for alike in by_key.values():
        if len(alike) < _RECURS:
            continue
        for edge in alike:
            same = [other for other in alike if abs(other.piece.bottom - edge.piece.bottom) < _SAME_PLACE]
            if len({other.page for other in same}) >= _RECURS:
                yield same
                break


def _folded_text(text: str) -> str:
    return " ".join(text.casefold().split())


def _letters_of_text(text: str) -> str:
    return re.sub(r"[\d\W]+", "", text.casefold())


def _roman_number(text: str) -> int | None:
    if not _ROMAN.fullmatch(text):
        return None
    digits = [_DIGITS_OF_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
