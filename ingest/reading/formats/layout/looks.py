"""Headings by their looks: what a document prints as the titles of its parts, where no outline names them.

A line that may be a title (`titles.py`) is one only if the whole document bears it out: its style is that of titles and
not of labels or emphasis, it does not recur as a running head does, and text follows it. A false heading is worse than
a missing one: it parts what belongs together. So where this is not clear, the line stays text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from statistics import median

from ingest.reading.contents_pages import is_contents_title
from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.parts import Entry, Printed
from ingest.reading.formats.layout.titles import Body, Style, Title, body_of, titles

# A page with more lines is a map or a drawing.
_MOST_ITEMS = 1500
# A running head: on so many pages, at the same place within so many points; the most lines of one.
_RECURS, _SAME_PLACE, _HEAD_LINES = 3, 6.0, 3
# Titles that are no larger than the text: the fewest letters below one, as the median of its style; the largest share
# of all lines; the smallest share of the lines in that style. Larger ones: the largest share of all letters.
_LETTERS_BELOW, _MOST_OF_LINES, _LEAST_OF_STYLE, _MOST_OF_LETTERS = 40, 0.34, 0.4, 0.25
# What may be a name on a title page is a title where there is more text below it.
_LETTERS_BELOW_NAME = 300
# Sizes that differ by less are one, and by less on a scan, whose lines have no exact size.
_ALIKE, _ALIKE_SCANNED = 0.04, 0.15
_FIRST_NUMBERS = frozenset(("1", "A", "I"))


def headings_by_looks(pages: Sequence[Sequence[Item]]) -> list[list[Printed]]:
    """Find the headings of a document that has no outline.

    Args:
        pages: The lines and tables of each page, in reading order.

    Returns:
        The headings of each page, in their order.
    """
    printed: list[list[Printed]] = [[] for _ in pages]
    body = body_of(pages)
    if body is None:
        return printed
    found = [
        title for page, items in enumerate(pages, 1) if len(items) <= _MOST_ITEMS for title in titles(page, items, body)
    ]
    document = _Document(pages)
    found = _in_styles_of_titles(list(_without_running_heads(found)), document, body)
    ranks = _ranks({title.style for title in found}, _is_scanned(pages))
    found = _with_text_below(found, document, ranks)
    for title, level in zip(found, _levels(found, document, ranks), strict=True):
        entry = Entry(title.text, title.page, level)
        printed[title.page - 1].append(Printed(entry, title.start, title.end))
    return printed


class _Document:
    """How many letters stand between two places of a document."""

    def __init__(self, pages: Sequence[Sequence[Item]]) -> None:
        counts = [len(item.text) for items in pages for item in items]
        self._letters = [0, *accumulate(counts)]
        self._pages = [0, *accumulate(len(items) for items in pages)]
        self.lines = [item for items in pages for item in items if isinstance(item, Line)]
        self.letters = self._letters[-1]

    def letters_below(self, title: Title, following: Title | None) -> int:
        end = self._pages[following.page - 1] + following.start if following else self._pages[-1]
        return self._letters[end] - self._letters[self._pages[title.page - 1] + title.end]


def _is_scanned(pages: Sequence[Sequence[Item]]) -> bool:
    lines = [item for items in pages for item in items if isinstance(item, Line)]
    return 2 * sum(not line.size for line in lines) > len(lines)


def running_heads(pages: Sequence[Sequence[Item]]) -> frozenset[int]:
    """The ids of the lines at the tops of pages that another page has at the same place."""
    places: dict[str, list[tuple[Line, int]]] = {}
    for page, items in enumerate(pages):
        for line in items[:_HEAD_LINES]:
            if isinstance(line, Line):
                places.setdefault(line.text, []).append((line, page))
    return frozenset(
        id(line)
        for same in places.values()
        for line, page in same
        if any(page != other and abs(line.top - twin.top) < _SAME_PLACE for twin, other in same)
    )


def _without_running_heads(found: Sequence[Title]) -> Iterator[Title]:
    """The titles without those that recur at the same place of other pages."""
    tops: dict[str, list[float]] = {}
    for title in found:
        tops.setdefault(title.text, []).append(title.top)
    for places in tops.values():
        places.sort()
    for title in found:
        places = tops[title.text]
        same = bisect_left(places, title.top + _SAME_PLACE) - bisect_left(places, title.top - _SAME_PLACE)
        if same < _RECURS:
            yield title


def _in_styles_of_titles(found: Sequence[Title], document: _Document, body: Body) -> list[Title]:
    """The titles whose style is one of titles. One style after the other goes, the least likely first."""
    kept = list(found)
    styles = sorted({title.style for title in found}, key=_prominence, reverse=True)
    for style in styles:
        if not _is_style_of_titles(style, kept, document, body):
            kept = [title for title in kept if title.style != style]
    return kept


def _prominence(style: Style) -> tuple[int, bool, bool]:
    """What styles are sorted by, the most prominent first."""
    return -style.size, not style.bold, not style.capitals


def _is_style_of_titles(style: Style, found: Sequence[Title], document: _Document, body: Body) -> bool:
    own = [title for title in found if title.style == style]
    if style.large:
        letters = sum(len(line.text) for line in document.lines if round(line.font_size * 2) == style.size)
        return letters <= _MOST_OF_LETTERS * document.letters
    below = [
        document.letters_below(title, following)
        for title, following in zip(found, [*found[1:], None], strict=True)
        if title.style == style
    ]
    alike = sum(_is_alike(line, style, body) for line in document.lines)
    printed = sum(title.end - title.start for title in own)
    return (
        median(below) >= _LETTERS_BELOW
        and printed <= _MOST_OF_LINES * len(document.lines)
        and printed >= _LEAST_OF_STYLE * alike
    )


def _is_alike(line: Line, style: Style, body: Body) -> bool:
    """Whether a line of the text's size is in this style."""
    if abs(line.font_size - body.size) > _ALIKE * body.size:
        return False
    if style.bold:
        return line.bold
    letters = [letter for letter in line.text if letter.isalpha()]
    return style.capitals and len(letters) > 1 and all(letter.isupper() for letter in letters)


