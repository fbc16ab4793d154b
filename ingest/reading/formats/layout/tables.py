"""Tables on a page as rows of cells. Tables without rules are found by the alignment of their cells.

Nothing is lost or doubled: every piece goes into exactly one cell. Where it is not clear that there is a table, the
pieces stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading import placed
from ingest.reading.formats import tables
from ingest.reading.formats.layout.hyphens import Vocabulary, without_mark
from ingest.reading.formats.layout.line import HYPHEN_MARKS
from ingest.reading.formats.layout.rows import Row, joined, rows

# A number, with the signs that people write before it.
_NUMERIC = re.compile(r"[-+–−(<>≤≥±~≈]{0,2}\s?[^\w\s]?\s?\d")
_LONGEST_NUMBER = 24
_LIST_MARK = re.compile(r"[-•◦▪‣·*–—]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\[\d+\]")
_AFTER_MARK = re.compile(f"(?<=[{HYPHEN_MARKS}]) ")
_LEADERS = re.compile(r"(?:\. ?){4}|…{2}")

# A table without rules: the fewest rows, the greatest mean length of its cells, the smallest share of filled cells, and
# the widest gap between two rows, in line heights.
_FEWEST_ROWS = 3
_AVERAGE_CELL = 32
_FILLED = 0.4
_ROW_GAP = 2.2
# A row of one cell belongs to a table only where it is short and close to the rows around it.
_LONE_CELL, _LONE_GAP = 30, 0.8
_CELL_GAP = 0.45
_INNER_GAP = 1.5
# A longer cell means that the rules are the layout of a page.
_LONGEST_CELL = 600


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, and their box in points. `headed` says whether the first row names the columns."""

    cells: tuple[tuple[str, ...], ...]
    headed: bool
    left: float
    bottom: float
    right: float
    top: float

    @property
    def text(self) -> str:
        """One line per row, each cell after the name of its column where columns have names."""
        return placed.joined("\n", tables.lines(self.cells, headed=self.headed))


def table(grid: Sequence[Sequence[Row]]) -> Table:
    """Make a table of these rows of cells. A cell is a list of pieces, which may be empty."""
    pieces = [piece for row in grid for cell in row for piece in cell]
    texts = tuple(tuple(_cell_text(cell) for cell in row) for row in grid)
    return Table(
        texts,
        _has_header(grid, texts),
        min(piece.left for piece in pieces),
        min(piece.bottom for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.top for piece in pieces),
    )


def is_plausible(grid: Sequence[Sequence[Row]]) -> bool:
    """Whether cells between rules are a table, and not a page that is laid out with rules."""
    if len(grid) < 2 or any(len(_cell_text(cell)) > _LONGEST_CELL for row in grid for cell in row):
        return False
    if any(_is_parted(printed) for row in grid for cell in row for printed in rows(cell)):
        return False
    return sum(1 for row in grid if sum(map(bool, row)) > 1) >= 2


def _is_parted(printed: Row) -> bool:
    """Whether a line within a cell has a gap so wide that the cell contains a form or another table."""
    return any(right.left - left.right > _INNER_GAP * right.height for left, right in pairwise(printed))


def aligned(found: Sequence[Row]) -> Iterator[Table | Row]:
    """Find tables among the rows of a page or column. Yields each table, and every row that is in none."""
    cells = [_touching_joined(row) for row in found]
    start = 0
    while start < len(found):
        end = start
        while (
            end < len(found) and _may_be_row(cells[end]) and (end == start or _follows_row(cells[end - 1], cells[end]))
        ):
            end += 1
        # A table begins and ends with a full row.
        while end > start and len(cells[end - 1]) < 2:
            end -= 1
        grid, first, last = _longest_grid(cells[start:end])
        if grid:
            yield from found[start : start + first]
            yield table(grid)
            start += last
        else:
            # Fewer rows that begin further below may still be a table.
            end = start + 1
            yield from found[start:end]
            start = end


def _touching_joined(row: Row) -> Row:
    """The cells of a row. An exponent or a bracket belongs to the cell that it touches."""
    cells: list[Row] = []
    for piece in row:
        if cells and piece.left - cells[-1][-1].right < _CELL_GAP * max(piece.height, cells[-1][-1].height):
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return [joined(cell) for cell in cells]


def _longest_grid(run: Sequence[Row]) -> tuple[list[list[Row]], int, int]:
    """The cells of the table in these rows, and its first row and the row after its last. Titles may come before it."""
    for first in range(min(3, len(run))):
        for last in range(len(run), max(first + _FEWEST_ROWS, len(run) - 3) - 1, -1):
            if len(run[first]) > 1 and len(run[last - 1]) > 1 and (grid := _aligned_grid(run[first:last])):
                return grid, first, last
    return [], 0, 0


def _may_be_row(row: Row) -> bool:
    if any(_LEADERS.search(piece.text) for piece in row):
        return False
    return len(row) > 1 or len(row[0].text) <= _LONE_CELL


