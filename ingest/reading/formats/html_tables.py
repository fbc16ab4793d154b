"""Tables of a web page as lines of text, one a row. A cell over several rows or columns stands in each of them."""

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from ingest.reading.clean import one_line
from ingest.reading.formats import tables

_INLINE_NAMES = "a abbr b bdi cite code em font i kbd mark q s samp small span strong sub sup time u var wbr"
_INLINE = frozenset(_INLINE_NAMES.split())
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6", "table"]
# The limits of the HTML standard are 1,000 columns and 65,534 rows.
# Past so many cells, cells stand only where they begin.
_MOST_ACROSS, _MOST_DOWN, _MOST_CELLS = 1000, 65_534, 100_000


def tables_to_lines(soup: BeautifulSoup, main: Tag) -> None:
    """Put the lines of each table in its place. A table that only places other things becomes those things."""
    for table in main.find_all("table"):
        if _only_places(table):
            _become_parts(table)
        elif table.find_parent("table") is None:
            _replace(soup, table)


def _only_places(table: Tag) -> bool:
    return str(table.get("role", "")).lower() in {"presentation", "none"} or table.find(_HEADINGS) is not None


def _become_parts(element: Tag) -> None:
    """Make plain parts of a table, of its rows and of its cells, but not of the tables in these."""
    element.name = "div"
    for child in element.find_all(["thead", "tbody", "tfoot", "tr", "td", "th", "caption"], recursive=False):
        _become_parts(child)


def _replace(soup: BeautifulSoup, table: Tag) -> None:
    rows = table.find_all("tr")
    heads = _head_rows(rows)
    grid = _grid(rows)
    width = max(map(len, grid), default=0)
    caption = table.find("caption")
    title = one_line(caption.get_text(" ")) if caption is not None else ""
    # Most tables of two columns without heads are names and values; most wider ones have heads.
    headed = heads or (None if width > 2 else False)
    lines = tables.lines(grid, headed=headed)
    blocks: list[list[str]] = [[title], []]
    for line in lines:
        if line:
            blocks[-1].append(line)
        else:
            blocks.append([])
    table.clear()
    table.name, table.attrs = "div", {}
    for block in filter(any, blocks):
        paragraph = soup.new_tag("p")
        for number, line in enumerate(block):
            if number:
                paragraph.append(soup.new_tag("br"))
            paragraph.append(NavigableString(line))
        table.append(paragraph)


def _head_rows(rows: list[Tag]) -> int:
    """How many rows at the top have only names of columns."""
    count = 0
    for row in rows:
        cells = row.find_all(["td", "th"], recursive=False)
        if not (row.parent is not None and row.parent.name == "thead") and not _names_only(cells):
            break
        count += 1
    return count if count < len(rows) else 0


def _names_only(cells: list[Tag]) -> bool:
    return bool(cells) and all(cell.name == "th" and cell.get("scope") != "row" for cell in cells)


def _grid(rows: list[Tag]) -> list[list[str]]:
    """The texts of the cells by row and column."""
    grid: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}  # by column: for how many more rows a cell goes on, and its text
    taken = 0
    for row in rows:
        line: list[str] = []
        cells = row.find_all(["td", "th"], recursive=False)
        for cell in cells:
            _go_on(line, below)
            text = _text(cell)
            # A cell that fills its row is a title of what follows, not a value of each column.
            width = 1 if len(cells) == 1 and not line else _span(cell, "colspan")
            width = min(width, _MOST_ACROSS, max(_MOST_CELLS - taken, 1))
            height = min(_span(cell, "rowspan"), _MOST_DOWN)
            for _ in range(width):
                if height > 1:
                    below[len(line)] = (height - 1, text)
                line.append(text)
            taken += width
        _go_on(line, below)
        taken += len(line)
        if taken > _MOST_CELLS:
            below.clear()
        grid.append(line)
    return grid


def _go_on(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Add the cells of rows above that cover the next columns."""
    while len(line) in below:
        rows, text = below.pop(len(line))
        if rows > 1:
            below[len(line)] = (rows - 1, text)
        line.append(text)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "")).strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _text(cell: Tag) -> str:
    """The text of a cell on one line. Pictures are their descriptions; the entries of a list are parted by commas."""
    return one_line("".join(_pieces(cell)))


def _pieces(cell: Tag) -> Iterator[str]:
    waiting: list[object] = list(reversed(cell.contents))
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            if not isinstance(node, PreformattedString):
                yield str(node)
        elif isinstance(node, Tag):
            if node.name == "img":
                yield f" {node.get('alt', '')} "
            elif node.name == "li" and node.find_next_sibling("li") is not None:
                waiting += [NavigableString(", "), *reversed(node.contents)]
            elif node.name in _INLINE:
                waiting += reversed(node.contents)
            else:
                waiting += [NavigableString(" "), *reversed(node.contents), NavigableString(" ")]
