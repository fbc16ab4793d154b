"""The reading order of a page: column by column, with titles and tables across the columns in their places."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from ingest.reading.formats.layout.grids import ruled_tables
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.rows import joined, rows
from ingest.reading.formats.layout.rule import Rule
from ingest.reading.formats.layout.tables import Table, aligned

# Running text in a column: the fewest letters of a line, the fewest lines, and the share of such lines.
_RUNNING_LETTERS = 18
_FEWEST_LINES = 4
_RUNNING_SHARE = 0.55
# In points: the narrowest space between columns; a line that reaches further into the next column is across both.
_GUTTER, _ACROSS = 6.0, 15.0

# A page with more pieces is a map or a drawing.
_MOST_PIECES = 1500
# How near a title is to the middle, as a share of the width of the page, or how much larger than the text it is.
_CENTRAL, _LARGE = 0.1, 1.2
_FEWEST_LISTED, _MOST_CHANGES = 8, 3

Item = Line | Table
Order = Mapping[int, int]


def in_reading_order(pieces: Sequence[Line], rules: Sequence[Rule]) -> list[Item]:
    """Put the lines and tables of a page in the order in which a person reads them.

    Args:
        pieces: The pieces of lines, in the order of the file.
        rules: The rules of the page, which show where tables are.

    Returns:
        Lines and tables. Every piece is in exactly one of them.
    """
    upright = [piece for piece in pieces if not piece.sideways]
    sideways = [piece for piece in pieces if piece.sideways]
    if len(sideways) > len(upright) or len(pieces) > _MOST_PIECES:
        # On a sideways page or a drawing, the order of the file is the better guess.
        return list(pieces)
    tables, rest = ruled_tables(upright, rules)
    order = {id(piece): number for number, piece in enumerate(pieces)}
    return [*_in_columns([*rest, *tables], order), *sideways]


def _in_columns(items: Sequence[Item], order: Order) -> list[Item]:
    split = _gutter(items, order)
    if split is None:
        return _in_one_column(items)
    found: list[Item] = []
    for band in _bands(items, split):
        title, below = _title_apart(band, items)
        left, right = _sides(below, split)
        if _is_split(left, right, order):
            found += [*title, *_in_columns(left, order), *_in_columns(right, order)]
        else:
            found += _in_one_column(band)
    return found


def _title_apart(band: Sequence[Item], page: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """A title above three columns, which covers no gap between them, and what is below it."""
    title, *below = sorted(band, key=lambda item: -_middle(item))
    if not below or not isinstance(title, Line) or title.bottom <= max(item.top for item in below):
        return [], list(band)
    left, right = min(item.left for item in page), max(item.right for item in page)
    central = abs(title.left + title.right - left - right) < _CENTRAL * (right - left)
    large = title.height > _LARGE * median([item.height for item in below if isinstance(item, Line)] or [title.height])
    return ([title], below) if central or large else ([], list(band))


def _in_one_column(items: Sequence[Item]) -> list[Item]:
    """The lines and tables of one column, from top to bottom."""
    tables = [item for item in items if isinstance(item, Table)]
    found: list[Item] = list(tables)
    for part in aligned(rows([item for item in items if isinstance(item, Line)])):
        found.append(part if isinstance(part, Table) else joined(part))
    return sorted(found, key=lambda item: -item.top) if tables else found


def _gutter(items: Sequence[Item], order: Order) -> float | None:
    """The x at which the first column ends; None where there is only one column."""
    lines = [item for item in items if isinstance(item, Line)]
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    best, most = None, 0
    for edge in _common_edges(lines):
        ends = [item.right for item in lines if item.right <= edge - _GUTTER]
        if len(ends) < _FEWEST_LINES:
            continue
        place = (max(ends) + edge) / 2 if edge - max(ends) < 30 else edge - _GUTTER / 2
        held = 0
        for band in _bands(items, place):
            left, right = _sides(band, place)
            if _is_split(left, right, order):
                held += len(left) + len(right)
        if held > most:
            best, most = place, held
    return best


def _common_edges(lines: Sequence[Line]) -> Iterator[float]:
    """The left edges that several lines share, without the leftmost edge."""
    edges = sorted(item.left for item in lines)
    start = 0
    while start < len(edges):
        end = start
        while end < len(edges) and edges[end] - edges[start] < 3:
            end += 1
        if end - start >= _FEWEST_LINES - 1 and start > 0:
            yield edges[start]
        start = end


def _bands(items: Sequence[Item], place: float) -> list[list[Item]]:
    """The items in bands from top to bottom. A band ends where an item is across `place`."""
    across = [item for item in items if item.left < place - _ACROSS and item.right > place + _ACROSS]
    ids = {id(item) for item in across}
    rest = sorted((item for item in items if id(item) not in ids), key=lambda item: -_middle(item))
    bands: list[list[Item]] = []
    for item in sorted(across, key=lambda item: -_middle(item)):
        above = [other for other in rest if _middle(other) >= _middle(item)]
        if above or not bands:
            bands.append(above)
            rest = rest[len(above) :]
            bands.append([])
        bands[-1].append(item)
    return [band for band in [*bands, rest] if band]


def _sides(band: Sequence[Item], place: float) -> tuple[list[Item], list[Item]]:
    left = [item for item in band if (item.left + item.right) / 2 < place]
    ids = {id(item) for item in left}
    return left, [item for item in band if id(item) not in ids]


def _is_split(left: Sequence[Item], right: Sequence[Item], order: Order) -> bool:
    """Whether both sides are columns of text beside each other, and not the columns of a table."""
    if not left or not right:
        return False
    if not (_is_running_column(left) and _is_running_column(right)) and not _is_list(left, right, order):
        return False
    low, high = max(_lowest(left), _lowest(right)), min(_highest(left), _highest(right))
    return high - low > 0.4 * min(_highest(left) - _lowest(left), _highest(right) - _lowest(right))


def _is_running_column(side: Sequence[Item]) -> bool:
    count = sum(map(_is_running_text, side))
    return count >= _FEWEST_LINES - 1 and count >= _RUNNING_SHARE * len(side)


def _is_list(left: Sequence[Item], right: Sequence[Item], order: Order) -> bool:
    """Whether short lines, as in an index, are columns: the file has all of one side before the other.

    The file of a table goes row by row.
    """
    if min(len(left), len(right)) < _FEWEST_LISTED or not all(isinstance(item, Line) for item in (*left, *right)):
        return False
    ids = {id(item) for item in left}
    sides = [id(item) in ids for item in sorted((*left, *right), key=lambda item: order[id(item)])]
    return sum(one != other for one, other in pairwise(sides)) <= _MOST_CHANGES


def _is_running_text(item: Item) -> bool:
    return isinstance(item, Line) and len(item.text) >= _RUNNING_LETTERS and " " in item.text


def _lowest(items: Sequence[Item]) -> float:
    return min(item.bottom for item in items)


def _highest(items: Sequence[Item]) -> float:
    return max(item.top for item in items)


def _middle(item: Item) -> float:
    return (item.top + item.bottom) / 2
