"""Rows of tables that know their number, through all that makes lines and passages of them.

A row is a list of its cells, a line a string. What is made of either in another way knows no number any more.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from ingest.document import Cells
from ingest.reading.clean import clean


class TableRow(list[str]):
    """The cells of a row from the first column on. `number` is what a spreadsheet calls the row, from 1."""

    __slots__ = ("number",)

    def __init__(self, cells: Iterable[str], number: int) -> None:
        """Make it of its cells."""
        super().__init__(cells)
        self.number = number


class RowLine(str):
    """A line of text that was read from the columns `left` to `right` of a row."""

    __slots__ = ("left", "number", "right")
    number: int
    left: int
    right: int

    def __new__(cls, text: str, number: int, left: int, right: int) -> Self:
        """Make it of a text."""
        made = super().__new__(cls, text)
        made.number, made.left, made.right = number, left, right
        return made


def line_of(line: str, row: Sequence[str]) -> str:
    """The line as one of this row, where the row knows its number.

    >>> line_of("Tea | 3", TableRow(["", "Tea", "3"], 7)).left
    2
    """
    if not isinstance(row, TableRow):
        return line
    filled = [column for column, cell in enumerate(row, 1) if cell] or [1]
    return RowLine(line, row.number, filled[0], filled[-1])


def joined_lines(lines: Iterable[str], below: Iterable[str] = ()) -> tuple[str, tuple[Cells, ...]]:
    """Lines as one text, with what stands below them, and the cells that they are of.

    The text is clean already, so that the cells need not be brought in step with it: a sheet may have a million rows.

    >>> joined_lines([line_of("Tea", TableRow(["Tea"], 2)), "", "Note"])
    ('Tea\\n\\nNote', (Cells(start=0, end=3, top=2, left=1, bottom=2, right=1),))
    """
    found = list(lines)
    text = "\n".join(found)
    if clean(text) != text:
        found = list(_clean_lines(found))
        text = "\n".join(found)
    cells, start = list[Cells](), 0
    for line in found:
        if line and isinstance(line, RowLine):
            cells.append(Cells(start, start + len(line), line.number, line.left, line.number, line.right))
        start += len(line) + 1
    return "\n\n".join(filter(None, [text, *map(clean, below)])), tuple(cells)


def as_one(cells: Sequence[Cells]) -> tuple[Cells, ...]:
    """The range around all of these cells; nothing where there are none."""
    if not cells:
        return ()
    starts, ends, tops, lefts, bottoms, rights = zip(*cells, strict=True)
    return (Cells(min(starts), max(ends), min(tops), min(lefts), max(bottoms), max(rights)),)


def cells_name(cells: Sequence[Cells]) -> str | None:
    """What a spreadsheet calls the range around these cells; None where there are none.

    >>> cells_name([Cells(0, 9, 2, 1, 2, 3), Cells(10, 14, 3, 1, 3, 28)]), cells_name([Cells(0, 3, 5, 2, 5, 2)])
    ('A2:AB3', 'B5')
    """
    for _, _, top, left, bottom, right in as_one(cells):
        first, last = cell_name(top, left), cell_name(bottom, right)
        return first if first == last else f"{first}:{last}"
    return None


def cell_name(row: int, column: int) -> str:
    """The name of a cell whose row and column are counted from 1.

    >>> cell_name(7, 28)
    'AB7'
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def _clean_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines cleaned, without those of which nothing stays, and with one blank line at most between two."""
    is_blank_due = is_begun = False
    for line in lines:
        tidy = clean(line)
        if not tidy:
            is_blank_due = is_blank_due or not line
            continue
        if is_blank_due and is_begun:
            yield ""
        is_blank_due, is_begun = False, True
        yield RowLine(tidy, line.number, line.left, line.right) if isinstance(line, RowLine) else tidy
