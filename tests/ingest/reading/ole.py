"""Writes the old container format of Office (OLE, [MS-CFB]) as small as it can be, which no library here does."""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

SECTOR, SMALL = 512, 4096
END, FREE, FAT_MARK = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NOBODY = 0xFFFFFFFF


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A container with these streams, padded so that none belongs in the store for small ones.

    A name such as `folder/stream` puts the stream into a storage.
    """
    streams = {name: data.ljust(SMALL, b"\0") for name, data in streams.items()}
    bodies = [data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0") for data in streams.values()]
    paths = sorted(
        {*streams, *(name.rsplit("/", depth)[0] for name in streams for depth in range(1, name.count("/") + 1))}
    )
    directory_sectors = -(-(len(paths) + 1) // 4)
    sectors = [directory_sectors, *(len(body) // SECTOR for body in bodies)]
    tables = next(count for count in range(1, 110) if count * SECTOR // 4 >= count + sum(sectors))
    chain: list[int] = [FAT_MARK] * tables
    starts = []
    for count in sectors:
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + count), END]
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))

    places = dict(zip(streams, zip(starts[1:], map(len, streams.values()), strict=True), strict=True))
    entries = [_entry("Root Entry", 5, child=_first(paths, ""), start=END, size=0)]
    for path in paths:
        folder, _, name = path.rpartition("/")
        inside = _inside(paths, folder)
        after = inside[inside.index(path) + 1 :]
        right = paths.index(after[0]) + 1 if after else NOBODY
        start, size = places.get(path, (END, 0))
        kind = 2 if path in places else 1
        entries.append(_entry(name, kind, right=right, child=_first(paths, path), start=start, size=size))
    directory = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, starts[0], 0, SMALL, END, 0, END, 0)
    # The last numbers are where the allocation tables stand.
    header += struct.pack("<109I", *range(tables), *([FREE] * (109 - tables)))
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + b"".join(bodies)


def _inside(paths: list[str], folder: str) -> list[str]:
    return [path for path in paths if path.rpartition("/")[0] == folder]


def _first(paths: list[str], folder: str) -> int:
    """The number of the first entry in a folder."""
    inside = _inside(paths, folder)
    return paths.index(inside[0]) + 1 if inside else NOBODY


def _entry(name: str, kind: int, *, start: int, size: int, right: int = NOBODY, child: int = NOBODY) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, NOBODY, right, child)
    return entry + bytes(16 + 4 + 16) + struct.pack("<IQ", start, size)


def xls(sheets: Mapping[str, list[list[str | float]]], protected: bool = False) -> bytes:
    """An Excel 97 workbook ([MS-XLS]) with texts and numbers."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    protection = _record(0x2F, struct.pack("<HHH", 0, 1, 1)) if protected else b""
    names = [name.encode("latin-1") for name in sheets]
    offset = len(_bof(5)) + len(protection) + sum(4 + 8 + len(name) for name in names) + 4
    heads = b""
    for name, body in zip(names, bodies, strict=True):
        heads += _record(0x85, struct.pack("<IBBBB", offset, 0, 0, len(name), 0) + name)
        offset += len(body)
    return ole_file({"Workbook": _bof(5) + protection + heads + _record(0x0A, b"") + b"".join(bodies)})


def _sheet(rows: list[list[str | float]]) -> bytes:
    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
                cells += _record(0x204, place + text)
            else:
                cells += _record(0x203, place + struct.pack("<d", value))
    return _bof(0x10) + cells + _record(0x0A, b"")


def _bof(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def msg(subject: str, sender: str, to: str, body: str) -> bytes:
    """An Outlook message ([MS-OXMSG]) with its texts as Unicode, padded with spaces that nobody sees."""
    texts = {"0037": subject, "0C1F": sender, "0E04": to, "1000": body}
    padded = {number: text.ljust(SMALL // 2).encode("utf-16-le") for number, text in texts.items()}
    streams = {f"__substg1.0_{number}001F": text for number, text in padded.items()}
    return ole_file({"__properties_version1.0": bytes(32), **streams})


def properties(head: int, values: Mapping[int, int | bool | bytes]) -> bytes:
    """The properties of fixed size of a message, a recipient or an attachment. Bytes stand for a time."""
    entries = b""
    for number, value in values.items():
        kind = 0x40 if isinstance(value, bytes) else 0xB if isinstance(value, bool) else 0x3
        data = value if isinstance(value, bytes) else int(value).to_bytes(8, "little")
        entries += struct.pack("<HHI", kind, number, 6) + data
    return bytes(head) + entries


def texts(values: Mapping[int, str], folder: str = "") -> dict[str, bytes]:
    """The streams of texts, as Unicode, in a storage."""
    return {
        f"{folder}__substg1.0_{number:04X}001F": text.ljust(SMALL // 2).encode("utf-16-le")
        for number, text in values.items()
    }


def file_time(text: str) -> bytes:
    """A time in UTC as Windows writes it."""
    since = datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    return (since // timedelta(microseconds=1) * 10).to_bytes(8, "little")
