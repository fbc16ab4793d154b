"""Excel workbooks: one section per sheet, its name as the heading, one line per row as the sheet shows it.

Sheets are read cell by cell. A conversion to Markdown would turn whole numbers into 3.0 where their column has gaps,
and empty cells into NaN.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import xlrd  # type: ignore[import-untyped]

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.reading.contents import Contents
from ingest.reading.file_types import file_type
from ingest.reading.formats import tables
from ingest.reading.refusals import protected

# Excel's own limit.
_MOST_ROWS = 1_048_576


def read_xlsx(path: Path) -> Contents:
    """Read the sheets of an .xlsx file, in their order. A formula is read as the value that was saved with it."""
    # A stream, because openpyxl refuses some file names. It stays open, because the sheets are read one by one, later.
    book = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True, keep_links=False)
    numbers = {name: number for number, name in enumerate(book.sheetnames, 1)}

    def sections() -> Iterator[Section]:
        for sheet in book.worksheets:
            # The size in the file may be wrong. Reading a million empty rows would take minutes.
            sheet.reset_dimensions()
            rows = (
                [_shown(cell.value, cell.number_format if cell.value is not None else "") for cell in row]
                for row in _within_limit(sheet.iter_rows())
            )
            yield from _section(rows, sheet.title, numbers[sheet.title])

    return Contents(sections(), len(numbers))


def read_xls(path: Path) -> Contents:
    """Read the sheets of an .xls file, in their order. Raises CannotRead where it is protected."""
    try:
        book = xlrd.open_workbook(str(path), logfile=sys.stderr, on_demand=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise CannotRead(protected(file_type("Excel 97"))) from error
        raise

    def sections() -> Iterator[Section]:
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            rows = ([_shown_xls(cell, book.datemode) for cell in row] for row in sheet.get_rows())
            yield from _section(rows, sheet.name, number + 1)
            book.unload_sheet(number)

    return Contents(sections(), book.nsheets)


def _within_limit(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows up to Excel's limit. A row with a very high number would add billions of empty ones before it."""
    for number, row in enumerate(rows, 1):
        if number > _MOST_ROWS:
            raise ValueError("a sheet has more rows than a sheet can have")
        yield row


def _section(rows: Iterator[Sequence[str]], name: str, number: int) -> Iterator[Section]:
    text = "\n".join(tables.lines(rows))
    if text:
        yield Section(text, page=number, heading=name)


def _shown_xls(cell: "xlrd.sheet.Cell", datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return _shown(xlrd.xldate_as_datetime(cell.value, datemode))
        except (ValueError, OverflowError):
            return _shown(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    return _shown(cell.value)


def _shown(value: object, number_format: str = "") -> str:
    """A cell's value as text, as a person would read it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value * 100) + "%" if number_format.endswith("%") else _number(value)
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.replace(tzinfo=None).isoformat(" ", "minutes" if value.second == 0 else "seconds")
    return "" if value is None else str(value)


def _number(value: float) -> str:
    # Excel itself keeps fifteen digits.
    return f"{value:.15g}" if isinstance(value, float) else str(value)
