"""The pieces of printed lines on a PDF page, in the order of the file, each with its box on the page.

A line is cut at a wide gap and at a vertical rule, because a column or a table cell may end there. Pieces that belong
together after all are joined later (`ingest.reading.formats.layout.rows`).
"""

import ctypes
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex, FPDFText_GetFontInfo, FPDFText_GetFontWeight

from ingest.reading.formats.layout.line import HYPHEN_MARKS, Box, Line
from ingest.reading.formats.layout.script import RIGHT_TO_LEFT, in_logical_order, without_presentation_forms

_LINE = re.compile(f"[^\r\n{HYPHEN_MARKS}]+[{HYPHEN_MARKS}]?")
_WORD = re.compile(r"\S+")

# A line is cut at a gap wider than this, in line heights. The space between two words is about a quarter.
_GAP = 0.7
_BOLD = 600
_BOLD_NAMES = ("bold", "black", "heavy")
_FONT_NAME_BYTES = 128


@dataclass(frozen=True, slots=True)
class _TextPage:
    """A page as a person sees it. The stored page may be rotated."""

    text: pypdfium2.PdfTextPage
    width: float
    height: float
    rotation: int
    vertical_rules: Sequence[float]

    def box(self, index: int) -> Box | None:
        character = FPDFText_GetCharIndexFromTextIndex(self.text, index)
        if character < 0:
            return None
        try:
            box = self.text.get_charbox(character, loose=True)
        except pypdfium2.PdfiumError:
            return None
        return rotated_box(box, self.rotation, self.width, self.height)

    def is_bold(self, index: int) -> bool:
        character = FPDFText_GetCharIndexFromTextIndex(self.text, index)
        if character < 0:
            return False
        name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        FPDFText_GetFontInfo(self.text, character, name, _FONT_NAME_BYTES, ctypes.c_int())
        named = name.value.decode(errors="replace").lower()
        return FPDFText_GetFontWeight(self.text, character) >= _BOLD or any(word in named for word in _BOLD_NAMES)


def lines(page: pypdfium2.PdfPage, vertical_rules: Sequence[float] = ()) -> list[Line]:
    """Find the pieces of printed lines on a page, in the order of the file.

    Args:
        page: The page.
        vertical_rules: The x of each vertical rule, from left to right, in points.

    Returns:
        The pieces that contain text. One that ends with a hyphen ends with PDFium's mark for it.
    """
    width, height = page.get_size()
    page_text = _TextPage(page.get_textpage(), width, height, page.get_rotation(), vertical_rules)
    found: list[Line] = []
    text = page_text.text.get_text_range()
    if RIGHT_TO_LEFT.search(text) and _utf16_units(text) == len(text):
        text = in_logical_order(text, page_text.box)
    start = position = 0
    for piece in _LINE.finditer(text):
        # PDFium counts in units of UTF-16.
        start += _utf16_units(text[position : piece.start()])
        position = piece.start()
        found.extend(_line_pieces(page_text, piece.group(), start))
    return found


def rotated_box(box: Box, degrees: int, width: float, height: float) -> Box:
    """Where a box of the stored page is on the page as a person sees it, which is `width` by `height` points.

    >>> rotated_box((10, 20, 30, 40), 180, 100, 200)
    (70, 160, 90, 180)
    """
    left, bottom, right, top = box
    if degrees == 90:
        return bottom, height - right, top, height - left
    if degrees == 180:
        return width - right, height - top, width - left, height - bottom
    if degrees == 270:
        return width - top, left, width - bottom, right
    return box


def _line_pieces(page_text: _TextPage, text: str, start: int) -> Iterator[Line]:
    """The pieces of a printed line, cut at its gaps and at vertical rules."""
    begun: tuple[int, int] | None = None
    boxes: list[Box] = []
    before = 0
    for word in _WORD.finditer(text):
        first = start + _utf16_units(text[: word.start()])
        box = _box_around([page_text.box(first), page_text.box(first + _utf16_units(word.group()) - 1)])
        if begun and boxes and box and _is_cut_between(page_text, boxes[-1], box, _is_backwards(text, before, word)):
            yield _piece(page_text, text[begun[0] : before], begun[1], boxes)
            begun, boxes = None, []
        begun = begun or (word.start(), first)
        before = word.end()
        if box:
            boxes.append(box)
    if begun:
        yield _piece(page_text, text[begun[0] : before], begun[1], boxes)


def _is_cut_between(page_text: _TextPage, left: Box, right: Box, backwards: bool) -> bool:
    if backwards and right[2] <= left[0] + 1:
        left, right = right, left
    gap = right[0] - left[2]
    if gap > _GAP * (left[3] - left[1]) or right[2] < left[0]:
        return True
    place = bisect_left(page_text.vertical_rules, left[2] - 1)
    return gap > 0 and place < len(page_text.vertical_rules) and page_text.vertical_rules[place] < right[0] + 1


def _is_backwards(text: str, before: int, word: re.Match[str]) -> bool:
    """Whether the word is to the left of the one before it because one of them is read from right to left."""
    return RIGHT_TO_LEFT.search(text, max(0, before - 1), word.end()) is not None


def _piece(page_text: _TextPage, text: str, first: int, boxes: list[Box]) -> Line:
    text = without_presentation_forms(text)
    if not boxes:
        return Line(text, 0.0, 0.0, 0.0, 0.0)
    # One character in a larger font must not make the line taller.
    usual = sorted(boxes, key=lambda box: box[3] - box[1])[(len(boxes) - 1) // 2]
    if usual[3] - usual[1] < 1.5 * (max(box[2] for box in boxes) - min(box[0] for box in boxes)):
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        return Line(text, left, usual[1], right, usual[3], bold=page_text.is_bold(first))
    return Line(text, *(_box_around(boxes) or usual), bold=page_text.is_bold(first))


def _box_around(boxes: Sequence[Box | None]) -> Box | None:
    there = [box for box in boxes if box]
    if not there:
        return None
    return (
        min(box[0] for box in there),
        min(box[1] for box in there),
        max(box[2] for box in there),
        max(box[3] for box in there),
    )


def _utf16_units(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")
