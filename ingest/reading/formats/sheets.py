"""Excel workbooks: one section per sheet, its name as the heading, one line per row as the sheet shows it.

What lies over the cells comes below the rows: text boxes, charts, comments. A conversion to Markdown would turn whole
numbers into 3.0 where their column has gaps, and empty cells into NaN.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.reading.contents import Contents
from ingest.reading.formats import tables
from ingest.reading.formats.excel.cells import in_order, sheet_rows
from ingest.reading.formats.excel.comments import comment_lines
from ingest.reading.formats.excel.drawings import drawn
from ingest.reading.formats.excel.package import Package
from ingest.reading.formats.excel.sheet_names import heading
from ingest.reading.formats.excel.workbook import Sheet, Workbook


def read(path: Path) -> Contents:
    """Read the sheets of an .xlsx file, in their order. A formula is read as the value that was saved with it."""
    book = Workbook(Package(path))
    return Contents(
        (part for number, sheet in enumerate(book.sheets, 1) for part in _sheet(book, sheet, number)), len(book.sheets)
    )


def _sheet(book: Workbook, sheet: Sheet, number: int) -> Iterator[Section | NotRead]:
    links = book.package.links(sheet.part)
    rows = {} if sheet.is_chart else sheet_rows(book, sheet)
    comments = list(comment_lines(book, links, rows))
    blocks = ["\n".join(tables.lines(in_order(rows)))]
    for found in drawn(book.package, links):
        if isinstance(found, NotRead):
            yield found
        else:
            blocks.append(found)
    blocks.append("\n".join(comments))
    text = "\n\n".join(filter(None, blocks))
    if text:
        yield Section(text, page=number, heading=heading(sheet.name, sheet.hidden))
