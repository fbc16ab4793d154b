"""Rows of a page: pieces of lines that are beside each other."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.reading.formats.layout.line import HYPHEN_MARKS, Line
from ingest.reading.formats.layout.script import runs_right_to_left

# A piece belongs to a row where at least this share of its height is beside the row.
_BESIDE = 0.5

Row = list[Line]


def rows(pieces: Sequence[Line]) -> list[Row]:
    """Group pieces into rows, from top to bottom, the pieces of each row from left to right.

    The tallest pieces define the rows, and the smaller ones join them. So an exponent never joins two rows.
    """
    found: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: -piece.height):
        best = max(found, key=lambda row: _shared_height(row[0], piece), default=None)
        if best is not None and _shared_height(best[0], piece) > _BESIDE * max(piece.height, 0.1):
            best.append(piece)
        else:
            found.append([piece])
    for row in found:
        row.sort(key=lambda piece: piece.left)
    return sorted(found, key=lambda row: -_longest_piece(row).middle)


def joined(row: Sequence[Line]) -> Line:
    """Join a row to one line. A piece that touches the one before it, such as an exponent, gets no space."""
    if runs_right_to_left("".join(piece.text for piece in row)):
        row = sorted(row, key=lambda piece: -piece.right)
    text = row[0].text
    for before, piece in pairwise(row):
        touches = max(piece.left - before.right, before.left - piece.right) < 0.1 * max(before.height, piece.height)
        text += piece.text if touches or before.text[-1] in HYPHEN_MARKS else " " + piece.text
    longest = _longest_piece(row)
    return Line(
        text,
        left=min(piece.left for piece in row),
        bottom=longest.bottom,
        right=max(piece.right for piece in row),
        top=longest.top,
        bold=all(piece.bold for piece in row),
        size=longest.size,
    )


def _longest_piece(row: Sequence[Line]) -> Line:
    """The piece that shows best where the row is. A single large character does not."""
    return max(row, key=lambda piece: len(piece.text))


def _shared_height(one: Line, other: Line) -> float:
    return min(one.top, other.top) - max(one.bottom, other.bottom)
