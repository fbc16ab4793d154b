"""A long row as several lines that each begin with the row's key, so that no part of it is without its name."""

import re
from collections.abc import Iterator, Sequence

from ingest.reading.placed import joined

# A passage has 160 tokens. Of a table with many numbers these are hardly more characters than that.
_LONGEST_LINE = 360
_LONGEST_KEY = 100
_MOST_KEY_CELLS = 3
# So many rows tell how many cells are the key.
_SAMPLE_ROWS = 10_000
_GOES_ON = "… "
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?;])\s|(?<=[。！？；])")
# From here on, a letter is a word or a syllable: Chinese, Japanese, Korean.
_FIRST_OF_FAR_EAST = "\u2e80"


def is_long(line: str) -> bool:
    """Whether a line would be cut, so that its later parts would stand without the row's key."""
    return len(line) > _LONGEST_LINE // 3 and _weight(line) > _LONGEST_LINE


def key_size(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first columns tell the rows of a table apart; 1 where not even three do."""
    rows = rows[:_SAMPLE_ROWS]
    sizes = range(1, _MOST_KEY_CELLS + 1)
    return next((size for size in sizes if len({tuple(row[:size]) for row in rows}) == len(rows)), 1)


def parts(cells: Sequence[tuple[str, str]], key_cells: int, between: str) -> Iterator[str]:
    """The lines of a long row. Each begins with the key; a cell too long for one line goes on after "…" in the next.

    Args:
        cells: The cells with the name before each, which may be empty.
        key_cells: How many of them are the key. A key that is a whole text is not repeated, and the row stays one line.
        between: What stands between two cells.
    """
    texts = [name + cell for name, cell in cells]
    key = joined(between, texts[:key_cells])
    if len(cells) <= key_cells or len(key) > _LONGEST_KEY:
        yield joined(between, texts)
        return
    room = _LONGEST_LINE - _weight(key) - len(between)
    line = key
    for name, cell in cells[key_cells:]:
        for piece in _pieces(name, cell, room):
            if line != key and _weight(line) + len(between) + _weight(piece) > _LONGEST_LINE:
                yield line
                line = key
            line += between + piece
    yield line


def _pieces(name: str, cell: str, room: int) -> Iterator[str]:
    """A cell in pieces that fit into a line, cut between sentences or else between words, each after its name."""
    weight = _weight(cell)
    if len(name) > _LONGEST_KEY or _weight(name) + weight <= room:
        yield name + cell
        return
    most = (room - _weight(name) - len(_GOES_ON)) * len(cell) // weight
    start = 0
    while start < len(cell):
        end = _cut(cell, start, max(most, 20))
        yield name + (_GOES_ON if start else "") + cell[start:end].strip()
        start = end


def _cut(cell: str, start: int, most: int) -> int:
    """Where the piece that begins at `start` ends: at most so many characters further, if possible after a sentence."""
    if len(cell) - start <= most:
        return len(cell)
    ends = [found.end() for found in _BETWEEN_SENTENCES.finditer(cell, start + most // 2, start + most)]
    if ends:
        return ends[-1]
    space = cell.rfind(" ", start + most // 2, start + most)
    return space + 1 if space > 0 else start + most


def _weight(text: str) -> int:
    """The length of a text in letters of Europe. A letter of the Far East has as many tokens as three of these."""
    return len(text) if text.isascii() else len(text) + 2 * sum(letter >= _FIRST_OF_FAR_EAST for letter in text)
