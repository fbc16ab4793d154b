"""The texts in an old PowerPoint file: letters, and how deep each paragraph is in its list ([MS-PPT] 2.9)."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.reading.formats.old_slides.records import Record

HEAD, CHARACTERS, BYTES, STYLE, OUTLINE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0FA1, 0x0F9E
TITLES = frozenset({0, 6})
# Where the program puts the number of the slide or the date of today.
_FILLED_IN = frozenset({0x0FD8, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x1015})
_DEEPEST = 8
# The properties of a paragraph that are there where one of these bits is set, in their order, and their sizes.
_PROPERTIES = (
    (0xF, 2), (0x80, 2), (0x10, 2), (0x40, 2), (0x20, 4), (0x800, 2), (0x1000, 2), (0x2000, 2), (0x4000, 2),
    (0x100, 2), (0x400, 2), (0x8000, 2),
)  # fmt: skip
_TABS, _AFTER_TABS = 0x100000, ((0x10000, 2), (0xE0000, 2), (0x200000, 2))


@dataclass(slots=True)
class Words:
    """A text. `kind` says what it is on its slide, such as a title; `outline` is its number in the outline."""

    kind: int = 4
    text: str = ""
    levels: list[tuple[int, int]] = field(default_factory=list)
    outline: int | None = None
    filled_in: set[int] = field(default_factory=set)

    def lines(self) -> str:
        """The paragraphs, a line each, indented by their level."""
        lines, place = [], 0
        for paragraph in self.text.split("\r"):
            depth = next((level for end, level in self.levels if place < end), 0)
            shown = "".join(letter for at, letter in enumerate(paragraph, place) if at not in self.filled_in)
            lines.append("  " * min(depth, _DEEPEST) + shown.replace("\x0b", "\n").strip())
            place += len(paragraph) + 1
        return "\n".join(lines).strip("\n").rstrip()


def texts(found: Iterable[Record]) -> Iterator[Words]:
    """The texts in a list of records, each after its head."""
    words: Words | None = None
    for record in found:
        if record.kind == HEAD:
            if words is not None:
                yield words
            words = Words(record.number(0))
        elif record.kind in {CHARACTERS, BYTES, OUTLINE, STYLE} or record.kind in _FILLED_IN:
            words = words or Words()
            _take(words, record)
    if words is not None:
        yield words


def _take(words: Words, record: Record) -> None:
    if record.kind == CHARACTERS:
        words.text = record.data.decode("utf-16-le", "replace")
    elif record.kind == BYTES:
        words.text = record.data.decode("latin-1")
    elif record.kind == OUTLINE:
        words.outline = record.number(0)
    elif record.kind == STYLE:
        words.levels = list(_levels(record.data, len(words.text) + 1))
    else:
        words.filled_in.add(record.number(0))


def _levels(data: bytes, length: int) -> Iterator[tuple[int, int]]:
    """Where each run of paragraphs ends, and its level."""
    place = covered = 0
    try:
        while covered < length:
            count, level, mask = struct.unpack_from("<IHI", data, place)
            place += 10 + sum(size for bits, size in _PROPERTIES if mask & bits)
            if mask & _TABS:
                (tabs,) = struct.unpack_from("<H", data, place)
                place += 2 + 4 * tabs
            place += sum(size for bits, size in _AFTER_TABS if mask & bits)
            covered += max(count, 1)
            yield covered, level
    except struct.error:
        return
