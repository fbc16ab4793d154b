"""Excel workbooks: one section per sheet, its name as the heading, one line per row as the sheet shows it.

What lies over the cells comes below the rows: text boxes, charts, comments. A conversion to Markdown would turn whole
numbers into 3.0 where their column has gaps, and empty cells into NaN.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.document import NotRead, Section
from ingest.reading.contents import Contents
from ingest.reading.formats.excel.cells import in_order, sheet_rows
from ingest.reading.formats.excel.comments import comment_lines
from ingest.reading.formats.excel.drawings import drawn
from ingest.reading.formats.excel.package import Package
from ingest.reading.formats.excel.sheet_names import sheet_sections
from ingest.reading.formats.excel.workbook import Sheet, Workbook


def read(path: Path) -> Contents:
    """Read the sheets of an .xlsx file, in their order. A formula is read as the value that was saved with it.

    A damaged sheet is named and left out. Raises what is wrong with it where it is the only one that has text.
    """
    book = Workbook(Package(path))
    return Contents(_sheets(book), len(book.sheets))


def _sheets(book: Workbook) -> Iterator[Section | NotRead]:
    damage: Exception | None = None
    found = False
    for number, sheet in enumerate(book.sheets, 1):
        try:
            parts = list(_sheet(book, sheet, number))
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            damage = error
            parts = [NotRead("sheet", sheet.name)]
        found = found or any(isinstance(part, Section) for part in parts)
        yield from parts
    if damage is not None and not found:
        raise damage


def _sheet(book: Workbook, sheet: Sheet, number: int) -> Iterator[Section | NotRead]:
    links = book.package.links(sheet.part)
    rows = {} if sheet.is_chart else sheet_rows(book, sheet)
    comments: list[str] = []
    try:
        comments.extend(comment_lines(book, links, rows))
    except etree.XMLSyntaxError:
        yield NotRead("comment")
    boxes: list[str] = []
    for found in drawn(book.package, links):
        if isinstance(found, NotRead):
            yield found
        else:
            boxes.append(found)
    below = [*boxes, "\n".join(comments)]
    yield from sheet_sections(in_order(rows), below, sheet.name, sheet.hidden, number)
