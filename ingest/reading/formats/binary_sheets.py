"""Binary Excel workbooks (.xlsb): one section per sheet, its name as the heading, one line per row.

The library that reads them gives dates as dates and all other numbers without their formats.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ingest.document import NotRead, Section
from ingest.reading.contents import Contents
from ingest.reading.formats.excel.drawings import drawn
from ingest.reading.formats.excel.number_format import shown
from ingest.reading.formats.excel.package import Package
from ingest.reading.formats.excel.sheet_names import sheet_sections

_EPOCH = datetime(1899, 12, 30)


def read(path: Path) -> Contents:
    """Read the sheets that have text, in their order."""
    with _panic_as_damage():
        book = CalamineWorkbook.from_path(str(path))

    def sections() -> Iterator[Section | NotRead]:
        for number, sheet in enumerate(book.sheets_metadata, 1):
            if sheet.typ == SheetTypeEnum.ChartSheet:
                yield NotRead("chart", sheet.name)
            elif sheet.typ == SheetTypeEnum.WorkSheet:
                hidden = sheet.visible != SheetVisibleEnum.Visible
                with _panic_as_damage():
                    rows = list(_rows(book.get_sheet_by_index(number - 1)))
                yield from sheet_sections(rows, [], sheet.name, hidden, number)
        yield from _over_the_cells(Package(path))

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


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    return ([_shown(value) for value in row] for row in sheet.iter_rows())


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        code = "yyyy-mm-dd" if value.time() == time() else "yyyy-mm-dd h:mm"
        return shown((value - _EPOCH) / timedelta(days=1), code)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return shown(value / timedelta(days=1), "[h]:mm:ss")
    return value.isoformat("minutes") if isinstance(value, time) else shown(value)
