"""The forms of the cells of a row in an old Word document ([MS-DOC] 2.9.325, TDefTableOperand)."""

import struct

from ingest.reading.formats.as_word import CellShape
from ingest.reading.formats.old_word.properties import Properties

_TABLE, _DOWN = 0xD608, 0xD62B
_CELL_SIZE = 20
_MERGED_LEFT, _DOWN_BITS = 0x0002, 0x0060
_FIRST_DOWN = 3
_DOWN_WORDS = {1: "continue", 2: "restart", 3: "restart"}


def row_shapes(properties: Properties) -> list[CellShape]:
    """The cells of the row that ends with these properties; none where the row does not say."""
    data = properties.changes.get(_TABLE, b"")
    count = data[0] if data else 0
    if len(data) < 1 + 2 * (count + 1):
        return []
    edges = struct.unpack_from(f"<{count + 1}h", data, 1)
    begin = 1 + 2 * (count + 1)
    shapes = []
    for number in range(count):
        flags = int.from_bytes(data[begin + _CELL_SIZE * number : begin + _CELL_SIZE * number + 2], "little")
        down = _DOWN_WORDS.get((flags & _DOWN_BITS) >> 5, "")
        own = properties.changes.get(_DOWN, b"")
        if len(own) >= 2 and own[0] == number:
            down = _DOWN_WORDS.get(own[1] & 3, "")
        shapes.append(CellShape(edges[number + 1], down, bool(flags & _MERGED_LEFT)))
    return shapes
