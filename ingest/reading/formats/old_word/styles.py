"""The styles of an old Word document: which are headings, which hide their text, which number it ([MS-DOC] 2.9.271)."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from ingest.reading.formats.as_word import paragraph_properties, style
from ingest.reading.formats.old_word.file import WordFile, word_text
from ingest.reading.formats.old_word.properties import Properties, changes

_DEEPEST = 30
OUTLINE, LIST, LIST_LEVEL, HIDDEN = 0x2640, 0x460B, 0x260A, 0x083C
_OF_PARAGRAPHS = 1
_NO_BASE = 0xFFF
_TITLE, _HEADINGS, _CONTENTS = 62, range(1, 10), range(19, 28)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    base: int
    properties: str
    hidden: bool | None


class Styles:
    """The styles of paragraphs."""

    def __init__(self, file: WordFile) -> None:
        found = ((number, _style(data, base)) for number, data, base in _styles(file))
        self._styles = {number: style for number, style in found if style is not None}

    def markup(self) -> str:
        """The styles as those of a Word document."""
        return "".join(
            style(f"s{number}", one.name, f"s{one.base}" if one.base != _NO_BASE else "", one.properties, one.hidden)
            for number, one in self._styles.items()
        )

    def hides(self, number: int) -> bool:
        """Whether text of this style is hidden."""
        for _ in range(_DEEPEST):
            found = self._styles.get(number)
            if found is None or found.hidden is not None:
                return found is not None and bool(found.hidden)
            number = found.base
        return False


def list_of(properties: Properties) -> tuple[str, int]:
    """The list that numbers a paragraph, "0" for none at all, empty where it does not say; and the level in it."""
    number = properties.number(LIST)
    level = min(properties.number(LIST_LEVEL) or 0, 8)
    if number is None:
        return "", level
    return (str(number) if 0 < number < 0x7FF else "0"), level


def _styles(file: WordFile) -> Iterator[tuple[int, bytes, int]]:
    """The number, the data and the size of the fixed part of each style."""
    data = file.part("styles")
    if len(data) < 6:
        return
    head, count, base = struct.unpack_from("<HHH", data)
    place = 2 + head
    for number in range(count):
        if place + 2 > len(data):
            return
        (size,) = struct.unpack_from("<H", data, place)
        yield number, data[place + 2 : place + 2 + size], base
        place += 2 + size


def _style(data: bytes, base: int) -> _Style | None:
    """A style; None for one that is not of paragraphs, or is broken."""
    with suppress(struct.error, IndexError):
        known, kind = struct.unpack_from("<HH", data)
        if kind & 0xF == _OF_PARAGRAPHS:
            name, end = word_text(data, base)
            paragraphs, letters = _changes(data, end + 2)
            list_id, level = list_of(paragraphs)
            properties = paragraph_properties("", paragraphs.number(OUTLINE), list_id, level)
            hidden = letters.is_on(HIDDEN) if HIDDEN in letters.changes else None
            return _Style(_name(known & 0xFFF, name), kind >> 4, properties, hidden)
    return None


def _name(known: int, own: str) -> str:
    """The usual name of a style that every document has, whatever it is called here."""
    if known in _HEADINGS:
        return f"heading {known}"
    if known in _CONTENTS:
        return f"toc {known - _CONTENTS.start + 1}"
    return "title" if known == _TITLE else own


def _changes(data: bytes, place: int) -> tuple[Properties, Properties]:
    """What the style changes of paragraphs, and of letters."""
    found = []
    for skipped in (2, 0):
        place += place % 2
        size = int.from_bytes(data[place : place + 2], "little")
        found.append(Properties(dict(changes(data[place + 2 + skipped : place + 2 + size]))))
        place += 2 + size
    return found[0], found[1]
