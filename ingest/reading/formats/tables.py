"""Rows of cells as lines of text, each value after the name of its column: `City: Oslo · Degrees: 12`."""

import re
from collections.abc import Iterable, Iterator, Sequence

_BETWEEN, _BETWEEN_BARE = " · ", " | "
_NUMBER = re.compile(r"[-+(]?[^\w\s]?\s?\d[\d.,:/\s'’-]*\s?[^\w\s]?\)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_HEAD = 80


def lines(rows: Iterable[Sequence[str]], headed: bool | None = None) -> Iterator[str]:
    """Turn rows into lines of text.

    Args:
        rows: The rows of cells. Rows may differ in length.
        headed: Whether the first row names the columns. With None, this is decided from the row itself.

    Yields:
        One line per row, none for an empty row, and a blank line where empty rows separate two tables.
    """
    heads: Sequence[str] = ()
    first = True
    for block in _blocks(rows):
        if not first:
            yield ""
        titles, body = _titles_apart(block)
        yield from titles
        named = headed if headed is not None and first else _names_columns(body)
        if named:
            heads, body = body[0], body[1:]
            unused = [head for column, head in enumerate(heads) if head and not any(_cell(row, column) for row in body)]
            if unused:
                yield _BETWEEN_BARE.join(unused)
        elif len(heads) != len(block[0]):
            heads = ()
        first = False
        yield from (row_line(row, heads) for row in body)


def row_line(row: Sequence[str], heads: Sequence[str] = ()) -> str:
    """One row as a line: each cell after the name of its column, or only the cells where columns have no names."""
    cells = [(heads[column] if column < len(heads) else "", cell) for column, cell in enumerate(row) if cell]
    if not any(head for head, _ in cells):
        return _BETWEEN_BARE.join(cell for _, cell in cells)
    return _BETWEEN.join(f"{head.rstrip(':')}: {cell}" if head else cell for head, cell in cells)


def _blocks(rows: Iterable[Sequence[str]]) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        if any(cells):
            block.append(cells)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _titles_apart(block: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """The title lines above a table, which fill one cell each, and the table below them."""
    wide = next((number for number, row in enumerate(block) if _filled(row) > 1), 0)
    return [row_line(row) for row in block[:wide]], block[wide:]


def _names_columns(body: list[list[str]]) -> bool:
    if len(body) < 2 or _filled(body[0]) < 2:
        return False
    used = [column for column in range(len(body[0])) if any(_cell(row, column) for row in body)]
    # The first cell is often empty where rows have names, too.
    heads = [body[0][column] for column in used if body[0][column] or column != used[0]]
    return len(set(heads)) == len(heads) and all(_is_head(head) for head in heads)


def _is_head(cell: str) -> bool:
    if not cell or len(cell) > _LONGEST_HEAD:
        return False
    return not _NUMBER.fullmatch(cell) or bool(_YEAR.fullmatch(cell))


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell)


def _cell(row: Sequence[str], column: int) -> str:
    """The cell in one column; empty where the row is too short."""
    return row[column] if column < len(row) else ""
