"""The bullets of lists that a file draws, or sets in a font that does not name them: without them, items join."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_PATH, FPDFText_GetUnicode

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.pdf.lines import seen_box
from ingest.reading.placed import Box, joined, wholly

# In points: the sides of a bullet, and how far it stands from its line. A page with more drawings is no page of text.
_SMALLEST, _LARGEST, _FURTHEST, _MOST_DRAWINGS = 1.5, 7.0, 30.0, 2000
# How much longer one side of a bullet may be than the other, and how large it is at most, in heights of its line.
_SQUARE, _OF_LINE = 1.4, 0.75
# In points: how exactly bullets stand below each other. The shortest line that is an item, in letters.
_BELOW, _SHORTEST = 1.5, 4


def with_bullets(page: pypdfium2.PdfPage, lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those that a drawn bullet stands before with a bullet as their first letter.

    One bullet is no list: several stand below each other. A point of a plot has a letter or a number beside it.
    """
    found = list(lines)
    bullets = [box for box in (*_unnamed_letters(page), *_small_drawings(page)) if _is_bullet(box)]
    beside = [(box, place) for box in bullets if (place := _line_beside(found, box)) is not None]
    for box, place in beside:
        line = found[place]
        if sum(abs(other[0] - box[0]) < _BELOW for other, _ in beside) > 1 and not line.text.startswith("•"):
            found[place] = replace(line, text=joined("", [wholly("•", box), " ", line.text]), left=box[0])
    return found


def _is_bullet(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    sides = sorted((width, height))
    return _SMALLEST < sides[0] <= sides[1] < _LARGEST and sides[1] < _SQUARE * sides[0]


def _unnamed_letters(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """The boxes of letters that the file gives no name and that have none beside them."""
    text = page.get_textpage()
    count = text.count_chars()
    if count == len(text.get_text_range().encode("utf-16-le")) // 2:
        return  # all have names
    seen = seen_box(page)
    unnamed = [FPDFText_GetUnicode(text, place) == 0 for place in range(count)]
    for place in range(count):
        if unnamed[place] and not any(unnamed[max(0, place - 1) : place]) and not any(unnamed[place + 1 : place + 2]):
            try:
                yield seen(text.get_charbox(place))
            except pypdfium2.PdfiumError:
                continue


def _small_drawings(page: pypdfium2.PdfPage) -> Iterator[Box]:
    seen = seen_box(page)
    for count, drawn in enumerate(page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=2)):
        if count >= _MOST_DRAWINGS:
            return
        yield seen(drawn.get_bounds())


def _line_beside(lines: Sequence[Line], box: Box) -> int | None:
    """The line to the right of a box, at its height and near it, with nothing to its left."""
    middle = (box[1] + box[3]) / 2
    level = [place for place, line in enumerate(lines) if line.bottom < middle < line.top]
    right = [
        place for place in level if 0 < lines[place].left - box[2] < _FURTHEST and len(lines[place].text) >= _SHORTEST
    ]
    if not right or any(box[0] - _FURTHEST < lines[place].right and lines[place].left < box[2] for place in level):
        return None
    nearest = min(right, key=lambda place: lines[place].left)
    return nearest if box[3] - box[1] < _OF_LINE * lines[nearest].height else None
