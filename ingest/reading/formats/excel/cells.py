"""The rows of a sheet as Excel shows them, a merged cell in every row and column that it covers."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from ingest.reading.formats.excel.number_format import shown
from ingest.reading.formats.excel.package import Element, local
from ingest.reading.formats.excel.workbook import Sheet, Workbook, string_text
from ingest.reading.left_empty import NOT_CALCULATED
from ingest.reading.table_rows import TableRow

# Excel's own limits.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_LONGEST_FORMULA = 200
# A merged cell with a whole text names no columns.
_LONGEST_NAME = 80
_MOST_FILLED = 1_000_000

Range = tuple[int, int, int, int]


def sheet_rows(book: Workbook, sheet: Sheet) -> dict[int, list[str]]:
    """The rows of a sheet that have cells, by their numbers from 1. Raises ValueError for a row that cannot be."""
    rows: dict[int, list[str]] = {}
    merged: list[Range] = []
    last = 0
    for element in book.package.elements(sheet.part, "row", "mergeCell"):
        if local(element) == "mergeCell":
            merged.append(cell_range(element.get("ref", "")))
            continue
        last = int(float(element.get("r") or last + 1))
        if last > _MOST_ROWS:
            raise ValueError("a sheet has more rows than a sheet can have")
        row = _row(book, element)
        if any(row):
            rows[last] = row
    fill_merged(rows, merged)
    return rows


def in_order(rows: dict[int, list[str]]) -> Iterator[TableRow]:
    """The rows from the first to the last, with an empty one where rows are left out. Takes them out of `rows`."""
    before = 0
    for number in sorted(rows):
        if before and number > before + 1:
            yield TableRow([], number - 1)
        before = number
        yield TableRow(rows.pop(number), number)


def cell_range(reference: str) -> Range:
    """The first row and column and the last ones of a reference such as `B2:C9`, from 1.

    >>> cell_range("B2:C9"), cell_range("$A$1")
    ((2, 2, 9, 3), (1, 1, 1, 1))
    """
    first, _, last = reference.replace("$", "").partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return top, left, bottom, right


def fill_merged(rows: dict[int, list[str]], merged: Sequence[Range]) -> None:
    """Put the value of each merged cell into the columns it covers, and into the rows that have cells of their own."""
    left_to_fill = _MOST_FILLED
    width = max(map(len, rows.values()), default=0)
    for top, left, bottom, right in merged:
        row = rows.get(top, [])
        value = row[left - 1] if left <= len(row) else ""
        if not value or len(value) > _LONGEST_NAME:
            continue
        covered = range(top, bottom + 1) if bottom - top < len(rows) else [n for n in rows if top <= n <= bottom]
        for number in covered:
            left_to_fill -= min(right, width) - left + 1
            if left_to_fill < 0:
                return
            if number in rows:
                _put(rows[number], left, min(right, width), value)


def _row(book: Workbook, element: Element) -> list[str]:
    cells: list[str] = []
    for cell in element:
        reference = cell.get("r")
        column = _column(reference.rstrip("0123456789")) if reference else len(cells) + 1
        text = _cell(book, cell)
        if text:
            cells.extend([""] * (column - len(cells)))
            cells[column - 1] = text
    return cells


def _cell(book: Workbook, cell: Element) -> str:
    kind, value, formula, text = cell.get("t", "n"), None, None, ""
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = child.text or ""
        elif name == "is":
            text = string_text(child)
    if formula is not None and _is_not_counted(value, kind, book.counts_when_opened):
        return f"={formula[:_LONGEST_FORMULA]} {NOT_CALCULATED}"
    if kind == "inlineStr":
        return shown(text, _format(book, cell))
    return _stored(book, cell, kind, value) if value else ""


def _is_not_counted(value: str | None, kind: str, when_opened: bool) -> bool:
    """Whether a formula has no stored value, or the nought that programs write who cannot count."""
    if value is None or value == "":
        return kind != "str" or value is None
    return when_opened and value == "0" and kind == "n"


def _stored(book: Workbook, cell: Element, kind: str, value: str) -> str:
    if kind == "s":
        return shown(book.texts[int(value)], _format(book, cell))
    if kind == "b":
        return shown(value.strip() in {"1", "true"})
    if kind == "n":
        return shown(_number(value), _format(book, cell), book.from_1904)
    if kind == "d":
        return _iso_date(value, _format(book, cell))
    return value if kind == "e" else shown(value, _format(book, cell))


def _number(value: str) -> float | str:
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number.is_integer() and abs(number) < 10**15 else number if math.isfinite(number) else value


def _iso_date(value: str, code: str) -> str:
    try:
        moment = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return value
    return shown((moment - datetime(1899, 12, 30)) / timedelta(days=1), code) if code != "General" else value


def _format(book: Workbook, cell: Element) -> str:
    style = int(cell.get("s") or 0)
    return book.formats[style] if 0 <= style < len(book.formats) else "General"


def _put(row: list[str], left: int, right: int, value: str) -> None:
    row.extend([""] * (right - len(row)))
    for column in range(left - 1, right):
        row[column] = row[column] or value


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or _MOST_ROWS), _column(letters) if letters else _MOST_COLUMNS


@lru_cache(maxsize=_MOST_COLUMNS)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError("a cell has a name that no cell can have")
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= _MOST_COLUMNS:
        raise ValueError("a sheet has more columns than a sheet can have")
    return number
