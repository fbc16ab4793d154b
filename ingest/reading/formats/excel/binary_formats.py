"""The number formats of a binary workbook ([MS-XLSB]): what its styles say, and which of them each cell has.

Only these are read here, record by record; the values of the cells are read by a library, which has no formats.
"""

import struct
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from typing import IO, cast

from ingest.reading.formats.excel.package import Package
from ingest.reading.formats.excel.workbook import BUILT_IN
from ingest.units import MEGABYTE

# The records, by the numbers of [MS-XLSB] 2.3.2.
_ROW, _CELLS, _FORMAT, _STYLE, _PROPERTIES, _SHEET = 0, range(1, 12), 44, 47, 153, 156
_STYLES_BEGIN, _STYLES_END = 617, 618
_LONGEST = 64 * MEGABYTE
_NONE = 0xFFFFFFFF  # the length of a text that there is not


class BinaryFormats:
    """The formats of one workbook. What is damaged has none, and `damaged` says so."""

    def __init__(self, package: Package) -> None:
        """Read which sheets and styles there are."""
        self._package = package
        self._codes: list[str] = []
        self._sheets: list[str] = []
        self.from_1904 = self.damaged = False
        try:
            self._read()
        except (ValueError, LookupError, struct.error):
            self.damaged = True

    def of_sheet(self, number: int) -> Iterator[tuple[int, dict[int, str]]]:
        """The rows of a sheet, both counted from 1, with the formats of their cells by columns that are counted from 0.

        Cells in the General format are left out.
        """
        part = self._sheets[number - 1] if 0 < number <= len(self._sheets) else ""
        if not part:
            return
        row, found = 0, dict[int, str]()
        try:
            for kind, data in self._records(part):
                if kind == _ROW:
                    yield row, found
                    row, found = struct.unpack_from("<I", data)[0] + 1, {}
                elif kind in _CELLS:
                    column, style = struct.unpack_from("<II", data)
                    # The style has 24 bits.
                    code = self._codes[style & 0xFFFFFF]
                    if code != "General":
                        found[column] = code
        except (ValueError, LookupError, struct.error):
            self.damaged = True
        yield row, found

    def _read(self) -> None:
        start = next(
            (link.part for link in self._package.links("") if link.type == "officeDocument"), "xl/workbook.bin"
        )
        links = self._package.links(start)
        parts = {link.id: link.part for link in links}
        for kind, data in self._records(start):
            if kind == _PROPERTIES:
                self.from_1904 = bool(data[0] & 1)
            elif kind == _SHEET:
                self._sheets.append(parts.get(_text(data, 8), ""))
        styles = next((link.part for link in links if link.type == "styles" and self._package.has(link.part)), "")
        self._codes = list(self._styles(styles)) if styles else ["General"]

    def _styles(self, part: str) -> Iterator[str]:
        """The format of each style of cells. Other styles come before them, which cells do not name."""
        own, is_of_cells = dict[int, str](), False
        for kind, data in self._records(part):
            if kind == _FORMAT:
                own[struct.unpack_from("<H", data)[0]] = _text(data, 2)
            elif kind in {_STYLES_BEGIN, _STYLES_END}:
                is_of_cells = kind == _STYLES_BEGIN
            elif kind == _STYLE and is_of_cells:
                number = struct.unpack_from("<2xH", data)[0]
                yield own.get(number) or BUILT_IN.get(number, "General")

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        with BufferedReader(cast("RawIOBase", self._package.open(part)), MEGABYTE) as file:
            while (kind := _number(file, 2)) is not None:
                size = _number(file, 4)
                if size is None or size > _LONGEST:
                    raise ValueError("a record has no length that a record can have")
                data = file.read(size)
                if len(data) < size:
                    raise ValueError("a record is cut off")
                yield kind, data


def _number(file: IO[bytes], most: int) -> int | None:
    """A number of at most so many bytes, each with seven bits and a mark that another one follows; None at the end."""
    found = 0
    for place in range(most):
        byte = file.read(1)
        if not byte:
            if place:
                raise ValueError("a record is cut off")
            return None
        found |= (byte[0] & 0x7F) << 7 * place
        if not byte[0] & 0x80:
            break
    return found


def _text(data: bytes, start: int) -> str:
    """The text that begins here with the number of its characters."""
    length = struct.unpack_from("<I", data, start)[0]
    if length == _NONE:
        return ""
    if start + 4 + 2 * length > len(data):
        raise ValueError("a text is cut off")
    return data[start + 4 : start + 4 + 2 * length].decode("utf-16-le", "replace")
