"""Outlines words on the picture of a page: one line around each block of them, drawn over the page and never hiding it.

The line is dark on a light page and the fill is light, so that the outline is seen by who sees no colours, too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from PIL import Image, ImageDraw

from ingest.reading.formats.pdf.lines import Box
from ingest.reading.page_images.words import Word, usual_turn

_FILL, _FILL_SHARE = (255, 191, 0), 0.25
_LINE, _LINE_WIDTH = (180, 83, 9), 3
# Left and right of the words, in heights of their line. Above and below there is no room: the next line is near.
_PAD = 0.25
# Lines further apart than that, in their heights, are two blocks.
_WIDEST_GAP = 2.0
# How far a sign that is taller than the line, as in a formula, makes it taller, in its height.
_TALLER = 0.5

# Turns to the left by so many degrees.
_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}

PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Printed:
    """The part of a printed line that is outlined, in pixels from the upper left corner, and how far it may reach."""

    left: float
    top: float
    right: float
    bottom: float
    leftmost: float
    rightmost: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def outline(
    picture: Image.Image, words: Sequence[Word], found: Set[int], place: Callable[[Box], PixelBox]
) -> Image.Image | None:
    """The picture with the words of the numbers `found` outlined; None where none of them is on it.

    `place` says where in the picture a place of the stored page is: its left, top, right and bottom.
    """
    boxes = [place(word.stored) for word in words]
    whole = (0, 0, picture.width, picture.height)
    seen = {number for number in found if _overlap(boxes[number], whole)}
    if not seen:
        return None
    turned = usual_turn(words[number] for number in seen)
    # What follows takes lines to be level, so a page that lies wrongly is turned for it and back.
    upright = picture.transpose(_TURNS[turned]) if turned else picture
    drawn = _outlined(upright, words, seen, [_turned_back(box, turned, *picture.size) for box in boxes])
    return drawn.transpose(_TURNS[360 - turned]) if turned else drawn


def _outlined(picture: Image.Image, words: Sequence[Word], found: Set[int], boxes: Sequence[PixelBox]) -> Image.Image:
    others = _Others(boxes[number] for number, word in enumerate(words) if number not in found and _says(word))
    inner, outer = Image.new("L", picture.size), Image.new("L", picture.size)
    for block in _blocks(_printed(words, found, boxes), others):
        for left, top, right, bottom in _areas(block):
            ImageDraw.Draw(inner).rectangle((left, top, right, bottom), fill=255)
            wider = (left - _LINE_WIDTH, top - _LINE_WIDTH, right + _LINE_WIDTH, bottom + _LINE_WIDTH)
            ImageDraw.Draw(outer).rectangle(wider, fill=255)
    plain = picture.convert("RGB")
    drawn = Image.composite(Image.new("RGB", picture.size, _LINE), plain, outer)
    filled = Image.blend(plain, Image.new("RGB", picture.size, _FILL), _FILL_SHARE)
    return Image.composite(filled, drawn, inner)


def _turned_back(box: PixelBox, degrees: int, width: int, height: int) -> PixelBox:
    """Where a place of the picture is once that is turned to the left."""
    left, top, right, bottom = box
    if degrees == 90:
        return top, width - right, bottom, width - left
    if degrees == 180:
        return width - right, height - bottom, width - left, height - top
    if degrees == 270:
        return height - bottom, left, height - top, right
    return box


def _overlap(one: PixelBox, other: PixelBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class _Others:
    """The words that are not outlined, by how far down they stand."""

    def __init__(self, boxes: Iterable[PixelBox]) -> None:
        self._boxes = sorted(boxes, key=_middle)
        self._middles = [_middle(box) for box in self._boxes]

    def between(self, top: float, bottom: float) -> Sequence[PixelBox]:
        """Those whose middle is below `top` and above `bottom`."""
        return self._boxes[bisect_right(self._middles, top) : bisect_left(self._middles, bottom)]


def _middle(box: PixelBox) -> float:
    return (box[1] + box[3]) / 2


def _printed(words: Sequence[Word], found: Set[int], boxes: Sequence[PixelBox]) -> list[_Printed]:
    """The outlined parts of lines in the order of reading."""
    said = _Others(box for word, box in zip(words, boxes, strict=True) if _says(word))
    lines: dict[int, list[PixelBox]] = {}
    for number in sorted(found):
        lines.setdefault(words[number].line, []).append(boxes[number])
    return [_with_reach(_line(held), said) for held in lines.values()]


def _says(word: Word) -> bool:
    return any(character.isalnum() for character in word.text)


def _line(held: Sequence[PixelBox]) -> _Printed:
    lefts, tops, rights, bottoms = zip(*held, strict=True)
    top, bottom = median(tops), median(bottoms)
    taller = _TALLER * (bottom - top)
    return _Printed(
        min(lefts),
        max(min(tops), top - taller),
        max(rights),
        min(max(bottoms), bottom + taller),
        leftmost=float("-inf"),
        rightmost=float("inf"),
    )


def _with_reach(line: _Printed, said: _Others) -> _Printed:
    """The line up to the words that stand beside it, be they outlined or not."""
    leftmost, rightmost = line.leftmost, line.rightmost
    for left, _, right, _ in said.between(line.top, line.bottom):
        if right <= line.left + 1:
            leftmost = max(leftmost, right)
        elif left >= line.right - 1:
            rightmost = min(rightmost, left)
    return replace(line, leftmost=leftmost, rightmost=rightmost)


def _blocks(lines: Sequence[_Printed], others: _Others) -> list[list[_Printed]]:
    """Lines that stand close below each other with nothing else between them."""
    blocks: list[list[_Printed]] = []
    for line in lines:
        if blocks and _goes_on(blocks[-1], line, others):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _goes_on(block: Sequence[_Printed], line: _Printed, others: _Others) -> bool:
    above = block[-1]
    gap = line.top - above.bottom
    height = max(above.height, line.height, 1)
    left, right = min(part.left for part in block), max(part.right for part in block)
    if line.top <= above.top or not -height < gap < _WIDEST_GAP * height or line.left >= right or left >= line.right:
        return False
    left, right = min(left, line.left), max(right, line.right)
    return not any(box[0] < right and left < box[2] for box in others.between(above.bottom, line.top))


def _areas(block: Sequence[_Printed]) -> list[tuple[int, int, int, int]]:
    """The areas that make the block: each line as wide as the block, unless other words stand beside it."""
    left, right = min(line.left for line in block), max(line.right for line in block)
    pad = _PAD * median(line.height for line in block)
    between = [(above.bottom + line.top) / 2 for above, line in pairwise(block)]
    tops, bottoms = [block[0].top + 1, *between], [*between, block[-1].bottom - 1]
    areas = []
    for line, top, bottom in zip(block, tops, bottoms, strict=True):
        start = left if line.leftmost < left else line.left
        end = right if line.rightmost > right else line.right
        areas.append((round(start - pad), round(min(top, bottom)), round(end + pad), round(max(top, bottom))))
    return areas
