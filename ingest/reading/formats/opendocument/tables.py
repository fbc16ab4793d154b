"""The tables of an OpenDocument file as those of a Word document."""

from collections.abc import Callable, Iterator

from ingest.reading.formats.opendocument.source import Element, local, number

_MOST_COLUMNS, _MOST_ROWS = 63, 10_000
# A row or a cell that is repeated this often is only there to fill the page.
_MOST_REPEATED = 50
_LONGEST_COPY = 2000  # characters of markup
_HOLDERS = {"table-rows": False, "table-row-group": False, "table-header-rows": True}

CellContent = Callable[[Element], str]


def table_markup(table: Element, content: CellContent) -> str:
    """The table. `content` gives the blocks of a cell."""
    rows: list[str] = []
    below: dict[int, tuple[int, int]] = {}
    for row, is_head in _rows(table):
        made = _row(row, is_head, below, content)
        repeated = number(row, "number-rows-repeated", 1, _MOST_REPEATED)
        rows += [made] * _times(made, min(repeated, _MOST_ROWS - len(rows)))
        if len(rows) >= _MOST_ROWS:
            raise ValueError("a table has more rows than anybody reads")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def _rows(parent: Element, is_head: bool = False) -> Iterator[tuple[Element, bool]]:
    for element in parent:
        name = local(element)
        if name == "table-row":
            yield element, is_head
        elif name in _HOLDERS:
            yield from _rows(element, is_head or _HOLDERS[name])


def _row(row: Element, is_head: bool, below: dict[int, tuple[int, int]], content: CellContent) -> str:
    """A row. `below` has, by their columns, the cells that go on from rows above: for how many rows and columns."""
    cells: list[str] = []
    column = 0
    for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
        repeated = min(number(cell, "number-columns-repeated", 1, _MOST_COLUMNS), _MOST_COLUMNS - column)
        if local(cell) == "covered-table-cell":
            cells += [_covered(place, below) for place in range(column, column + max(repeated, 1))]
            column += max(repeated, 1)
            continue
        across = max(number(cell, "number-columns-spanned", 1, _MOST_COLUMNS), 1)
        down = max(number(cell, "number-rows-spanned", 1, _MOST_ROWS), 1)
        if down > 1:
            below[column] = down - 1, across
        inside = content(cell)
        cells += [_cell(inside, across, "restart" if down > 1 else "")] * _times(inside, repeated)
        column += max(repeated, 1)
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _times(markup: str, repeated: int) -> int:
    """How often something repeated is taken. A long one is not: tables in each other would grow without end."""
    return max(repeated, 1) if len(markup) <= _LONGEST_COPY else 1


def _covered(column: int, below: dict[int, tuple[int, int]]) -> str:
    """What stands for a covered cell: the cell above goes on here. What is covered from the left has no cell."""
    rows, across = below.get(column, (0, 0))
    if not rows:
        return ""
    below[column] = rows - 1, across
    return _cell("", across, "continue")


def _cell(content: str, across: int, down: str) -> str:
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merged}</w:tcPr>{content}</w:tc>'
