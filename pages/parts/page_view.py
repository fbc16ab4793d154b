"""A page in the viewer: its image, the passage highlighted on it, and its text over it, to be selected and copied.

The text lies over the image as SVG, in the measure of the page, at the places that were kept when the file was read. So
it is there on scans, too, and no file is ever handed to the browser.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

from ingest import PageImage, Passage, Place
from pages.parts.page_image import image_source

_SIDEWAYS = 1.5  # a line that is so many times as high as wide runs up or down the page
_RIGHT_TO_LEFT = frozenset({"R", "AL"})

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
    areas = "".join(_area(place[2:], "pp-area") for place in here) + "".join(_area(box, "pp-match") for box in match)
    lines = "".join(
        _line(passage.text[place.start : place.end], place) for passage, places in placed for place in places
    )
    return f"""
<div class="pp-sheet" tabindex="0" role="group" aria-label="{words}">
  <div style="width:{zoom}%"><img src="{image_source(image)}" alt="{words}" width="{image.width}"
    height="{image.height}"><svg viewBox="0 0 {image.width} {image.height}" direction="ltr">{areas}{lines}</svg></div>
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


def _area(box: Sequence[float], kind: str) -> str:
    left, top, right, bottom = box
    width, height = max(right - left, 0), max(bottom - top, 0)
    return f'<rect class="{kind}" x="{left:.0f}" y="{top:.0f}" width="{width:.0f}" height="{height:.0f}"/>'


def _line(text: str, place: Place) -> str:
    """A line of text, as wide and as high as it is on the page."""
    _, _, left, top, right, bottom = place
    wide, high = right - left, bottom - top
    if wide <= 0 or high <= 0 or not text.strip():
        return ""
    turned = ""
    if high > _SIDEWAYS * wide and len(text) > 1:
        turned = f' transform="rotate(-90 {left} {bottom})"'
        wide, high, top, bottom = high, wide, bottom, bottom + wide
    rtl = _is_right_to_left(text)
    start = left + wide if rtl else left
    return (
        f'<text x="{start}" y="{top + high * 0.8:.0f}" font-size="{high}" textLength="{wide}" '
        f'lengthAdjust="spacingAndGlyphs"{" direction=" + chr(34) + "rtl" + chr(34) if rtl else ""}{turned}>'
        f"{escape(' '.join(text.split()))} </text>"
    )


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    return next((kind in _RIGHT_TO_LEFT for kind in map(unicodedata.bidirectional, text) if kind in "LRAL"), False)
