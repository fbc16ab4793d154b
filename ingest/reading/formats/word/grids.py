"""The tables of a Word document as rows. The value of a merged cell stands in each row and column that it covers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.reading.formats import tables
from ingest.reading.formats.word.markup import find, number, switch, value
from ingest.reading.formats.word.runs import is_placeholder
from ingest.reading.formats.word.story import Budget

# Word has no more columns than this.
_MOST_COLUMNS = 63
_NAMES_AND_VALUES = 2
# A longer text in a merged cell is written once.
_LONGEST_COPY = 1000
_WRAPPERS = frozenset({"w:sdtContent", "w:customXml", "w:ins", "w:moveTo"})
_GONE = ("w:trPr/w:del", "w:tcPr/w:cellDel", "w:trPr/w:moveFrom", "w:trPr/w:hidden")

CellText = Callable[[Element], str]


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table. `heads` says how many of the first ones name the columns, or None where it does not say.

    In `bare`, a cell over several columns stands only in the first of them.
    """

    rows: list[list[str]]
    bare: list[list[str]]
    heads: int | None

    def lines(self) -> list[str]:
        """A line for each row. Where no names of columns come into it, what is merged sideways stands once."""
        # A number of rows may stand where True and False do: True is 1.
        lines = list(tables.lines(self.rows, headed=self.heads))
        plain = [(tables.row_line(row), tables.row_line(bare)) for row, bare in zip(self.rows, self.bare, strict=True)]
        if len(plain) == len(lines) and all(line in forms for line, forms in zip(lines, plain, strict=True)):
            return [bare for _, bare in plain]
        return lines


def frames(table: Element) -> list[Element]:
    """The cells of a table that only places its contents on the page; none for a table of values.

    It has one cell, or one row or one column of cells with tables in them.
    """
    rows = [[cell for cell, is_empty in _parts(row, "w:tc") if not is_empty] for row, _ in _parts(table, "w:tr")]
    cells = [cell for row in rows for cell in row]
    is_line = len(rows) == 1 or all(len(row) == 1 for row in rows)
    places = len(cells) == 1 or (is_line and any(cell.find("w:tbl") is not None for cell in cells))
    return cells if places else []


def grid(table: Element, text: CellText, budget: Budget) -> Grid:
    """The rows of a table that are not empty.

    Args:
        table: The table (w:tbl).
        text: Gives the text of a cell.
        budget: What the document may still repeat.
    """
    found = [row for row in _rows(table, text, budget) if any(cell.strip() for cell in row[0])]
    rows, bare = [row[0] for row in found], [row[1] for row in found]
    heads = next((place for place, row in enumerate(found) if not row[2]), len(found))
    columns = max(map(len, rows), default=0)
    # Most tables of two columns are names and values; most wider ones have names of columns.
    return Grid(rows, bare, heads or (0 if columns <= _NAMES_AND_VALUES else None))


def _rows(table: Element, text: CellText, budget: Budget) -> Iterator[tuple[list[str], list[str], bool]]:
    """The cells of each row, those without the copies beside them, and whether the row is marked as a head."""
    above: dict[int, str] = {}
    for row, is_placeholder_row in _parts(table, "w:tr"):
        merged: dict[int, str] = {}
        cells = [""] * _span(row, "w:trPr/w:gridBefore", 0)
        bare = list(cells)
        for cell, is_empty in _parts(row, "w:tc"):
            columns = _span(cell, "w:tcPr/w:gridSpan", 1)
            own = "" if is_empty or is_placeholder_row else _cell_text(cell, cells, above, text)
            copy = own if _may_repeat(own, columns - 1, budget) else ""
            if find(cell, "w:tcPr/w:vMerge") is not None and _may_repeat(own, 1, budget):
                merged[len(cells)] = own
            cells += [own, *[copy] * (columns - 1)]
            bare += [own, *[""] * (columns - 1)]
        yield cells, bare, bool(switch(row.find("w:trPr"), "w:tblHeader"))
        above = merged


def _cell_text(cell: Element, before: list[str], above: dict[int, str], text: CellText) -> str:
    """The text of a cell, or of the one above or before it that it is merged with."""
    merge = find(cell, "w:tcPr/w:vMerge")
    if merge is not None and merge.get("w:val", "continue") == "continue" and len(before) in above:
        return above[len(before)]
    if before and value(cell, "w:tcPr/w:hMerge") == "continue":
        return before[-1]
    return text(cell)


def _may_repeat(text: str, times: int, budget: Budget) -> bool:
    if times <= 0 or len(text) > _LONGEST_COPY or budget.copies < len(text) * times:
        return False
    budget.copies -= len(text) * times
    return True


def _span(element: Element, path: str, default: int) -> int:
    return max(default, min(number(value(element, path), default), _MOST_COLUMNS))


def _parts(parent: Element, tag: str) -> Iterator[tuple[Element, bool]]:
    """The rows of a table or the cells of a row that are shown, each with whether it only shows a placeholder."""
    for element in parent:
        if element.tag == tag:
            if not any(find(element, path) is not None for path in _GONE):
                yield element, False
        elif element.tag == "w:sdt":
            content = element.find("w:sdtContent")
            for part, inner in _parts(content, tag) if content is not None else ():
                yield part, inner or is_placeholder(element)
        elif element.tag in _WRAPPERS:
            yield from _parts(element, tag)
