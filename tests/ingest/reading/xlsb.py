"""Writes binary Excel workbooks ([MS-XLSB]) as small as they can be, which no library here does."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.ingest.reading.mutations import zipped

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_FIRST_OWN = 164  # the number of the first format that is not built in


class Formatted(NamedTuple):
    """A number with the code of its format, or with the number of a format that is built in."""

    value: float
    code: str | int


Row = Sequence[str | float | bool | Formatted | None]
Rows = Sequence[Row]


def xlsb(path: Path, sheets: Mapping[str, Rows], hidden: tuple[str, ...] = (), from_1904: bool = False) -> Path:
    """A workbook with texts, numbers and truth values; None leaves a cell out."""
    names = list(sheets)
    codes = dict.fromkeys(
        cell.code for rows in sheets.values() for row in rows for cell in row if isinstance(cell, Formatted)
    )
    styles = {code: number for number, code in enumerate(codes, 1)}  # style 0 is General
    bundle = b"".join(
        _record(156, struct.pack("<II", int(name in hidden), number) + _text(f"rId{number}") + _text(name))
        for number, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(names) + 1)
    )
    links += f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.bin"/>' if styles else ""
    root = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="bin" ContentType="x/x"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{root}</Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>',
    }
    members = {name: text.encode() for name, text in parts.items()}
    properties = _record(153, struct.pack("<III", int(from_1904), 0, 0))
    members["xl/workbook.bin"] = _record(131) + properties + _record(143) + bundle + _record(144) + _record(132)
    if styles:
        members["xl/styles.bin"] = styles_part(list(styles))
    for number, name in enumerate(names, 1):
        members[f"xl/worksheets/sheet{number}.bin"] = _sheet(sheets[name], styles)
    path.write_bytes(zipped(members))
    return path


def styles_part(codes: Sequence[str | int]) -> bytes:
    """The styles: the formats of our own, a style that no cell names, and one for each format after General."""
    own = {code: _FIRST_OWN + number for number, code in enumerate(codes) if isinstance(code, str)}
    formats = b"".join(_record(44, struct.pack("<H", number) + _text(code)) for code, number in own.items())
    numbers = [0, *(own[code] if isinstance(code, str) else code for code in codes)]
    of_cells = b"".join(_record(47, struct.pack("<HH12x", 0, number)) for number in numbers)
    return b"".join(
        [
            _record(278),
            *(_record(615, struct.pack("<I", len(own))), formats, _record(616)),
            *(_record(626, struct.pack("<I", 1)), _record(47, struct.pack("<HH12x", 0xFFFF, 9)), _record(627)),
            *(_record(617, struct.pack("<I", len(numbers))), of_cells, _record(618)),
            _record(279),
        ]
    )


def _sheet(rows: Rows, styles: Mapping[str | int, int]) -> bytes:
    width = max(map(len, rows))
    found = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + _record(145)
    for number, row in enumerate(rows):
        found += _record(0, struct.pack("<IIHBBI", number, 0, 300, 0, 0, 0) + bytes(1))
        for column, value in enumerate(row):
            if value is None:
                continue
            style = styles[value.code] if isinstance(value, Formatted) else 0
            place = struct.pack("<II", column, style)
            if isinstance(value, bool):
                found += _record(4, place + bytes([value]))
            elif isinstance(value, str):
                found += _record(6, place + _text(value))
            else:
                bare = value.value if isinstance(value, Formatted) else value
                found += _record(5, place + struct.pack("<d", bare))
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
