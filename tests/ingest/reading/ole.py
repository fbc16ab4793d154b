"""Writes the old container format of Office (OLE, [MS-CFB]) as small as it can be, which no library here does."""

import struct
from collections.abc import Mapping

SECTOR, SMALL = 512, 4096
END, FREE, FAT_MARK = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
NOBODY = 0xFFFFFFFF


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A container with these streams at its top, padded so that none belongs in the store for small ones."""
    streams = {name: data.ljust(SMALL, b"\0") for name, data in streams.items()}
    bodies = [data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0") for data in streams.values()]
    directory_sectors = -(-(len(streams) + 1) // 4)
    chain: list[int] = []
    starts = []
    for sectors in (directory_sectors, *(len(body) // SECTOR for body in bodies)):
        first = len(chain) + 1
        starts.append(first)
        chain += [*range(first + 1, first + sectors), END]
    assert len(chain) < SECTOR // 4, "one sector of the allocation table has to do"
    table = [FAT_MARK, *chain]
    table += [FREE] * (SECTOR // 4 - len(table))

    entries = [_entry("Root Entry", 5, child=1, start=END, size=0)]
    for number, (name, data) in enumerate(streams.items(), 1):
        after = number + 1 if number < len(streams) else NOBODY
        entries.append(_entry(name, 2, right=after, start=starts[number], size=len(data)))
    directory = b"".join(entries).ljust(directory_sectors * SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    # The last number is where the allocation table stands.
    header += struct.pack("<IIIIIIIIII", 0, 1, starts[0], 0, SMALL, END, 0, END, 0, 0)
    header += struct.pack("<108I", *([FREE] * 108))
    return header + struct.pack(f"<{SECTOR // 4}I", *table) + directory + b"".join(bodies)


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
