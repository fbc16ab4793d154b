"""What is said of letters and paragraphs in an old Word document: changes to the usual ([MS-DOC] 2.6, Sprm)."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.reading.formats.old_word.file import WordFile, plc

_PAGE = 512
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_VARIABLE, _TABLE, _TABS = 6, 0xD608, 0xC615
_ELSEWHERE = (0x6645, 0x6646)  # sprmPHugePapx: the list stands in the data stream
_PAGE_NUMBER = 0x3FFFFF


@dataclass(frozen=True, slots=True)
class Properties:
    """The changes of a run of letters or a paragraph, by their numbers. `style` is the number of its style."""

    changes: dict[int, bytes] = field(default_factory=dict)
    style: int = 0

    def number(self, code: int) -> int | None:
        """A change that is a whole number; None where there is none."""
        data = self.changes.get(code)
        return int.from_bytes(data, "little") if data is not None else None

    def is_on(self, code: int) -> bool:
        """Whether a change that says yes or no says yes."""
        return (self.number(code) or 0) & 1 == 1


NONE = Properties()


def changes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The changes in a list of them, each with its number. What is broken ends the list."""
    place = 0
    while place + 2 < len(data):
        (code,) = struct.unpack_from("<H", data, place)
        place += 2
        size = _SIZES.get(code >> 13, 0)
        if code == _TABLE:
            size = int.from_bytes(data[place : place + 2], "little") - 1
            place += 2
        elif code >> 13 == _VARIABLE:
            size = data[place]
            place += 1
            if code == _TABS and size == 255:
                return
        if size < 0 or place + size > len(data):
            return
        yield code, data[place : place + size]
        place += size


class Runs:
    """The properties of all letters or all paragraphs, by where in the text stream they stand."""

    def __init__(self, file: WordFile, kind: str) -> None:
        self._found: list[tuple[int, int, bytes]] = []
        self._file, self._is_paragraphs = file, kind == "paragraphs"
        self._made: dict[bytes, Properties] = {}
        for page in {int.from_bytes(number, "little") & _PAGE_NUMBER for number in plc(file.part(kind), 4)[1]}:
            self._add_page(file.text[page * _PAGE : (page + 1) * _PAGE])
        self._found.sort(key=lambda run: run[0])
        self._starts = [start for start, _, _ in self._found]

    def at(self, place: int) -> tuple[Properties, int]:
        """The properties of what stands at a place in the stream, and where that ends."""
        number = bisect_right(self._starts, place) - 1
        if number >= 0 and place < self._found[number][1]:
            _, end, data = self._found[number]
            return self._properties(data), end
        return NONE, self._starts[number + 1] if number + 1 < len(self._starts) else 1 << 31

    def _add_page(self, page: bytes) -> None:
        if len(page) < _PAGE:
            raise ValueError("What is said of the text of this document breaks off.")
        count, size = page[-1], 13 if self._is_paragraphs else 1
        if 4 * (count + 1) + size * count >= _PAGE:
            return
        places = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            data = self._list_in(page, 2 * page[4 * (count + 1) + size * number])
            self._found.append((places[number], places[number + 1], data))

    def _list_in(self, page: bytes, place: int) -> bytes:
        if not place:
            return b""
        length, place = page[place], place + 1
        if self._is_paragraphs:
            if length:
                length = 2 * length - 1
            elif place < len(page):
                length, place = 2 * page[place], place + 1
        return page[place : min(place + length, _PAGE - 1)]

    def _properties(self, data: bytes) -> Properties:
        if data not in self._made:
            style = int.from_bytes(data[:2], "little") if self._is_paragraphs else 0
            found = dict(changes(data[2:] if self._is_paragraphs else data))
            for code in _ELSEWHERE:
                if code in found:
                    place = int.from_bytes(found[code], "little")
                    length = int.from_bytes(self._file.data[place : place + 2], "little")
                    found |= dict(changes(self._file.data[place + 2 : place + 2 + length]))
            self._made[data] = Properties(found, style)
        return self._made[data]
