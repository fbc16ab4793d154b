"""The outline of a PDF, and the parts of its pages under the headings in the outline."""

import re
from collections.abc import Iterator, Sequence

import pypdfium2

from ingest.reading.clean import one_line
from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.parts import Entry, Part, Parts

# The most lines of one printed heading.
_MOST_LINES = 3
_NUMBERING = re.compile(
    r"(?:(?:chapter|kapitel|section|part|teil|appendix|anhang)\s+(?:\d+|[ivx]+|[a-z])|\d+(?:\.\d+)*|(?:[ivx]+|[a-z])(?=[.:)]))"
    r"[.:)]?\s+"
)


def outline(document: pypdfium2.PdfDocument) -> list[Entry]:
    """Read the lines of the file's outline that lead to a page, in their order."""
    entries = []
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        title = one_line(bookmark.get_title())
        if title and index is not None:
            entries.append(Entry(title, index + 1, bookmark.level))
    return entries


class Headings:
    """Follows the outline through the pages. The pages must come in their order."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Start before the first page."""
        self._by_page: dict[int, list[Entry]] = {}
        for entry in entries:
            self._by_page.setdefault(entry.page, []).append(entry)
        self._parts = Parts()

    def parts(self, page: int, items: Sequence[Item]) -> Iterator[Part]:
        """Split a page into its parts, in their order. No part is empty.

        A part begins at a line that is the title of an entry of this page. Where there is no such line, the whole page
        is under the first entry of this page; without an entry of this page, it is under the last entry before it.
        """
        begun = self._by_page.get(page, [])
        places = _title_places(begun, items)
        if begun and not places:
            self._parts.enter(*_first_branch(begun))
        rest, done = list(begun), 0
        for entry, start, end in places:
            yield from self._parts.part(items[done:start])
            while rest and rest[0] is not entry:
                self._parts.enter(rest.pop(0))
            rest = rest[1:]
            self._parts.begin(entry)
            done = end
        yield from self._parts.part(items[done:])
        self._parts.enter(*rest)

    def empty_titles(self) -> list[str]:
        """The titles at the end of the document that have no text."""
        return self._parts.empty_titles()


def _title_places(entries: Sequence[Entry], items: Sequence[Item]) -> list[tuple[Entry, int, int]]:
    """Where the titles are on the page: the entry, the index of its first line, and the index after its last line."""
    found: list[tuple[Entry, int, int]] = []
    start = 0
    for entry in entries:
        for place in range(start, len(items)):
            end = _end_of_title(entry.title, items, place)
            if end is not None:
                found.append((entry, place, end))
                start = end
                break
    return found


def _end_of_title(title: str, items: Sequence[Item], place: int) -> int | None:
    printed = ""
    for end in range(place, min(place + _MOST_LINES, len(items))):
        item = items[end]
        if not isinstance(item, Line):
            return None
        printed = f"{printed} {item.text}"
        if _is_title(title, printed):
            return end + 1
    return None


def _is_title(title: str, printed: str) -> bool:
    """Whether these are the same words. White space, case, trailing dots and one missing number are ignored."""
    one, other = title.casefold().strip(), printed.casefold().strip()
    if _title_letters(one) == _title_letters(other):
        return True
    numbered = bool(_NUMBERING.match(one)), bool(_NUMBERING.match(other))
    return numbered in {(True, False), (False, True)} and _title_letters(_NUMBERING.sub("", one, 1)) == _title_letters(
        _NUMBERING.sub("", other, 1)
    )


def _title_letters(text: str) -> str:
    return "".join(text.split()).rstrip(".…:")


def _first_branch(begun: list[Entry]) -> list[Entry]:
    """The first entry of a page and the entries directly below it: the chapter and its first part."""
    count = 1
    while count < len(begun) and begun[count].level > begun[count - 1].level:
        count += 1
    return begun[:count]