def _follows_row(above: Row, below: Row) -> bool:
    one, other = joined(above), joined(below)
    lone = len(above) < 2 or len(below) < 2
    return one.bottom - other.top < (_LONE_GAP if lone else _ROW_GAP) * max(one.height, other.height)


def _aligned_grid(run: Sequence[Row]) -> list[list[Row]]:
    """The rows as cells by column. Empty where the rows are not in columns."""
    full = sum(1 for row in run if len(row) > 1)
    if full < _FEWEST_ROWS or full * 3 < len(run) * 2:
        return []
    columns = _column_edges(run)
    grid: list[list[Row]] = []
    for row in run:
        cells: list[Row] = [[] for _ in columns]
        for piece in row:
            column = next(n for n, (left, right) in enumerate(columns) if left - 1 <= piece.centre <= right + 1)
            cells[column].append(piece)
        grid.append(cells)
    return _with_broken_words_joined(grid) if _stands_in_columns(grid) else []


def _with_broken_words_joined(grid: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows, where a row with only the rest of a hyphenated word is joined to the row above."""
    found: list[list[Row]] = []
    for cells in grid:
        filled = [column for column, cell in enumerate(cells) if cell]
        above = found[-1][filled[0]] if found and len(filled) == 1 else []
        if above and above[-1].text[-1] in HYPHEN_MARKS:
            above.extend(cells[filled[0]])
        else:
            found.append(cells)
    return found


def _column_edges(run: Sequence[Row]) -> list[tuple[float, float]]:
    """The left and the right edge of each column that pieces cover."""
    covered: list[tuple[float, float]] = []
    for left, right in sorted((piece.left, piece.right) for row in run for piece in row):
        if covered and left < covered[-1][1] + 1:
            covered[-1] = (covered[-1][0], max(covered[-1][1], right))
        else:
            covered.append((left, right))
    return covered


def _stands_in_columns(grid: Sequence[Sequence[Row]]) -> bool:
    if len(grid[0]) < 2 or any(len(cell) > 1 for row in grid for cell in row):
        return False
    texts = [[_cell_text(cell) for cell in row] for row in grid]
    filled = [text for row in texts for text in row if text]
    if len(filled) < _FILLED * len(grid) * len(grid[0]) or sum(map(len, filled)) > _AVERAGE_CELL * len(filled):
        return False
    first = [row[0] for row in texts if row[0]]
    if sum(1 for text in first if _LIST_MARK.fullmatch(text)) * 2 > len(first):
        return False
    return not _is_contents(texts) and all(_is_aligned_column(column) for column in zip(*grid, strict=True))


def _is_contents(texts: Sequence[Sequence[str]]) -> bool:
    """Whether this is a table of contents: its last column has page numbers."""
    last = [row[-1] for row in texts if row[-1]]
    numbers = [int(text) for text in last if text.isdecimal()]
    return len(texts[0]) <= 3 and len(numbers) == len(last) > 0 and all(one <= two for one, two in pairwise(numbers))


def _is_aligned_column(column: Sequence[Row]) -> bool:
    """Whether most cells of a column share their left edge, their right edge or their middle."""
    pieces = [cell[0] for cell in column if cell]
    for edges in ([p.left for p in pieces], [p.right for p in pieces], [p.left + p.right for p in pieces]):
        if max(sum(1 for other in edges if abs(other - edge) < 4) for edge in edges) * 3 >= 2 * len(pieces):
            return True
    return False


def _has_header(grid: Sequence[Sequence[Row]], texts: Sequence[Sequence[str]]) -> bool:
    """Whether the first row clearly names the columns: bold over plain cells, or words over numbers."""
    heads, body = texts[0], texts[1:]
    used = [column for column in range(len(heads)) if any(row[column] for row in body)]
    named = [column for column in used if heads[column]]
    # Where rows have names, too, there is no name above these.
    if not body or len(named) < 2 or named != used[-len(named) :] or len(named) * 2 < len(used):
        return False
    if any(_NUMERIC.match(heads[column]) for column in named):
        return False
    if len({heads[column] for column in named}) < len(named) or any(len(heads[column]) > 80 for column in named):
        return False
    bold = sum(_is_bold_cell(grid[0][column]) for column in named)
    values = [_is_bold_cell(row[column]) for row in grid[1:] for column in used[1:] if row[column]]
    if bold == len(named) and sum(values) * 2 < len(values):
        return True
    # In a form, only some cells of the first row are bold: they name the cells beside them.
    return bold in {0, len(named)} and any(_is_numeric([row[column] for row in body]) for column in named)


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip("-–—")]
    return len(filled) > 1 and all(_NUMERIC.match(cell) and len(cell) <= _LONGEST_NUMBER for cell in filled)


def _is_bold_cell(cell: Row) -> bool:
    return bool(cell) and all(piece.bold for piece in cell)


def _cell_text(cell: Row) -> str:
    text = placed.joined(" ", (joined(row).text for row in rows(cell)))
    # Join a word that is hyphenated at the end of a line.
    first, *rest = placed.parted(_AFTER_MARK, text)
    for line in rest:
        first = Vocabulary().without_break(first, line)
    return without_mark(first)
