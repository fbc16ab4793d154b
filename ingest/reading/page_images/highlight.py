"""Highlight boxes on the image of a page: a light fill and one line around each block. The page stays readable.

The line is dark and the fill is light, so that the highlight is visible without colours, too.
"""

from collections.abc import Sequence

from PIL import Image, ImageDraw

_FILL, _FILL_SHARE = (255, 191, 0), 0.25
_LINE, _LINE_WIDTH = (180, 83, 9), 3
# In heights of a box: how far the fill extends left and right of it, and the widest gap between two lines of a block.
_PAD, _WIDEST_GAP = 0.12, 0.9
# Lines that are written up or down the page are together so many times as high as wide.
_SIDEWAYS = 1.5

Box = tuple[float, float, float, float]


def highlight(image: Image.Image, boxes: Sequence[Box]) -> Image.Image | None:
    """Highlight boxes on the image of a page.

    Args:
        image: The page as a person sees it.
        boxes: Left, top, right and bottom in pixels from the upper left corner, in reading order.

    Returns:
        A new image of the same size; None where none of the boxes is on the image.
    """
    seen = [box for box in boxes if _is_on(image, box)]
    if not seen:
        return None
    inner, outer = Image.new("L", image.size), Image.new("L", image.size)
    for left, top, right, bottom in _areas(seen):
        ImageDraw.Draw(inner).rectangle((left, top, right, bottom), fill=255)
        wider = (left - _LINE_WIDTH, top - _LINE_WIDTH, right + _LINE_WIDTH, bottom + _LINE_WIDTH)
        ImageDraw.Draw(outer).rectangle(wider, fill=255)
    plain = image.convert("RGB")
    drawn = Image.composite(Image.new("RGB", image.size, _LINE), plain, outer)
    filled = Image.blend(plain, Image.new("RGB", image.size, _FILL), _FILL_SHARE)
    return Image.composite(filled, drawn, inner)


def _is_on(image: Image.Image, box: Box) -> bool:
    left, top, right, bottom = box
    return 0 <= left < right and left < image.width and top < image.height and bottom > max(top, 0) and right > 0


def _areas(boxes: Sequence[Box]) -> list[tuple[int, int, int, int]]:
    """The rectangles to fill. Lines that follow each other closely touch in the middle between them."""
    tall, wide = sum(bottom - top for _, top, _, bottom in boxes), sum(right - left for left, _, right, _ in boxes)
    sideways = tall > _SIDEWAYS * wide
    lines = [
        (top, left, bottom, right) if sideways else (left, top, right, bottom) for left, top, right, bottom in boxes
    ]
    areas = [[left, top + 1, right, bottom - 1] for left, top, right, bottom in lines]
    for number, upper in enumerate(lines):
        below = [other for other, lower in enumerate(lines) if _continues(upper, lower)]
        for other in below:
            middle = (upper[3] + lines[other][1]) / 2
            areas[number][3] = middle if len(below) == 1 else max(areas[number][3], middle)
            areas[other][1] = middle
    found = []
    for (left, top, right, bottom), line in zip(areas, lines, strict=True):
        pad = _PAD * (line[3] - line[1])
        start, end, low, high = round(left - pad), round(right + pad), round(min(top, bottom)), round(max(top, bottom))
        found.append((low, start, high, end) if sideways else (start, low, end, high))
    return found


def _continues(upper: Box, lower: Box) -> bool:
    """Whether a line is close below another one."""
    height = max(upper[3] - upper[1], lower[3] - lower[1])
    gap = lower[1] - upper[3]
    beside = upper[0] < lower[2] and lower[0] < upper[2]
    return beside and lower[1] > upper[1] and lower[3] > upper[3] and -height / 2 < gap < _WIDEST_GAP * height
