"""The rows of a table as text. A quotation mark that belongs to a cell's text must not swallow the lines below it.

Many programs write tables without quoting. In these a quotation mark is a letter like others. So where what stands
between two marks cannot be one cell, its lines are rows.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

LINE_END = re.compile(r"\r\n?|\n")
_QUOTE = '"'


def csv_rows(text: str, separator: str) -> Iterator[list[str]]:
    """The rows of a table whose cells are parted by `separator`, which may be quoted as in RFC 4180.

    >>> list(csv_rows('a;"b;c"\\n1;"2', ";"))
    [['a', 'b;c'], ['1', '2']]
    """
    # A cell may be as long as the text itself.
    csv.field_size_limit(max(len(text), 1024))
    width = _usual_width(text, separator)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        rows = None
    if rows is None or any(_swallows(row, separator, width) for row in rows):
        yield from _mended(LINE_END.split(text), separator, width)
        return
    rows.reverse()
    while rows:
        yield rows.pop()


def _mended(lines: Sequence[str], separator: str, width: int) -> Iterator[list[str]]:
    """The rows, where only what is surely one row is taken over several lines."""
    # A cell goes on in the next line after an odd number of marks, and ends in a line with an odd number.
    odd = [number for number, line in enumerate(lines) if line.count(_QUOTE) % 2]
    following = dict(pairwise(odd))
    number = 0
    while number < len(lines):
        last = following.get(number, number)
        row = _quoted_row(lines[number : last + 1], separator)
        if row is None or _swallows(row, separator, width):
            row, last = [_without_marks(cell) for cell in lines[number].split(separator)], number
        yield row
        number = last + 1


def _quoted_row(lines: Sequence[str], separator: str) -> list[str] | None:
    """The one row of these lines; None where the marks do not stand as they must."""
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None if rows else []


def _swallows(row: Sequence[str], separator: str, width: int) -> bool:
    """Whether one of the cells holds the end of a row, whole rows and the beginning of a row."""
    for column, cell in enumerate(row):
        if separator not in cell or not LINE_END.search(cell):
            continue
        if separator == "\t":
            return True
        # In a text, a comma has a space behind it.
        counts = [len(re.findall(f"{re.escape(separator)}(?! )", line)) for line in LINE_END.split(cell)]
        counts[0] += column
        counts[-1] += len(row) - 1 - column
        if sum(count == width - 1 for count in counts) * 4 >= len(counts) * 3:
            return True
    return False


def _usual_width(text: str, separator: str) -> int:
    """The most common number of cells in a line that has no quotation marks, or else in any line."""
    lines = [line for line in text[:1_000_000].split("\n") if line.strip()]
    widths = [line.count(separator) + 1 for line in lines if _QUOTE not in line]
    widths = widths or [line.count(separator) + 1 for line in lines]
    return max(set(widths), key=widths.count, default=1)


def _without_marks(cell: str) -> str:
    """A cell that is quoted as a whole without its marks, and one that is never closed without the mark before it."""
    if not cell.startswith(_QUOTE):
        return cell
    if cell.count(_QUOTE) % 2:
        return cell[1:]
    return cell[1:-1].replace(_QUOTE * 2, _QUOTE) if cell.endswith(_QUOTE) else cell
