"""Excel 97 workbooks (.xls): one section per sheet, its name as the heading, one line per row as the sheet shows it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import xlrd  # type: ignore[import-untyped]

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.file_types import file_type
from ingest.reading.formats.excel.cells import fill_merged, in_order
from ingest.reading.formats.excel.number_format import shown
from ingest.reading.formats.excel.sheet_names import comment_line, sheet_sections
from ingest.reading.formats.excel.workbook import BUILT_IN, FOLLOWS_THE_COUNTRY
from ingest.reading.refusals import protected
from ingest.reading.table_rows import cell_name


def read(path: Path) -> Contents:
    """Read the sheets of an .xls file, in their order. Raises CannotRead where it is protected."""
    try:
        book = _opened(path)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise CannotRead(protected(file_type("Excel 97"))) from error
        raise

    def sections() -> Iterator[Section]:
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            yield from _sheet(book, sheet, number + 1)
            book.unload_sheet(number)

    return Contents(sections(), book.nsheets)


def _opened(path: Path) -> xlrd.Book:
    """The workbook, with the formats of its cells where these can be read."""
    try:
        return xlrd.open_workbook(str(path), logfile=sys.stderr, on_demand=True, formatting_info=True)
    except xlrd.XLRDError:
        raise
    except (AssertionError, LookupError, ValueError, NotImplementedError):
        return xlrd.open_workbook(str(path), logfile=sys.stderr, on_demand=True)


def _sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet, page: int) -> Iterator[Section]:
    rows = {
        number + 1: row
        for number in range(sheet.nrows)
        if any(row := [_shown(book, cell) for cell in sheet.row(number)])
    }
    # The last row and column that xlrd gives are the ones behind the cell.
    fill_merged(rows, [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells])
    notes = "\n".join(_notes(sheet, rows))
    return sheet_sections(in_order(rows), [notes], sheet.name, bool(sheet.visibility), page)


def _shown(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, ""))
    return shown(cell.value, _format(book, cell), bool(book.datemode))


def _format(book: xlrd.Book, cell: xlrd.sheet.Cell) -> str:
    style = cell.xf_index
    if style is not None and style < len(book.xf_list):
        number = book.xf_list[style].format_key
        found = book.format_map.get(number)
        if found is not None:
            return BUILT_IN[number] if number in FOLLOWS_THE_COUNTRY else str(found.format_str)
    return BUILT_IN[22] if cell.ctype == xlrd.XL_CELL_DATE else "General"


def _notes(sheet: xlrd.sheet.Sheet, rows: dict[int, list[str]]) -> Iterator[str]:
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        author, text = one_line(note.author or ""), one_line(note.text or "")
        if author:
            text = text.removeprefix(f"{author}:").strip()
        if text:
            yield comment_line(cell_name(row + 1, column + 1), author, text, rows.get(row + 1, []))
