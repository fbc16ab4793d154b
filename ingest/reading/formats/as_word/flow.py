"""Paragraphs and tables as they come, one after the other, in formats that mark only where a cell and a row end."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

# Tables in tables in tables. Word's own limit is not known; nobody reads more.
_DEEPEST = 12
_MOST_COLUMNS = 63


@dataclass(frozen=True, slots=True)
class CellShape:
    """The form of a cell: where it ends on the right, and whether it is merged.

    `down` is "restart" where it goes on in the cell below, "continue" in that one. `left` says that it belongs to the
    cell before it.
    """

    right: int
    down: str = ""
    left: bool = False


_Row = tuple[list[str], Sequence[CellShape], str]


@dataclass(slots=True)
class _Table:
    rows: list[_Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


class Flow:
    """One text of a document: its body, a note, a text box. `depth` counts the tables around a paragraph."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._tables: list[_Table] = []

    def add(self, markup: str) -> None:
        """Add runs to the paragraph that is open."""
        if markup:
            self._line.append(markup)

    def block(self, markup: str) -> None:
        """Add a whole block, such as a table that is made already."""
        self._target().append(markup)

    def end_paragraph(self, properties: str, depth: int = 0) -> None:
        """End the open paragraph, which stands in so many tables."""
        self._go_to(depth)
        self._target().append(f"<w:p><w:pPr>{properties}</w:pPr>{''.join(self._line)}</w:p>")
        self._line = []

    def end_cell(self, properties: str, depth: int = 1) -> None:
        """End the open paragraph and its cell."""
        self.end_paragraph(properties, max(depth, 1))
        table = self._tables[-1]
        table.cells.append("".join(table.open))
        table.open = []

    def end_row(self, shapes: Sequence[CellShape], depth: int = 1, properties: str = "") -> None:
        """End the row whose cells came before. A cell without a shape has the width of one column."""
        self._go_to(max(depth, 1))
        table = self._tables[-1]
        if self._line or table.open:
            self.end_cell("", depth)
        if table.cells:
            table.rows.append((table.cells, shapes, properties))
        table.cells = []

    def markup(self) -> str:
        """Everything so far. Whatever is open ends here."""
        if self._line:
            self.end_paragraph("", len(self._tables))
        self._go_to(0)
        return "".join(self._blocks)

    def _target(self) -> list[str]:
        return self._tables[-1].open if self._tables else self._blocks

    def _go_to(self, depth: int) -> None:
        depth = min(depth, _DEEPEST)
        while len(self._tables) > depth:
            table = self._tables.pop()
            if table.open:
                table.cells.append("".join(table.open))
            if table.cells:
                table.rows.append((table.cells, (), ""))
            if table.rows:
                self._target().append(_table(table.rows))
        while len(self._tables) < depth:
            self._tables.append(_Table())


def _table(rows: Sequence[_Row]) -> str:
    """A table. The row with the most cells has its columns; how many the other cells cover follows from their edges."""
    columns = max(([shape.right for shape in shapes] for _, shapes, _ in rows), key=len)
    return f"<w:tbl>{''.join(_row(cells, shapes, more, columns) for cells, shapes, more in rows)}</w:tbl>"


def _row(cells: Sequence[str], shapes: Sequence[CellShape], more: str, columns: Sequence[int]) -> str:
    made, column = [], 0
    for number, content in enumerate(cells):
        shape = shapes[number] if number < len(shapes) else None
        after = column + 1
        # Rows of the same table often end at slightly different edges.
        if shape is not None and len(shapes) < len(columns):
            after = _nearest(columns, shape.right) + 1
        span = max(1, min(after - column, _MOST_COLUMNS))
        column += span
        down = f'<w:vMerge w:val="{shape.down}"/>' if shape is not None and shape.down else ""
        left = '<w:hMerge w:val="continue"/>' if shape is not None and shape.left else ""
        made.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{down}{left}</w:tcPr>{content}</w:tc>')
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(made)}</w:tr>"


def _nearest(columns: Sequence[int], edge: int) -> int:
    """The number of the column whose right edge is nearest to this one."""
    after = bisect_left(columns, edge)
    before = max(after - 1, 0)
    if after >= len(columns):
        return len(columns) - 1
    return after if columns[after] - edge <= edge - columns[before] else before
