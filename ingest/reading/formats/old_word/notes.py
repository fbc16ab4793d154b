"""The footnotes, endnotes and comments of an old Word document: where their marks and their texts stand."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.reading.formats.old_word.file import WordFile, plc, word_text

# The size of a record at each mark.
_RECORDS = {"footnote": 2, "endnote": 2, "comment": 30}
_AUTHOR = 20


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its text goes from `start` to `end` in the document."""

    kind: str
    start: int
    end: int
    author: str = ""


class Notes:
    """All notes of a document by the places of their marks."""

    def __init__(self, file: WordFile) -> None:
        self._notes: dict[int, Note] = {}
        authors = _authors(file.part("comment authors"))
        for kind, size in _RECORDS.items():
            begin, last = file.story(kind)
            marks, records = plc(file.part(f"{kind} marks"), size)
            texts = plc(file.part(f"{kind} texts"), 0)[0]
            for number, record in enumerate(records):
                if number + 1 < len(texts):
                    start, end = (min(begin + place, last) for place in texts[number : number + 2])
                    author = ""
                    if kind == "comment":
                        (of,) = struct.unpack_from("<H", record, _AUTHOR)
                        author = authors[of] if of < len(authors) else ""
                    self._notes[marks[number]] = Note(kind, start, end, author)

    def marks(self, start: int, end: int) -> Iterator[tuple[int, Note]]:
        """The marks between two places in the document, each with its note. A note is given once."""
        for place in [place for place in self._notes if start <= place < end]:
            yield place, self._notes.pop(place)


def _authors(data: bytes) -> list[str]:
    found, place = [], 0
    while place + 2 <= len(data):
        name, place = word_text(data, place)
        found.append(name)
    return found
