"""The pieces of printed lines on a PDF page, in the order of the file, each with its box on the page.

A line is cut at a wide gap and at a vertical rule, because a column or a table cell may end there. Pieces that belong
together after all are joined later (`ingest.reading.formats.layout.rows`).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2.raw import FS_RECTF, FPDFText_GetCharIndexFromTextIndex, FPDFText_GetLooseCharBox

from ingest.reading.formats.layout.line import HYPHEN_MARKS, Line
from ingest.reading.formats.layout.script import RIGHT_TO_LEFT, in_logical_order, without_presentation_forms
from ingest.reading.formats.pdf.accents import with_accents
from ingest.reading.formats.pdf.fonts import font_size, is_bold
from ingest.reading.formats.pdf.gaps import gaps_in_word, may_have_gaps
from ingest.reading.placed import WORD, Box, PlacedText, Spot, joined, rotated_box, wholly

_LINE = re.compile(f"[^\r\n{HYPHEN_MARKS}]+[{HYPHEN_MARKS}]?")
_WORD = re.compile(r"\S+")

# A line is cut at a gap wider than this, in line heights. The space between two words is about a quarter.
_GAP = 0.7
# How much a word may be taller than its line, in line heights.
_TALLER = 0.25


@dataclass(frozen=True, slots=True)
class _TextPage:
    """A page as a person sees it. The stored page may be rotated."""

    text: pypdfium2.PdfTextPage
    seen_box: Callable[[Box], Box]
    vertical_rules: Sequence[float]

    def box(self, index: int) -> Box | None:
        return self._character_box(FPDFText_GetCharIndexFromTextIndex(self.text, index))

    def boxes(self, first: int, count: int) -> list[Box | None]:
        """The boxes of letters that follow each other. Mostly their characters do so as well, which saves half."""
        ends = [FPDFText_GetCharIndexFromTextIndex(self.text, index) for index in (first, first + count - 1)]
        if ends[1] - ends[0] != count - 1:
            return [self.box(index) for index in range(first, first + count)]
        return [self._character_box(character) for character in range(ends[0], ends[1] + 1)]

    def _character_box(self, character: int) -> Box | None:
        box = FS_RECTF()
        if character < 0 or not FPDFText_GetLooseCharBox(self.text, character, box):
            return None
        return self.seen_box((box.left, box.bottom, box.right, box.top))

    def font(self, first: int, last: int) -> tuple[bool, float]:
        """Whether a text is bold and how large it is, by its first and its last letter: an initial says neither."""
        ends = [FPDFText_GetCharIndexFromTextIndex(self.text, index) for index in (first, last)]
        sizes = [size for character in ends if character >= 0 and (size := font_size(self.text, character))]
        return all(character >= 0 and is_bold(self.text, character) for character in ends), min(sizes, default=0.0)


def lines(page: pypdfium2.PdfPage, vertical_rules: Sequence[float] = ()) -> list[Line]:
    """Find the pieces of printed lines on a page, in the order of the file.

    Args:
        page: The page.
        vertical_rules: The x of each vertical rule, from left to right, in points.

    Returns:
        The pieces that contain text. One that ends with a hyphen ends with PDFium's mark for it.
    """
    page_text = _TextPage(page.get_textpage(), seen_box(page), vertical_rules)
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


def seen_box(page: pypdfium2.PdfPage) -> Callable[[Box], Box]:
    """Where a box of the stored page is on the page as a person sees it, which may be cropped and rotated."""
    rotation, (width, height) = page.get_rotation(), page.get_size()
    x, y, _, _ = page.get_bbox()
    if not (rotation or x or y):
        return lambda box: box

    def box_as_seen(box: Box) -> Box:
        left, bottom, right, top = box
        return rotated_box((left - x, bottom - y, right - x, top - y), rotation, width, height)

    return box_as_seen


def _line_pieces(page_text: _TextPage, text: str, start: int) -> Iterator[Line]:
    """The pieces of a printed line, cut at its gaps and at vertical rules."""
    begun: tuple[int, int] | None = None
    boxes: list[Box] = []
    spots: list[Spot] = []
    before = 0
    joints: list[int] = []
    for word in _words(page_text, text, start):
        first = start + _utf16_units(text[: word.start])
        box = _box_around([page_text.box(first), page_text.box(first + _utf16_units(text[word.start : word.end]) - 1)])
        if (
            begun
            and boxes
            and box
            and _is_cut_between(page_text, boxes[-1], box, _is_backwards(text, before, word.end))
        ):
            yield _piece(page_text, text[begun[0] : before], begun[1], boxes, spots, joints)
            begun, boxes, spots, joints = None, [], [], []
        begun = begun or (word.start, first)
        if word.start == before and word.start > begun[0]:
            joints.append(word.start - begun[0])
        before = word.end
        if box:
            boxes.append(box)
            spots += _word_spots(page_text, text[word.start : word.end], word.start - begun[0], first, box)
    if begun:
        yield _piece(page_text, text[begun[0] : before], begun[1], boxes, spots, joints)


class _Word(NamedTuple):
    """The word from `start` to before `end` of a line."""

    start: int
    end: int


def _words(page_text: _TextPage, text: str, start: int) -> Iterator[_Word]:
    """The words of a line, also those that PDFium gives as one though there is a gap between them."""
    for word in _WORD.finditer(text):
        begun = word.start()
        if may_have_gaps(word.group()):
            first = start + _utf16_units(text[:begun])
            for place in gaps_in_word(word.group(), page_text.boxes(first, len(word.group()))):
                yield _Word(begun, word.start() + place)
                begun = word.start() + place
        yield _Word(begun, word.end())


def _word_spots(page_text: _TextPage, text: str, start: int, first: int, ends: Box) -> list[Spot]:
    """Where a word stands that begins at `start` of its piece, `ends` being around its first and its last character.

    Accents and letters from right to left may reach beyond these. Where a script has no spaces, each letter is a word.
    """
    if text.isascii():
        return [Spot(start, start + len(text), ends)]
    boxes = [page_text.box(first + _utf16_units(text[:count])) for count in range(len(text))]
    parts = (part.span() for part in WORD.finditer(text))
    return [Spot(start + one, start + end, box) for one, end in parts if (box := _box_around(boxes[one:end]))]


def _is_cut_between(page_text: _TextPage, left: Box, right: Box, backwards: bool) -> bool:
    if backwards and right[2] <= left[0] + 1:
        left, right = right, left
    gap = right[0] - left[2]
    if gap > _GAP * (left[3] - left[1]) or right[2] < left[0]:
        return True
    place = bisect_left(page_text.vertical_rules, left[2] - 1)
    return gap > 0 and place < len(page_text.vertical_rules) and page_text.vertical_rules[place] < right[0] + 1


def _is_backwards(text: str, before: int, end: int) -> bool:
    """Whether a word is to the left of the one before it because one of them is read from right to left."""
    return RIGHT_TO_LEFT.search(text, max(0, before - 1), end) is not None


def _piece(
    page_text: _TextPage, text: str, first: int, boxes: list[Box], spots: list[Spot], joints: Sequence[int]
) -> Line:
    """A piece of a line. At each of the `joints`, two words follow each other without a space in the text."""
    last = first + _utf16_units(text.rstrip(HYPHEN_MARKS)) - 1
    letters = with_accents(text, lambda index: page_text.box(first + index))
    for joint in joints:
        letters[joint - 1] += " "
    ends = [0, *accumulate(map(len, letters))]
    text = "".join(letters)
    spots = [
        Spot(ends[start], ends[end] - (end in joints), box) for start, end, box in spots if ends[start] < ends[end]
    ]
    if not boxes:
        return Line(without_presentation_forms(text), 0.0, 0.0, 0.0, 0.0)
    bold, size = page_text.font(first, last)
    # One character in a larger font must not make the line taller.
    usual = sorted(boxes, key=lambda box: box[3] - box[1])[(len(boxes) - 1) // 2]
    left, bottom, right, top = _box_around(boxes) or usual
    if right - left > top - bottom:
        spots = _with_even_heights(spots, usual)
    placed = _plain_letters(PlacedText(text, spots))
    if usual[3] - usual[1] < 1.5 * (right - left):
        return Line(placed, left, usual[1], right, usual[3], bold, size)
    return Line(placed, left, bottom, right, top, bold, size)


def _with_even_heights(spots: list[Spot], usual: Box) -> list[Spot]:
    """The words of a line, of which none stands out far, as the box of a sign in another font may."""
    more = _TALLER * (usual[3] - usual[1])
    lowest, highest = usual[1] - more, usual[3] + more
    if all(lowest <= box[1] and box[3] <= highest for _, _, box in spots):
        return spots
    return [
        Spot(start, end, (left, max(bottom, lowest), right, min(top, highest)))
        if max(bottom, lowest) < min(top, highest)
        else Spot(start, end, (left, bottom, right, top))
        for start, end, (left, bottom, right, top) in spots
    ]


def _plain_letters(text: PlacedText) -> str:
    """The text without presentation forms, which may stand for several letters each."""
    if without_presentation_forms(text) == text:
        return text
    edges = sorted({0, len(text), *(spot.start for spot in text.spots), *(spot.end for spot in text.spots)})
    boxes = {spot.start: spot.box for spot in text.spots}
    parts = [(start, without_presentation_forms(str(text[start:end]))) for start, end in pairwise(edges)]
    return joined("", (wholly(part, boxes[start]) if start in boxes else part for start, part in parts))


def _box_around(boxes: Sequence[Box | None]) -> Box | None:
    there = [box for box in boxes if box]
    if not there:
        return None
    lefts, bottoms, rights, tops = zip(*there, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _utf16_units(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(1 for character in text if character > "\uffff")
