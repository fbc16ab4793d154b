"""Which first rows of a table name its columns, and the name of each column where there are two or three such rows."""

import re
from collections.abc import Sequence
from itertools import groupby

from ingest.reading.placed import joined

Rows = Sequence[Sequence[str]]

_NUMBER = re.compile(r"[-+(]?[^\w\s]?\s?\d[\d.,:/\s'’-]*\s?[^\w\s]?\)?")
_BEGINS_WITH_NUMBER = re.compile(r"[-+–−(]?[^\w\s]?\s?\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_HEAD = 80
_MOST_HEAD_ROWS = 3
# So many rows below the heads show what kind of values a column has.
_SAMPLE_ROWS = 50


def count_head_rows(body: Rows) -> int:
    """How many of the first rows name the columns, 0 to 3.

    More than one row is taken only where the upper one spans columns that the row below tells apart, and where the
    rows below are of another kind. A table of data keeps its rows.
    """
    if _names_its_columns(body):
        return 1
    return next((count for count in range(2, _MOST_HEAD_ROWS + 1) if _are_heads(body[:count], body[count:])), 0)


def joined_heads(head_rows: Rows) -> list[str]:
    """The name of each column: the names over it from the upper to the lower, a name that is the same in both once.

    >>> joined_heads([["Fruit", "Shop", ""], ["Fruit", "2024", "2025"]])
    ['Fruit', 'Shop 2024', 'Shop 2025']
    """
    return [_joined(column) for column in _columns(head_rows)]


def _is_number(cell: str) -> bool:
    """Whether a cell has nothing but a number, perhaps with a sign, a unit of one character or brackets."""
    return bool(_NUMBER.fullmatch(cell))


def cell_at(row: Sequence[str], column: int) -> str:
    """The cell in one column; empty where the row is too short."""
    return row[column] if column < len(row) else ""


def _names_its_columns(body: Rows) -> bool:
    if len(body) < 2 or sum(map(bool, body[0])) < 2:
        return False
    used = [column for column in range(len(body[0])) if any(cell_at(row, column) for row in body)]
    # The first cell is often empty where rows have names, too.
    heads = [body[0][column] for column in used if body[0][column] or column != used[0]]
    return len(set(heads)) == len(heads) and all(map(_is_head, heads))


def _is_head(cell: str) -> bool:
    if not cell or len(cell) > _LONGEST_HEAD:
        return False
    return not _is_number(cell) or bool(_YEAR.fullmatch(cell))


def _are_heads(heads: Rows, below: Rows) -> bool:
    """Whether all of these rows together name the columns of the rows below."""
    if not below or not all(_is_head(cell) for row in heads for cell in row if cell):
        return False
    columns = _columns(heads)
    used = [
        number for number in range(len(columns)) if any(cell_at(row, number) for row in below) or any(columns[number])
    ]
    names = [_joined(columns[number]) for number in used]
    if not used or "" in names[1:] or len(set(names)) < len(names):
        return False
    # Names of rows stand under one name. Two different ones are two rows of data.
    if len(set(filter(None, columns[used[0]]))) > 1 and used[0] not in _spanned(columns, 0):
        return False
    spans = [_spans(columns, level) for level in range(len(heads) - 1)]
    return all(spans) and _is_told_apart(columns, spans[0], below)


def _is_told_apart(columns: list[tuple[str, ...]], spans: list[range], below: Rows) -> bool:
    """Whether names repeat below two spans, as in Shop, Online, Shop, Online, or the values below are numbers."""
    inner = [tuple(columns[column][1:] for column in span) for span in spans]
    if len(set(inner)) < len(inner):
        return True
    return any(_has_numbers(column, below) for span in spans for column in span)


def _has_numbers(column: int, rows: Rows) -> bool:
    filled = [cell for row in rows[:_SAMPLE_ROWS] if (cell := cell_at(row, column))]
    return bool(filled) and sum(bool(_BEGINS_WITH_NUMBER.match(cell)) for cell in filled) * 2 >= len(filled)


def _spanned(columns: list[tuple[str, ...]], level: int) -> set[int]:
    return {column for span in _spans(columns, level) for column in span}


def _spans(columns: list[tuple[str, ...]], level: int) -> list[range]:
    """The runs of columns that share their name on this level and are told apart by the names below it."""
    found = []
    for _, run in groupby(range(len(columns)), key=lambda number: columns[number][: level + 1]):
        span = list(run)
        lower = {columns[number][level + 1 :] for number in span}
        if len(span) > 1 and columns[span[0]][level] and len(lower) == len(span):
            found.append(range(span[0], span[-1] + 1))
    return found


def _columns(heads: Rows) -> list[tuple[str, ...]]:
    """The names over each column, from the upper to the lower. An upper name goes on over the empty cells beside it."""
    width = max(map(len, heads), default=0)
    filled: list[list[str]] = []
    for row in reversed(heads):
        cells = [cell_at(row, column) for column in range(width)]
        for column in range(1, width):
            before = cells[column - 1]
            # Only a name with other names below it spans columns.
            spans = bool(before) and any(under[column - 1] not in {"", before} for under in filled)
            if spans and not cells[column] and any(under[column] for under in filled):
                cells[column] = before
        filled.insert(0, cells)
    return list(zip(*filled, strict=True))


def _joined(names: Sequence[str]) -> str:
    return joined(" ", dict.fromkeys(name.rstrip(":") if names[-1] != name else name for name in names if name))
