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
# A longer text in a merged cell is written once.
_LONGEST_COPY = 1000
_WRAPPERS = frozenset({"w:sdtContent", "w:customXml", "w:ins", "w:moveTo"})
_GONE = ("w:trPr/w:del", "w:tcPr/w:cellDel", "w:trPr/w:moveFrom")

CellText = Callable[[Element], str]


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[str]
    is_head: bool
    is_wide: bool
    """Whether one cell fills the whole row, as a title between the rows does."""


def only_cell(table: Element) -> Element | None:
    """The cell of a table that has just one, which is a frame around its contents; None for any other table."""
    rows = list(_parts(table, "w:tr"))
    cells = list(_parts(rows[0][0], "w:tc")) if len(rows) == 1 else []
    return cells[0][0] if len(cells) == 1 and not cells[0][1] else None


def table_lines(table: Element, text: CellText, budget: Budget) -> list[str]:
    """A line for each row of a table.

    Args:
        table: The table (w:tbl).
        text: Gives the text of a cell.
        budget: What the document may still repeat.
    """
    rows = [row for row in _rows(table, text, budget) if any(cell.strip() for cell in row.cells)]
    body = [row for row in rows if not row.is_wide]
    heads = next((place for place, row in enumerate(body) if not row.is_head), len(body))
    columns = max((len(row.cells) for row in body), default=0)
    # Most tables of two columns are names and values; most wider ones have names of columns.
    headed = heads > 0 if heads or columns <= 2 else None
    lines = list(tables.lines([row.cells for row in body], headed=headed))
    # Each row of the body is one line, so a title stands as many lines from the end as there are rows after it.
    below = len(body)
    found: list[tuple[int, str]] = []
    for row in rows:
        below -= not row.is_wide
        if row.is_wide:
            found.append((max(0, len(lines) - below) if below < len(body) else 0, " ".join(row.cells[0].split())))
    for place, title in reversed(found):
        lines.insert(place, title)
    return lines


def _rows(table: Element, text: CellText, budget: Budget) -> Iterator[_Row]:
    above: dict[int, str] = {}
    grid = table.find("w:tblGrid")
    width = min(len(grid) if grid is not None else 0, _MOST_COLUMNS)
    for row, is_placeholder_row in _parts(table, "w:tr"):
        merged: dict[int, str] = {}
        cells = [""] * _span(row, "w:trPr/w:gridBefore", 0)
        found = [] if is_placeholder_row else list(_parts(row, "w:tc"))
        for cell, is_empty in found:
            columns = _span(cell, "w:tcPr/w:gridSpan", 1)
            own = "" if is_empty else _cell_text(cell, cells, above, text)
            copy = own if _may_repeat(own, columns - 1, budget) else ""
            if find(cell, "w:tcPr/w:vMerge") is not None and _may_repeat(own, 1, budget):
                merged[len(cells)] = own
            cells += [own, *[copy] * (columns - 1)]
        is_wide = len(found) == 1 and len(cells) > 1 and len(cells) >= width
        yield _Row(cells, bool(switch(row.find("w:trPr"), "w:tblHeader")), is_wide)
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
    """The rows of a table or the cells of a row that are not deleted, each with whether it only shows a placeholder."""
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
