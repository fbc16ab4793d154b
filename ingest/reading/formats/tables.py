"""Rows of cells as lines of text, each value after the name of its column: `City: Oslo · Degrees: 12`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ingest.reading.formats.row_parts import is_long, key_size, parts
from ingest.reading.formats.table_heads import cell_at, count_head_rows, joined_heads
from ingest.reading.placed import joined, on_one_line
from ingest.reading.table_rows import TableRow, line_of

_BETWEEN, _BETWEEN_BARE = " · ", " | "
_LONGEST_TITLE = 100


def lines(rows: Iterable[Sequence[str]], headed: bool | int | None = None) -> Iterator[str]:
    """Turn rows into lines of text.

    Args:
        rows: The rows of cells. Rows may differ in length. A merged cell is in every row and column that it covers.
        headed: How many of the first rows name the columns; True is 1. With None, this is decided from the rows
            themselves. Names above each other are joined, the upper one first: `Q2 online: 88`.

    Yields:
        One line per row, none for an empty row, and a blank line where empty rows separate two tables. A long row is
        several lines, each with its first cells, by which one knows it. The line of a `TableRow` knows its cells.
    """
    for number, (titles, body) in enumerate(_tables(rows, headed)):
        if number:
            yield ""
        yield from titles
        yield from body


def titled(rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Turn the rows of a sheet into its tables: the title above each, and its lines as `lines` gives them.

    Tables without a title of their own belong to the one above. A title in a row of its own counts at the top alone;
    further below it may be a remark about the table above it.
    """
    title, found = "", list[str]()
    for number, (titles, body) in enumerate(_tables(rows, None)):
        below = list(body)
        own = ""
        if len(titles) == 1 and below:
            own = titles[0]
        elif number == 0 and not titles and len(below) == 1:
            own = below[0]
        if own and len(own) <= _LONGEST_TITLE and _BETWEEN_BARE not in own:
            if title or found:
                yield title, found
            title, found = own, below if titles else []
        else:
            found += [*([""] if found else []), *titles, *below]
    if title or found:
        yield (title, found) if found else ("", [title])


def row_line(row: Sequence[str], heads: Sequence[str] = ()) -> str:
    """One row as a line: each cell after the name of its column, or only the cells where columns have no names."""
    cells, between = _named_cells(row, heads)
    return joined(between, (name + cell for name, cell in cells))


def _tables(rows: Iterable[Sequence[str]], headed: bool | int | None) -> Iterator[tuple[list[str], Iterator[str]]]:
    """The titles and the lines of each table. A table may go on after an empty row under the same heads."""
    heads: Sequence[str] = ()
    known = None if headed is None else int(headed)
    for block in _row_blocks(rows):
        titles, body = _titles_apart(block, merged=known is None or known > 1)
        count = _head_rows(body, known, len(titles))
        unused, head_row = list[str](), block[0]
        if count:
            heads, head_row, body = joined_heads(body[:count]), body[0], body[count:]
            named = [row for row in body if not _spans_the_table(row, heads)]  # the others stand without names
            unused = [
                head for column, head in enumerate(heads) if head and not any(cell_at(row, column) for row in named)
            ]
        elif len(heads) != len(block[0]):
            heads = ()
        known = None
        above = [line_of(joined(_BETWEEN_BARE, unused), head_row)] if unused else []
        yield titles, chain(above, _body_lines(body, heads))


def _head_rows(body: list[list[str]], known: int | None, titles: int) -> int:
    """How many rows of the body are heads. Of those that are known, some may be titles that stand above already."""
    if known == 0:
        return 0
    if known is not None and (known > titles or not titles):
        return max(known - titles, 1)
    return count_head_rows(body)


def _body_lines(body: list[list[str]], heads: Sequence[str]) -> Iterator[str]:
    size = 0
    for row in body:
        cells, between = _named_cells(row, heads)
        line = joined(between, (name + cell for name, cell in cells))
        if _spans_the_table(row, heads):
            yield line_of(cells[0][1], row)
        elif is_long(line):
            size = size or key_size(body)
            pieces = parts(cells, max(1, sum(map(bool, row[:size]))), between)
            yield from (line_of(piece, row) for piece in pieces)
        else:
            yield line_of(line, row)
        heads = [str(head) for head in heads]  # in the lines of further rows, the names stand nowhere on the page


def _named_cells(row: Sequence[str], heads: Sequence[str]) -> tuple[list[tuple[str, str]], str]:
    """The cells that are not empty, each with the name before it, and what stands between them."""
    cells = [(cell_at(heads, column), cell) for column, cell in enumerate(row) if cell]
    if not any(head for head, _ in cells):
        return [("", cell) for _, cell in cells], _BETWEEN_BARE
    return [(head.rstrip(":") + ": " if head else "", cell) for head, cell in cells], _BETWEEN


def _row_blocks(rows: Iterable[Sequence[str]]) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for row in rows:
        cells = [on_one_line(cell) for cell in row]
        if any(cells):
            block.append(TableRow(cells, row.number) if isinstance(row, TableRow) else cells)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _titles_apart(block: list[list[str]], merged: bool) -> tuple[list[str], list[list[str]]]:
    """The title lines above a table, which fill one cell each, and the table below them.

    `merged` says whether a cell may be a merged one, whose text is in each column that it covers.
    """
    left = min(_first_filled(row) for row in block)
    wide = next((number for number, row in enumerate(block) if _title(row, left, merged) is None), 0)
    return [line_of(_title(row, left, merged) or "", row) for row in block[:wide]], block[wide:]


def _title(row: Sequence[str], left: int, merged: bool) -> str | None:
    """The text of a title line; None for a row of a table. A name over some of the columns is not a title.

    `left` is the first column of the table.
    """
    filled = [cell for cell in row if cell]
    if len(filled) == 1:
        return filled[0]
    is_merged = merged and len(set(filled)) == 1 and _first_filled(row) == left and _has_letters(filled[0])
    return filled[0] if is_merged else None


def _has_letters(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def _first_filled(row: Sequence[str]) -> int:
    return next(column for column, cell in enumerate(row) if cell)


def _spans_the_table(row: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether a row is one merged cell over all columns, such as a heading between the rows."""
    left = _first_filled(row)
    if len(row) - left < 3 or row[left] != row[-1] or len(row) < len(heads):
        return False
    return len(set(row[left:])) == 1 and _has_letters(row[left])
