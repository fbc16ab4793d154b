"""The streams of an old Word document, and the head of it that says where in them everything is ([MS-DOC] 2.5, FIB)."""

import struct
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import olefile

from ingest.errors import CannotRead
from ingest.reading.file_types import file_type
from ingest.reading.refusals import BEFORE_WORD_97, protected

_MARK, _FIRST_VERSION = 0xA5EC, 0x006A
_OLDER_MARKS = frozenset({0xA59B, 0xA59C, 0xA5DB, 0xA5DC, 0xA697, 0xA698, 0xA699})
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS, _LENGTHS, _PLACES = 10, 76, 154
_STORIES = ("body", "footnote", "header", "macro", "comment", "endnote", "box", "header box")
# Which of the pairs of place and length leads to what ([MS-DOC] 2.5.6, FibRgFcLcb97).
_PAIRS = {
    "styles": 1, "footnote marks": 2, "footnote texts": 3, "comment marks": 4, "comment texts": 5, "sections": 6,
    "header texts": 11, "letters": 12, "paragraphs": 13, "fonts": 15, "document": 31, "pieces": 33,
    "comment authors": 36, "shapes": 40, "endnote marks": 46, "endnote texts": 47, "box texts": 56,
    "header box texts": 58, "lists": 73, "list uses": 74,
}  # fmt: skip


class WordFile:
    """An opened file. `text` and `data` are its streams; a part of the table stream is had by its name.

    Raises CannotRead where it is protected with a password or older than Word 97, ValueError where it has no head.
    """

    def __init__(self, path: Path) -> None:
        with olefile.OleFileIO(str(path)) as container:
            self.text = _stream(container, "WordDocument")
            if len(self.text) < _PLACES:
                raise ValueError("The head of this document is missing.")
            mark, version, flags = *struct.unpack_from("<HH", self.text), *struct.unpack_from("<H", self.text, _FLAGS)
            if mark in _OLDER_MARKS or (mark == _MARK and version < _FIRST_VERSION):
                raise CannotRead(BEFORE_WORD_97)
            if mark != _MARK:
                raise ValueError("This is not the head of a document.")
            if flags & _ENCRYPTED:
                raise CannotRead(protected(file_type("Word 97")))
            self._table = _stream(container, "1Table" if flags & _SECOND_TABLE else "0Table")
            self.data = _stream(container, "Data")

    @cached_property
    def fonts(self) -> list[str]:
        """The names of the fonts ([MS-DOC] 2.9.286, SttbfFfn)."""
        data, place, found = self.part("fonts"), 4, list[str]()
        while place < len(data):
            end = place + 1 + data[place]
            found.append(data[place + 40 : end].decode("utf-16-le", "replace").partition("\0")[0])
            place = end
        return found

    def part(self, name: str) -> bytes:
        """A part of the table stream; empty where there is none."""
        start, length = self._place(name)
        return self._table[start : start + length]

    def after(self, name: str) -> bytes:
        """What follows in the table stream after a part."""
        start, length = self._place(name)
        return self._table[start + length :] if length else b""

    def story(self, name: str) -> tuple[int, int]:
        """Where one of the texts of the document begins and ends, in characters."""
        lengths = struct.unpack_from("<8i", self.text, _LENGTHS)
        number = _STORIES.index(name)
        start = sum(max(length, 0) for length in lengths[:number])
        return start, start + max(lengths[number], 0)

    def _place(self, name: str) -> tuple[int, int]:
        with suppress(struct.error):
            start, length = struct.unpack_from("<II", self.text, _PLACES + 8 * _PAIRS[name])
            return start, length
        return 0, 0


def plc(data: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """The numbers and the records of so many bytes in a list of places ([MS-DOC] 2.2.2, PLC): one number more."""
    count = max((len(data) - 4) // (4 + size), 0)
    if len(data) < 4:
        return [], []
    numbers = list(struct.unpack_from(f"<{count + 1}I", data))
    begin = 4 * (count + 1)
    return numbers, [data[begin + size * place : begin + size * (place + 1)] for place in range(count)]


def word_text(data: bytes, place: int) -> tuple[str, int]:
    """A text after its length, and where it ends."""
    (length,) = struct.unpack_from("<H", data, place)
    end = place + 2 + 2 * length
    return data[place + 2 : end].decode("utf-16-le", "replace"), end


def _stream(container: olefile.OleFileIO, name: str) -> bytes:
    """A stream; empty where it is not there. One whose chain of sectors is broken is as long as it goes."""
    if not container.exists(name):
        return b""
    with container.openstream(name) as stream:
        return bytes(stream.read())
