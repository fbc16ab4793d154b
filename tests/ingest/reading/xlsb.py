"""Writes binary Excel workbooks ([MS-XLSB]) as small as they can be, which no library here does."""

import struct
from collections.abc import Mapping
from pathlib import Path

from tests.ingest.reading.mutations import zipped

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
Rows = list[list[str | float | bool]]


def xlsb(path: Path, sheets: Mapping[str, Rows], hidden: tuple[str, ...] = ()) -> Path:
    """A workbook with texts, numbers and truth values."""
    names = list(sheets)
    bundle = b"".join(
        _record(156, struct.pack("<II", int(name in hidden), number) + _text(f"rId{number}") + _text(name))
        for number, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(names) + 1)
    )
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="bin" ContentType="x/x"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{root}</Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>',
    }
    members = {name: text.encode() for name, text in parts.items()}
    members["xl/workbook.bin"] = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    for number, name in enumerate(names, 1):
        members[f"xl/worksheets/sheet{number}.bin"] = _sheet(sheets[name])
    path.write_bytes(zipped(members))
    return path


def _sheet(rows: Rows) -> bytes:
    width = max(map(len, rows))
    found = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + _record(145)
    for number, row in enumerate(rows):
        found += _record(0, struct.pack("<IIHBBI", number, 0, 300, 0, 0, 0) + bytes(1))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, bool):
                found += _record(4, place + bytes([value]))
            elif isinstance(value, str):
                found += _record(6, place + _text(value))
            else:
                found += _record(5, place + struct.pack("<d", value))
    return found + _record(146) + _record(130)


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(number: int, data: bytes = b"") -> bytes:
    kind = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size = len(data)
    length = b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return kind + length + data
