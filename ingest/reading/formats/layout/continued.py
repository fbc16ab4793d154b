"""Tables that go on over pages: their rows on the next page are named by the head of the table, too."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.tables import Table

# In points: how much the edges of a table may differ from page to page, as its longest cell does.
_SAME_EDGE = 24.0
_GOES_ON = re.compile(r"continu|cont(?:['’]d|\.)|fortsetz|suite|vervolg|continua", re.IGNORECASE)
_LONGEST_REMARK = 60


class ContinuedTables:
    """Follows the tables through the pages. The pages must come in their order."""

    def __init__(self) -> None:
        """Start before the first page."""
        self._above: Table | None = None

    def page(self, items: Sequence[Item]) -> list[Item]:
        """The items of a page, where a table at its top has the head of the table at the end of the page before."""
        found = list(items)
        place = 1 if len(found) > 1 and _is_remark(found[0]) else 0
        first = found[place] if place < len(found) else None
        if self._above and isinstance(first, Table) and _goes_on(self._above, first):
            found[place] = _with_head(first, self._above.cells[0])
        last = found[-1] if found else None
        self._above = last if isinstance(last, Table) and last.headed else None
        return found


def _is_remark(item: Item) -> bool:
    return isinstance(item, Line) and len(item.text) <= _LONGEST_REMARK and bool(_GOES_ON.search(item.text))


def _goes_on(above: Table, below: Table) -> bool:
    if len(above.cells[0]) != len(below.cells[0]):
        return False
    near = min(abs(above.left - below.left), abs(above.right - below.right)) < _SAME_EDGE
    own_head = below.headed and below.cells[0] != above.cells[0]
    return near and not own_head and _overlap(above, below) > 0.7


def _overlap(above: Table, below: Table) -> float:
    """How much of the wider table's width both have."""
    shared = min(above.right, below.right) - max(above.left, below.left)
    return shared / max(above.right - above.left, below.right - below.left, 1.0)


def _with_head(table: Table, head: tuple[str, ...]) -> Table:
    if table.cells[0] == head:
        return replace(table, headed=True)
    # The names of the columns are printed on another page.
    return replace(table, cells=(tuple(map(str, head)), *table.cells), headed=True)
