"""The tables of an OpenDocument file as those of a Word document."""

from collections.abc import Callable, Iterator

from ingest.reading.formats.opendocument.source import Element, local, number

_MOST_COLUMNS, _MOST_ROWS = 63, 10_000
# A row or a cell that is repeated this often is only there to fill the page.
_MOST_REPEATED = 50
_HOLDERS = {"table-rows": False, "table-row-group": False, "table-header-rows": True}

CellContent = Callable[[Element], str]


def table_markup(table: Element, content: CellContent) -> str:
    """The table. `content` gives the blocks of a cell."""
    rows: list[str] = []
    below: dict[int, tuple[int, int]] = {}
    for row, is_head in _rows(table):
        made = _row(row, is_head, below, content)
        repeated = number(row, "number-rows-repeated", 1, _MOST_REPEATED)
        rows += [made] * max(1, min(repeated, _MOST_ROWS - len(rows)))
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
        repeated = number(cell, "number-columns-repeated", 1, _MOST_COLUMNS)
        for _ in range(max(repeated, 1)):
            if column >= _MOST_COLUMNS:
                break
            if local(cell) == "covered-table-cell":
                cells.append(_covered(column, below))
                column += 1
                continue
            across = max(number(cell, "number-columns-spanned", 1, _MOST_COLUMNS), 1)
            down = max(number(cell, "number-rows-spanned", 1, _MOST_ROWS), 1)
            if down > 1:
                below[column] = down - 1, across
            cells.append(_cell(content(cell), across, "restart" if down > 1 else ""))
            column += 1
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr>{head}</w:trPr>{''.join(cells)}</w:tr>"


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
