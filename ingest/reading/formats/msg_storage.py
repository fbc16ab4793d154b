"""The properties of an Outlook message: numbers, times, texts and data, in the storages of an OLE file.

Source: [MS-OXMSG] (storages, streams and named properties), [MS-OXPROPS] (what the numbers of properties mean).
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import olefile
from olefile.olefile import OleDirectoryEntry

from ingest.reading.decode import decode
from ingest.reading.formats.code_pages import codec

_NUMBER, _BOOLEAN, _STORAGE, _TEXT_8, _TEXT, _TIME, _DATA = 0x3, 0xB, 0xD, 0x1E, 0x1F, 0x40, 0x102
_PROPERTIES, _NAMES = "__properties_version1.0", "__nameid_version1.0"
_CODE_PAGES = (0x3FFD, 0x3FDE)  # PidTagMessageCodepage, PidTagInternetCodepage
_SINCE_1601 = datetime(1601, 1, 1, tzinfo=UTC)
_LONGEST_FIXED = 1_000_000


class MsgStorage:
    """One storage: a message, a recipient or an attachment."""

    def __init__(
        self,
        file: olefile.OleFileIO,
        entry: OleDirectoryEntry | None = None,
        head: int = 32,
        code_pages: tuple[int, ...] = (),
    ) -> None:
        """Open a storage of an OLE file.

        Args:
            file: The file.
            entry: The storage in its directory; the whole file by default.
            head: The length of what comes before its properties of fixed size.
            code_pages: Those of the message around it.
        """
        self._file, self._entry = file, entry or file.root
        self._fixed = dict(self._fixed_values(head))
        self._code_pages = tuple(filter(None, map(self.number, _CODE_PAGES))) or code_pages

    def inside(self, beginning: str) -> "Iterator[MsgStorage]":
        """The storages in this one whose names begin so: its recipients or its attachments."""
        for entry in self._entry.kids:
            if entry.name.startswith(beginning):
                yield MsgStorage(self._file, entry, 8, self._code_pages)

    def message(self, number: int) -> "MsgStorage | None":
        """The message that is the value of a property."""
        entry = self._find(self._entry, f"__substg1.0_{number:04X}{_STORAGE:04X}")
        known = entry is not None and self._find(entry, _PROPERTIES) is not None
        return MsgStorage(self._file, entry, 24, self._code_pages) if known else None

    def text(self, *numbers: int) -> str:
        """The first of these properties that has a text, as it is; empty where none has."""
        for number in numbers:
            if data := self._stream(number, _TEXT):
                return data.decode("utf-16-le", "replace").rstrip("\0")
            if data := self._stream(number, _TEXT_8):
                return self._decode(data.rstrip(b"\0"))
        return ""

    def data(self, number: int) -> bytes:
        """The property as bytes; empty where it is not there."""
        return self._stream(number, _DATA)

    def number(self, number: int) -> int:
        """The property as a whole number; 0 where it is not there."""
        return int.from_bytes(self._fixed.get((number, _NUMBER), b"")[:4], "little")

    def is_set(self, number: int) -> bool:
        """Whether a property that says yes or no says yes."""
        return self._fixed.get((number, _BOOLEAN), b"\0")[:1] == b"\1"

    def time(self, *numbers: int) -> datetime | None:
        """The first of these properties that has a time, in UTC."""
        for number in numbers:
            ticks = int.from_bytes(self._fixed.get((number, _TIME), b""), "little")
            try:
                if ticks:
                    return (_SINCE_1601 + timedelta(microseconds=ticks // 10)).replace(microsecond=0)
            except OverflowError:
                continue
        return None

    def named(self, number: int) -> int:
        """The number that this file gives to a property that is known by another number; 0 where it has none."""
        entries = self._read(self._find(self._find(self._file.root, _NAMES), "__substg1.0_00030102"))
        for start in range(0, min(len(entries) - 7, _LONGEST_FIXED), 8):
            known, kind, place = struct.unpack_from("<IHH", entries, start)
            if known == number and not kind & 1:
                return 0x8000 + int(place)
        return 0

    def _fixed_values(self, head: int) -> Iterator[tuple[tuple[int, int], bytes]]:
        data = self._read(self._find(self._entry, _PROPERTIES))
        for start in range(head, min(len(data) - 15, _LONGEST_FIXED), 16):
            kind, number = struct.unpack_from("<HH", data, start)
            yield (number, kind), data[start + 8 : start + 16]

    def _stream(self, number: int, kind: int) -> bytes:
        return self._read(self._find(self._entry, f"__substg1.0_{number:04X}{kind:04X}"))

    @staticmethod
    def _find(entry: OleDirectoryEntry | None, name: str) -> OleDirectoryEntry | None:
        """What is in a storage under this name, without the search of `olefile` through all its names."""
        return entry.kids_dict.get(name.lower()) if entry is not None else None

    def _read(self, entry: OleDirectoryEntry | None) -> bytes:
        """A stream; empty where it is not there or its chain of sectors is broken."""
        if entry is not None and entry.entry_type == olefile.STGTY_STREAM:
            with suppress(OSError, ValueError, IndexError, TypeError):
                return bytes(self._file._open(entry.isectStart, entry.size).read())
        return b""

    def _decode(self, data: bytes) -> str:
        page = self._code_pages[0] if self._code_pages else 0
        name = codec(page) if page else None
        try:
            return data.decode(name) if name else decode(data)
        except UnicodeError:
            return decode(data)
