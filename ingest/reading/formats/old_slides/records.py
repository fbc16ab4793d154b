"""The records of an old PowerPoint file, in each other like folders ([MS-PPT] 2.3.1). What breaks off ends its list."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

_HEAD = 8


class Record(NamedTuple):
    """One record. `instance` tells records of the same kind apart."""

    kind: int
    instance: int
    data: bytes

    def inside(self, *kinds: int) -> "Iterator[Record]":
        """The records in this one, of these kinds."""
        return (record for record in records(self.data) if record.kind in kinds)

    def first(self, *path: int) -> "Record | None":
        """The first record on this path of kinds below this one."""
        found: Record | None = self
        for kind in path:
            found = next(found.inside(kind), None) if found is not None else None
        return found

    def number(self, place: int, size: int = 4) -> int:
        """A whole number at a place in the record; 0 where it ends before."""
        return int.from_bytes(self.data[place : place + size], "little")


def records(data: bytes) -> Iterator[Record]:
    """The records in a piece of data, one after the other."""
    place = 0
    while place + _HEAD <= len(data):
        record, place = _record(data, place)
        yield record


def record_at(data: bytes, place: int) -> Record | None:
    """The record at a place of a stream; None where it is not there whole."""
    if not 0 <= place <= len(data) - _HEAD:
        return None
    record, end = _record(data, place)
    return record if end <= len(data) else None


def _record(data: bytes, place: int) -> tuple[Record, int]:
    version, kind, length = struct.unpack_from("<HHI", data, place)
    end = place + _HEAD + length
    return Record(kind, version >> 4, data[place + _HEAD : end]), end