Ranks = dict[Style, int]


def _ranks(styles: set[Style], scanned: bool) -> Ranks:
    """The rank of each style, 0 for the most prominent. Sizes that are nearly the same have one rank."""
    ordered = sorted(styles, key=_prominence)
    ranks: Ranks = {}
    for above, style in zip([*ordered[:1], *ordered], ordered, strict=False):
        alike = _ALIKE_SCANNED if scanned else _ALIKE
        same = (above.large, above.bold) == (style.large, style.bold)
        same = same and (scanned or above.capitals == style.capitals)
        near = above.size - style.size <= alike * above.size
        ranks[style] = ranks.get(above, 0) + (not (same and near))
    return ranks


def _is_above(upper: Title, lower: Title, ranks: Ranks) -> bool:
    if is_contents_title(upper.text):
        return False
    if upper.number and lower.number and len(upper.number) != len(lower.number):
        return len(upper.number) < len(lower.number)
    return ranks[upper.style] < ranks[lower.style]


def _with_text_below(found: Sequence[Title], document: _Document, ranks: Ranks) -> list[Title]:
    """The titles that have text below them, or the title of a part of theirs."""
    kept: list[Title] = []
    on_title_page = _only_on_title_page(found)
    for title in reversed(found):
        following = kept[-1] if kept else None
        fewest = 1
        if title.style in on_title_page:
            # A name, a place or a date is less prominent than the title of the text after it.
            fewest = _LETTERS_BELOW_NAME if following and _is_above(following, title, ranks) else _LETTERS_BELOW
        if document.letters_below(title, following) >= fewest or (following and _holds(title, following, ranks)):
            kept.append(title)
    return kept[::-1]


def _only_on_title_page(found: Sequence[Title]) -> set[Style]:
    """The styles of titles that come only once, or only on the first page that has titles while others have, too."""
    counted = Counter(title.style for title in found)
    later = {title.style for title in found if title.page > found[0].page}
    return {style for style, count in counted.items() if count == 1 or (later and style not in later)}


def _holds(title: Title, following: Title, ranks: Ranks) -> bool:
    """Whether a title holds the one directly below it: that of a lower rank, or the first of numbered ones."""
    return _is_above(title, following, ranks) or _begins_numbers(title, following, ranks)


def _begins_numbers(title: Title, following: Title, ranks: Ranks) -> bool:
    same = ranks[title.style] == ranks[following.style]
    return same and not title.number and len(following.number) == 1 and following.number[0] in _FIRST_NUMBERS


def _levels(found: Sequence[Title], document: _Document, ranks: Ranks) -> Iterator[int]:
    """The level of each title. Numbered ones directly below one of the same rank without a number are its parts."""
    above: list[tuple[Title, bool]] = []
    before: Title | None = None
    for title in found:
        inner = False
        if before and not document.letters_below(before, title):
            inner = _begins_numbers(before, title, ranks)
        while above and not _is_above(above[-1][0], title, ranks):
            upper, is_inner = above[-1]
            same = ranks[upper.style] == ranks[title.style] and len(title.number) == 1
            if inner and not is_inner and same:
                break
            inner = inner or (is_inner and same)
            above.pop()
        yield len(above)
        above.append((title, inner))
        before = title
