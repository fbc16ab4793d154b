"""Ruled tables: the cells between the rules of a page, and the pieces of text in each cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.rows import Row, rows
from ingest.reading.formats.layout.rule import Rule
from ingest.reading.formats.layout.tables import Table, is_plausible, table

# In points: rules with a smaller gap between them touch; places that differ by less are the same.
_TOUCH, _SAME = 3.0, 3.0
# The smallest share of a table's width that a rule between two rows covers.
_ACROSS = 0.8


@dataclass(frozen=True, slots=True)
class _Frame:
    """Rules that touch each other."""

    horizontal: list[Rule]
    vertical: list[Rule]

    @property
    def rows(self) -> list[tuple[float, float]]:
        """The bottom and the top of each row between rules across the whole table, the highest row first."""
        left, right = min(rule.start for rule in self.horizontal), max(rule.end for rule in self.horizontal)
        places = _rule_places(self.horizontal)
        across = [
            place
            for place in places
            if sum(rule.end - rule.start for rule in self.horizontal if abs(rule.place - place) < _SAME)
            >= _ACROSS * (right - left)
        ]
        return [(low, high) for low, high in pairwise(across)][::-1]

    def edges(self, low: float, high: float) -> list[float]:
        """The x of each vertical rule between the cells of one row."""
        middle = (low + high) / 2
        return _rule_places([rule for rule in self.vertical if rule.start - _TOUCH < middle < rule.end + _TOUCH])


def ruled_tables(pieces: Sequence[Line], rules: Sequence[Rule]) -> tuple[list[Table], list[Line]]:
    """Find the tables between rules. Returns the tables and the pieces that are in none of them."""
    found: list[Table] = []
    left_over = list(pieces)
    for frame in _frames(rules):
        grid = _grid_cells(frame, left_over)
        taken = {id(piece) for row in grid for cell in row for piece in cell}
        if taken and is_plausible(grid):
            found.append(table(grid))
            left_over = [piece for piece in left_over if id(piece) not in taken]
    return found, left_over


def _frames(rules: Sequence[Rule]) -> Iterator[_Frame]:
    """Groups of rules that touch. Only groups of horizontal and vertical rules can have cells."""
    waiting = list(rules)
    while waiting:
        group, grown = [], [waiting.pop()]
        while grown:
            rule = grown.pop()
            group.append(rule)
            near = [other for other in waiting if _rules_touch(rule, other)]
            if near:
                ids = {id(other) for other in near}
                waiting = [other for other in waiting if id(other) not in ids]
                grown.extend(near)
        horizontal, vertical = [r for r in group if not r.vertical], [r for r in group if r.vertical]
        if len(_rule_places(horizontal)) > 2 and len(_rule_places(vertical)) > 2:
            yield _Frame(horizontal, vertical)


def _rules_touch(one: Rule, other: Rule) -> bool:
    if one.vertical == other.vertical:
        return (
            abs(one.place - other.place) < _SAME and one.start < other.end + _TOUCH and other.start < one.end + _TOUCH
        )
    return other.start - _TOUCH < one.place < other.end + _TOUCH and one.start - _TOUCH < other.place < one.end + _TOUCH


def _grid_cells(frame: _Frame, pieces: Sequence[Line]) -> list[list[Row]]:
    """The pieces by row and column. Empty where the rules make no regular grid or cut through a text."""
    columns = _rule_places(frame.vertical)
    grid: list[list[Row]] = []
    for low, high in frame.rows:
        edges = frame.edges(low, high)
        inside = [piece for piece in pieces if low < piece.middle < high and columns[0] < piece.centre < columns[-1]]
        if not inside:
            continue
        # Every row of a table is closed at both ends. Otherwise the rules belong to a form or a drawing.
        if len(edges) < 2 or abs(edges[0] - columns[0]) > _SAME or abs(edges[-1] - columns[-1]) > _SAME:
            return []
        if any(_is_cut_by_rule(piece, edges) for piece in inside):
            return []
        grid.extend(_rows_within(inside, columns, edges))
    return grid


def _is_cut_by_rule(piece: Line, edges: Sequence[float]) -> bool:
    return any(piece.left + 2 * _TOUCH < edge < piece.right - 2 * _TOUCH for edge in edges)


def _rows_within(inside: Sequence[Line], columns: Sequence[float], edges: Sequence[float]) -> list[list[Row]]:
    """The cells between two horizontal rules: one row, or several rows without a rule between them."""
    printed = rows(inside)
    by_row = [[_column_of(piece, columns, edges) for piece in row] for row in printed]
    first = [places for places in by_row if 0 in places]
    # Where every line has text in the first column and beside it, each line is a row.
    parted = len(first) == len(printed) > 1 and all(len(set(places)) > 1 for places in by_row)
    grid = []
    for row in printed if parted else [list(inside)]:
        cells: list[Row] = [[] for _ in range(len(columns) - 1)]
        for piece in row:
            cells[_column_of(piece, columns, edges)].append(piece)
        grid.append(cells)
    return grid


def _column_of(piece: Line, columns: Sequence[float], edges: Sequence[float]) -> int:
    """The first column that the cell of the piece covers."""
    left = max((edge for edge in edges if edge <= piece.centre), default=columns[0])
    return next((n for n, place in enumerate(columns[:-1]) if abs(place - left) <= _SAME), 0)


def _rule_places(rules: Sequence[Rule]) -> list[float]:
    """The different places of the rules, in order."""
    found: list[float] = []
    for place in sorted(rule.place for rule in rules):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found
