"""Binary Excel workbooks (.xlsb): one section per sheet, its name as the heading, one line per row as it is shown.

The library that reads them gives dates as dates and all other numbers without their formats, which are looked up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ingest.document import NotRead, Section
from ingest.reading.contents import Contents
from ingest.reading.formats.excel.binary_formats import BinaryFormats
from ingest.reading.formats.excel.drawings import drawn
from ingest.reading.formats.excel.number_format import shown
from ingest.reading.formats.excel.package import Package
from ingest.reading.formats.excel.sheet_names import sheet_sections
from ingest.reading.table_rows import TableRow

_EPOCH, _DAY = datetime(1899, 12, 30), timedelta(days=1)


def read(path: Path) -> Contents:
    """Read the sheets that have text, in their order."""
    with _panic_as_damage():
        book = CalamineWorkbook.from_path(str(path))
    package = Package(path)
    formats = BinaryFormats(package)

    def sections() -> Iterator[Section | NotRead]:
        for number, sheet in enumerate(book.sheets_metadata, 1):
            if sheet.typ == SheetTypeEnum.ChartSheet:
                yield NotRead("chart", sheet.name)
            elif sheet.typ == SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != SheetVisibleEnum.Visible
                with _panic_as_damage():
                    rows = list(_rows(book.get_sheet_by_index(number - 1), number, formats))
                yield from sheet_sections(rows, [], sheet.name, hidden, number)
        if formats.damaged:
            yield NotRead("number format")
        yield from _over_the_cells(package)

    return Contents(sections(), len(book.sheet_names))


def _over_the_cells(package: Package) -> Iterator[Section | NotRead]:
    """Text boxes and charts of all sheets. Which sheet has which is written in another way than in other workbooks."""
    for part in sorted(name for name in package.names if name.startswith("xl/worksheets/") and name.endswith(".bin")):
        links = package.links(part)
        yield from (NotRead("comment") for link in links if link.type == "comments")
        for found in drawn(package, links):
            yield Section(found) if isinstance(found, str) else found


@contextmanager
def _panic_as_damage() -> Iterator[None]:
    """Make an ordinary error of the one by which a library in Rust says that it was surprised by a file."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError("the library could not read the file") from error
        raise


def _rows(sheet: CalamineSheet, number: int, formats: BinaryFormats) -> Iterator[TableRow]:
    """The rows of a sheet as they are shown, from the first one that has cells."""
    _, first_column = sheet.start or (0, 0)
    known = formats.of_sheet(number)
    row, codes = next(known, (0, {}))
    for place, values in enumerate(sheet.iter_rows(), 1):
        while row < place and (after := next(known, None)):
            row, codes = after
        found = codes if row == place else {}
        cells = (
            _shown(value, found.get(column, ""), formats.from_1904) for column, value in enumerate(values, first_column)
        )
        yield TableRow([*[""] * first_column, *cells], place)


def _shown(value: object, code: str, from_1904: bool) -> str:
    """A value in its format; "" where that is not known. What the library gives as a date counts from 1900."""
    if value == "":
        return ""
    if isinstance(value, time):
        return shown((datetime.combine(_EPOCH, value) - _EPOCH) / _DAY, code or "h:mm")
    if isinstance(value, timedelta):
        return shown(value / _DAY, code or "[h]:mm:ss")
    if isinstance(value, datetime):
        return shown((value - _EPOCH) / _DAY, code or ("yyyy-mm-dd" if value.time() == time() else "yyyy-mm-dd h:mm"))
    if isinstance(value, date):
        return shown((value - _EPOCH.date()).days, code or "yyyy-mm-dd")
    return shown(value, code or "General", from_1904)
