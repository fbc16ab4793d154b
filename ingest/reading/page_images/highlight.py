"""Highlight words on the image of a page: a light fill and one line around each block. The page stays readable.

The line is dark and the fill is light, so that the highlight is visible without colours, too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from PIL import Image, ImageDraw

from ingest.reading.formats.layout.line import Box
from ingest.reading.page_images.words import Word, main_rotation

_FILL, _FILL_SHARE = (255, 191, 0), 0.25
_LINE, _LINE_WIDTH = (180, 83, 9), 3
# The padding left and right of the words, in line heights. Above and below there is none, because lines are close.
_PAD = 0.25
# Lines further apart than this, in line heights, are two blocks.
_WIDEST_GAP = 2.0
# How much a character taller than the line, as in a formula, may extend the line, in line heights.
_TALLER = 0.5

# Rotations to the left, by degrees.
_TRANSPOSES = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}

PixelBox = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _LinePart:
    """The highlighted part of a printed line, in pixels from the upper left corner, and how far it may extend."""

    left: float
    top: float
    right: float
    bottom: float
    leftmost: float
    rightmost: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def highlight(
    image: Image.Image, words: Sequence[Word], found: Set[int], to_pixels: Callable[[Box], PixelBox]
) -> Image.Image | None:
    """Highlight words on the image of a page.

    Args:
        image: The page as a person sees it.
        words: The words of the page, as `words_in_order` gives them.
        found: The indices of the words to highlight.
        to_pixels: Turns a box of the stored page, in points, into left, top, right and bottom on the image.

    Returns:
        A new image of the same size; None where none of the words is on the image.
    """
    boxes = [to_pixels(word.stored) for word in words]
    whole = (0, 0, image.width, image.height)
    seen = {number for number in found if _boxes_overlap(boxes[number], whole)}
    if not seen:
        return None
    rotation = main_rotation(words[number] for number in seen)
    # Everything below expects horizontal lines, so a page with rotated text is rotated back first.
    upright = image.transpose(_TRANSPOSES[rotation]) if rotation else image
    drawn = _draw_blocks(upright, words, seen, [_rotated_left(box, rotation, *image.size) for box in boxes])
    return drawn.transpose(_TRANSPOSES[360 - rotation]) if rotation else drawn


def _draw_blocks(image: Image.Image, words: Sequence[Word], found: Set[int], boxes: Sequence[PixelBox]) -> Image.Image:
    others = _WordBoxes(
        boxes[number] for number, word in enumerate(words) if number not in found and _has_letters(word)
    )
    inner, outer = Image.new("L", image.size), Image.new("L", image.size)
    for block in _line_blocks(_line_parts(words, found, boxes), others):
        for left, top, right, bottom in _block_areas(block):
            ImageDraw.Draw(inner).rectangle((left, top, right, bottom), fill=255)
            wider = (left - _LINE_WIDTH, top - _LINE_WIDTH, right + _LINE_WIDTH, bottom + _LINE_WIDTH)
            ImageDraw.Draw(outer).rectangle(wider, fill=255)
    plain = image.convert("RGB")
    drawn = Image.composite(Image.new("RGB", image.size, _LINE), plain, outer)
    filled = Image.blend(plain, Image.new("RGB", image.size, _FILL), _FILL_SHARE)
    return Image.composite(filled, drawn, inner)


def _rotated_left(box: PixelBox, degrees: int, width: int, height: int) -> PixelBox:
    """Where a box of the image is after the image is rotated to the left by `degrees`."""
    left, top, right, bottom = box
    if degrees == 90:
        return top, width - right, bottom, width - left
    if degrees == 180:
        return width - right, height - bottom, width - left, height - top
    if degrees == 270:
        return height - bottom, left, height - top, right
    return box


def _boxes_overlap(one: PixelBox, other: PixelBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class _WordBoxes:
    """Boxes of words, sorted from the top of the page to its bottom."""

    def __init__(self, boxes: Iterable[PixelBox]) -> None:
        self._boxes = sorted(boxes, key=_box_middle)
        self._middles = [_box_middle(box) for box in self._boxes]

    def between(self, top: float, bottom: float) -> Sequence[PixelBox]:
        """The boxes whose middle is below `top` and above `bottom`."""
        return self._boxes[bisect_right(self._middles, top) : bisect_left(self._middles, bottom)]


def _box_middle(box: PixelBox) -> float:
    return (box[1] + box[3]) / 2


def _line_parts(words: Sequence[Word], found: Set[int], boxes: Sequence[PixelBox]) -> list[_LinePart]:
    """The highlighted parts of lines, in reading order."""
    visible = _WordBoxes(box for word, box in zip(words, boxes, strict=True) if _has_letters(word))
    lines: dict[int, list[PixelBox]] = {}
    for number in sorted(found):
        lines.setdefault(words[number].line, []).append(boxes[number])
    return [_with_extent(_line_part(line_boxes), visible) for line_boxes in lines.values()]


def _has_letters(word: Word) -> bool:
    return any(character.isalnum() for character in word.text)


def _line_part(boxes: Sequence[PixelBox]) -> _LinePart:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    top, bottom = median(tops), median(bottoms)
    taller = _TALLER * (bottom - top)
    return _LinePart(
        min(lefts),
        max(min(tops), top - taller),
        max(rights),
        min(max(bottoms), bottom + taller),
        leftmost=float("-inf"),
        rightmost=float("inf"),
    )


def _with_extent(line: _LinePart, visible: _WordBoxes) -> _LinePart:
    """Set how far the line part may extend: up to the words beside it, highlighted or not."""
    leftmost, rightmost = line.leftmost, line.rightmost
    for left, _, right, _ in visible.between(line.top, line.bottom):
        if right <= line.left + 1:
            leftmost = max(leftmost, right)
        elif left >= line.right - 1:
            rightmost = min(rightmost, left)
    return replace(line, leftmost=leftmost, rightmost=rightmost)


def _line_blocks(lines: Sequence[_LinePart], others: _WordBoxes) -> list[list[_LinePart]]:
    """Blocks of lines that follow each other closely, with no other word between them."""
    blocks: list[list[_LinePart]] = []
    for line in lines:
        if blocks and _continues_block(blocks[-1], line, others):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _continues_block(block: Sequence[_LinePart], line: _LinePart, others: _WordBoxes) -> bool:
    above = block[-1]
    gap = line.top - above.bottom
    height = max(above.height, line.height, 1)
    left, right = min(part.left for part in block), max(part.right for part in block)
    if line.top <= above.top or not -height < gap < _WIDEST_GAP * height or line.left >= right or left >= line.right:
        return False
    left, right = min(left, line.left), max(right, line.right)
    return not any(box[0] < right and left < box[2] for box in others.between(above.bottom, line.top))


def _block_areas(block: Sequence[_LinePart]) -> list[tuple[int, int, int, int]]:
    """The rectangles of a block. Each line is as wide as the block, unless other words are beside it."""
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
