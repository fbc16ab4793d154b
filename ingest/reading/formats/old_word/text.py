"""The text of an old Word document: pieces of the text stream, one after the other ([MS-DOC] 2.4.1)."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.reading.formats.old_word.file import WordFile, plc
from ingest.reading.formats.old_word.properties import Properties, Runs

_CHANGES, _PIECES = 1, 2
_IS_BYTES, _PLACE = 0x40000000, 0x3FFFFFFF


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text with the same properties. `start` is its place in the document, in characters."""

    text: str
    start: int
    letters: Properties
    place: int  # in the stream
    width: int  # bytes of a character


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    place: int
    width: int


class Text:
    """All texts of a document. Raises ValueError where the table of pieces is missing."""

    def __init__(self, file: WordFile) -> None:
        self._data = file.text
        self._letters, self._paragraphs = Runs(file, "letters"), Runs(file, "paragraphs")
        self._pieces = list(_pieces(file.part("pieces")))
        self._starts = [piece.start for piece in self._pieces]
        # No letter stands in the file for two places. Twice as many are read only of a document that means harm.
        self._left = 2 * len(file.text)
        if not self._pieces or self._pieces[-1].end < file.story("body")[1]:
            raise ValueError("The pieces of this document are missing.")

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """The text from one place in the document to another."""
        for piece in self._pieces[max(bisect_right(self._starts, start) - 1, 0) :]:
            if piece.start >= end:
                return
            first, last = max(start, piece.start), min(end, piece.end)
            place = piece.place + (first - piece.start) * piece.width
            stop = piece.place + (last - piece.start) * piece.width
            if stop > len(self._data):
                raise ValueError("The text of this document breaks off.")
            while place < stop:
                letters, until = self._letters.at(place)
                length = max((min(until, stop) - place) // piece.width, 1)
                self._left -= length
                if self._left < 0:
                    raise ValueError("The pieces of this document overlap.")
                data = self._data[place : place + length * piece.width]
                yield Stretch(_decoded(data, piece.width), first, letters, place, piece.width)
                first, place = first + length, place + length * piece.width

    def paragraph(self, stretch: Stretch, number: int) -> Properties:
        """The properties of the paragraph that ends with this letter of a stretch."""
        return self._paragraphs.at(stretch.place + number * stretch.width)[0]


def _decoded(data: bytes, width: int) -> str:
    """The letters, one for each place in the document: of a pair of surrogates, the halves."""
    if width == 1:
        return data.decode("cp1252", "replace")
    text = data.decode("utf-16-le", "replace")
    if len(text) * 2 == len(data):
        return text
    return "".join(chr(unit) for (unit,) in struct.iter_unpack("<H", data[: len(data) // 2 * 2]))


def _pieces(data: bytes) -> Iterator[_Piece]:
    place = 0
    while place + 5 <= len(data):
        if data[place] == _CHANGES:
            place += 3 + int.from_bytes(data[place + 1 : place + 3], "little")
        elif data[place] == _PIECES:
            (length,) = struct.unpack_from("<I", data, place + 1)
            numbers, records = plc(data[place + 5 : place + 5 + length], 8)
            for number, record in enumerate(records):
                (where,) = struct.unpack_from("<I", record, 2)
                is_bytes = bool(where & _IS_BYTES)
                begin = (where & _PLACE) // 2 if is_bytes else where & _PLACE
                if numbers[number] < numbers[number + 1]:
                    yield _Piece(numbers[number], numbers[number + 1], begin, 1 if is_bytes else 2)
            return
        else:
            return
