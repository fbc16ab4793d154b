"""A page in the viewer: its image, the passage highlighted on it, and its text over it, to be selected and copied.

The text lies over the image, in shares of the page, at the places that were kept when the file was read: on scans, too.
`show_in_viewer.js` makes each line as wide as it is on the page. No file is ever handed to the browser.
"""

from collections.abc import Iterator, Sequence
from html import escape

from ingest import PageImage, Passage, Place
from pages.parts.page_image import image_source

_SIDEWAYS = 1.5  # a line that is so many times as high as wide runs up or down the page

Box = tuple[float, float, float, float]
Placed = Sequence[tuple[Passage, tuple[Place, ...]]]


def page_html(
    image: PageImage, words: str, zoom: int, placed: Placed, here: Sequence[Place], match: Sequence[Box]
) -> str:
    """A page, as HTML.

    Args:
        image: The page.
        words: What the image shows, in words.
        zoom: How wide it is, in hundredths of the viewer.
        placed: The passages on the page with their places.
        here: The places of the passage to highlight.
        match: What to highlight more: what a search found.
    """
    size = image.width, image.height
    areas = "".join(_area(place[2:], size, "pp-area") for place in here)
    areas += "".join(_area(box, size, "pp-match") for box in match)
    lines = "".join(
        _line(passage.text[place.start : place.end], place[2:], size) for passage, places in placed for place in places
    )
    return f"""
<div class="pp-sheet" tabindex="0" role="group" aria-label="{words}">
  <div class="pp-paper" style="width:{zoom}%"><img src="{image_source(image)}" alt="{words}" width="{image.width}"
    height="{image.height}">{areas}<div class="pp-lines">{lines}</div></div>
</div>"""


def boxes_of(places: Sequence[Place], start: int, end: int) -> Iterator[Box]:
    """Where the characters from `start` to before `end` stand: each line's share of its box.

    >>> list(boxes_of([Place(0, 10, 100, 50, 200, 60), Place(10, 20, 100, 70, 200, 80)], 5, 12))
    [(150.0, 50, 200.0, 60), (100.0, 70, 120.0, 80)]
    """
    for place in places:
        first, last = max(start, place.start), min(end, place.end)
        if first < last:
            step = (place.right - place.left) / (place.end - place.start)
            left, right = ((each - place.start) * step for each in (first, last))
            yield place.left + left, place.top, place.left + right, place.bottom


def _area(box: Sequence[float], size: tuple[int, int], kind: str) -> str:
    return f'<div class="{kind}" style="{_where(box, size)}"></div>'


def _line(text: str, box: Sequence[float], size: tuple[int, int]) -> str:
    """A line of text, as high as it is on the page; its box says how wide it is to become."""
    left, top, right, bottom = box
    if right <= left or bottom <= top or not text.strip():
        return ""
    is_sideways = bottom - top > _SIDEWAYS * (right - left) and len(text) > 1
    high = (right - left if is_sideways else bottom - top) / size[0] * 100
    kind = ' class="pp-sideways"' if is_sideways else ""
    words = escape(" ".join(text.split()))
    return f'<div{kind} style="{_where(box, size)};font-size:{high:.3f}cqw" dir="auto"><span>{words}</span></div><br>'


def _where(box: Sequence[float], size: tuple[int, int]) -> str:
    """Where a box is on the page, in shares of it, as a style."""
    left, top, right, bottom = box
    shares = (left / size[0], top / size[1], max(right - left, 0) / size[0], max(bottom - top, 0) / size[1])
    return ";".join(
        f"{side}:{share * 100:.3f}%" for side, share in zip(("left", "top", "width", "height"), shares, strict=True)
    )
