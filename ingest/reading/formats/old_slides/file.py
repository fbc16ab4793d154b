"""An old PowerPoint file: its last saved state, with slides, notes and embedded objects ([MS-PPT] 2.1)."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import olefile

from ingest.errors import CannotRead
from ingest.reading.file_types import file_type
from ingest.reading.formats.old_slides.records import Record, record_at, records
from ingest.reading.refusals import BEFORE_POWERPOINT_97, protected

_CURRENT, _DOCUMENT_STREAM = "Current User", "PowerPoint Document"
_PROTECTED, _CURRENT_USER = 0xF3D1C4DF, 0x0FF6
_EDIT, _DIRECTORY, _DOCUMENT = 0x0FF5, 0x1772, 0x03E8
SLIDE, NOTES = 0x03EE, 0x03F0
_LIST, _ENTRY, _SLIDE_HEAD = 0x0FF0, 0x03F3, 0x03EF
_OBJECTS, _EMBEDDED, _LINKED, _OBJECT, _TEXT = 0x0409, 0x0FCC, 0x0FCE, 0x0FC3, 0x0FBA
_OF_SLIDES, _OF_NOTES = 0, 2
_MOST_EDITS = 10_000
_PROGRAM = 2


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: its record, the records of its outline, which hold texts of its placeholders, and its notes.

    The record is None where it is lost.
    """

    record: Record | None
    outline: tuple[Record, ...] = ()
    notes: Record | None = None


class SlideFile:
    """An opened file. Raises CannotRead where it is protected with a password."""

    def __init__(self, path: Path) -> None:
        with olefile.OleFileIO(str(path)) as container:
            current, self._data = _stream(container, _CURRENT), _stream(container, _DOCUMENT_STREAM)
        user = record_at(current, 0)
        if user is not None and user.kind == _CURRENT_USER and user.number(4) == _PROTECTED:
            raise CannotRead(protected(file_type("PowerPoint 97")))
        self._is_older = user is not None and user.kind not in {0, _CURRENT_USER}
        self._places: dict[int, int] = {}
        edit = record_at(self._data, user.number(8)) if user is not None else None
        self.document = self._last_document(edit)

    def slides(self) -> list[Slide]:
        """The slides in their order. Where the list of them is lost, all that are in the file.

        Raises CannotRead where the file is older than PowerPoint 97, ValueError where it has neither slides nor a list.
        """
        found = list(self._listed())
        if not any(slide.record for slide in found):
            kept = [Slide(record) for record in records(self._data) if record.kind == SLIDE]
            if found and not kept:
                raise ValueError("The slides of this file are lost.")
            found = kept
        if not found and self._is_older:
            raise CannotRead(BEFORE_POWERPOINT_97)
        if not found and self.document is None:
            raise ValueError("There are no slides in this file.")
        return found

    def _listed(self) -> Iterator[Slide]:
        notes = {number: self._at(place) for place, number, _ in self._entries(_OF_NOTES)}
        for place, _, outline in self._entries(_OF_SLIDES):
            record = self._at(place)
            if record is None or record.kind != SLIDE:
                yield Slide(None)
                continue
            head = record.first(_SLIDE_HEAD)
            yield Slide(record, outline, notes.get(head.number(16)) if head is not None else None)

    def objects(self) -> dict[int, str]:
        """The programs of the embedded objects by their numbers, such as MSGraph.Chart.8."""
        found: dict[int, str] = {}
        holder = self.document.first(_OBJECTS) if self.document is not None else None
        for one in holder.inside(_EMBEDDED, _LINKED) if holder is not None else ():
            head = one.first(_OBJECT)
            names = (
                text.data.decode("utf-16-le", "replace") for text in one.inside(_TEXT) if text.instance == _PROGRAM
            )
            if head is not None:
                found[head.number(8)] = next(names, "")
        return found

    def _last_document(self, edit: Record | None) -> Record | None:
        """The document as it was saved last. Edits are followed from the last to the first."""
        document = 0
        for _ in range(_MOST_EDITS):
            if edit is None or edit.kind != _EDIT:
                break
            document = document or edit.number(16)
            directory = record_at(self._data, edit.number(12))
            if directory is not None and directory.kind == _DIRECTORY:
                self._add_places(directory.data)
            edit = record_at(self._data, edit.number(8)) if edit.number(8) else None
        found = self._at(document)
        if found is not None and found.kind == _DOCUMENT:
            return found
        return next((record for record in records(self._data) if record.kind == _DOCUMENT), None) if not found else None

    def _add_places(self, data: bytes) -> None:
        place = 0
        with suppress(struct.error):
            while place + 4 <= len(data):
                (head,) = struct.unpack_from("<I", data, place)
                first, count = head & 0xFFFFF, head >> 20
                offsets = struct.unpack_from(f"<{count}I", data, place + 4)
                for number, offset in enumerate(offsets, first):
                    self._places.setdefault(number, offset)
                place += 4 + 4 * count

    def _entries(self, kind: int) -> Iterator[tuple[int, int, tuple[Record, ...]]]:
        """The places and numbers of the slides or notes, and what stands in the list about each."""
        lists = self.document.inside(_LIST) if self.document is not None else iter(())
        for one in lists:
            if one.instance != kind:
                continue
            head: Record | None = None
            about: list[Record] = []
            for record in records(one.data):
                if record.kind != _ENTRY:
                    about.append(record)
                    continue
                if head is not None:
                    yield head.number(0), head.number(12), tuple(about)
                head, about = record, []
            if head is not None:
                yield head.number(0), head.number(12), tuple(about)

    def _at(self, number: int) -> Record | None:
        place = self._places.get(number)
        return record_at(self._data, place) if place is not None else None


def _stream(container: olefile.OleFileIO, name: str) -> bytes:
    if not container.exists(name):
        return b""
    with container.openstream(name) as stream:
        return bytes(stream.read())
