"""Text that knows where its words stand on the page, through all that a reader does with it.

It is a string, so that it is read, searched and compared as one. What is cut from it and what it is joined to keeps the
places; what is made of it in another way, as by a regular expression, is a plain string without them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, Self, SupportsIndex

from ingest.document import Place

Box = tuple[float, float, float, float]

# In Unicode, South-East and East Asia have no space between words, so each letter counts as a word here.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
WORD = re.compile(f"[{UNSPACED}]|[^\\s{UNSPACED}]+")

_TENTHS = 10  # to a point
# The furthest place, in tenths of a point: no page is so large.
_FURTHEST = 1_000_000


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


class Spot(NamedTuple):
    """The word from `start` to before `end` of a text, and its box in points from the lower left corner of the page."""

    start: int
    end: int
    box: Box


class PlacedText(str):
    """A string whose words have boxes. `spots` are in the order of the text.

    >>> text = PlacedText("Tea is", [Spot(0, 3, (10, 700, 28, 712)), Spot(4, 6, (31, 700, 40, 712))])
    >>> [(text + " hot")[spot.start : spot.end] for spot in (text + " hot").spots], text[4:].spots[0].start
    (['Tea', 'is'], 0)
    """

    __slots__ = ("spots",)
    spots: tuple[Spot, ...]

    def __new__(cls, text: str, spots: Iterable[Spot] = ()) -> Self:
        """Make it of a text and the spots of its words."""
        made = super().__new__(cls, text)
        made.spots = tuple(spots)
        return made

    def __add__(self, other: str) -> str:
        return joined("", (self, other))

    def __radd__(self, other: str) -> str:
        return joined("", (other, self))

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        text = super().__getitem__(key)
        if not isinstance(key, slice):
            return text
        start, end, step = key.indices(len(self))
        return PlacedText(text, self._within(start, end) if step == 1 else ())

    def strip(self, characters: str | None = None, /) -> str:
        return self.lstrip(characters).rstrip(characters)

    def lstrip(self, characters: str | None = None, /) -> str:
        return self[len(self) - len(super().lstrip(characters)) :]

    def rstrip(self, characters: str | None = None, /) -> str:
        return self[: len(super().rstrip(characters))]

    def plain(self) -> str:
        """The text without its places."""
        return super().__str__()

    def _within(self, start: int, end: int) -> Iterator[Spot]:
        """The spots of the part from `start` to before `end`. A word that is cut keeps its whole box."""
        first = bisect_right(self.spots, start, key=lambda spot: spot.end)
        last = bisect_left(self.spots, end, key=lambda spot: spot.start)
        for spot in self.spots[first:last]:
            yield Spot(max(spot.start, start) - start, min(spot.end, end) - start, spot.box)


def joined(separator: str, texts: Iterable[str]) -> str:
    """Join texts as `str.join` does; those that have places keep them."""
    parts = list(texts)
    spots, before = list[Spot](), 0
    for part in parts:
        if isinstance(part, PlacedText):
            spots += (
                [Spot(start + before, end + before, box) for start, end, box in part.spots] if before else part.spots
            )
        before += len(part) + len(separator)
    text = separator.join(parts)
    return PlacedText(text, spots) if spots else text


def on_one_line(text: str) -> str:
    """A text with single spaces, and none around it."""
    if not isinstance(text, PlacedText):
        return " ".join(text.split())
    return joined(" ", (text[word.start() : word.end()] for word in re.finditer(r"\S+", text)))


def parted(pattern: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text between the matches of a pattern, as `re.split` gives them."""
    ends = [0, *(place for match in pattern.finditer(text) for place in match.span()), len(text)]
    return [text[start:end] for start, end in list(pairwise(ends))[::2]]


def spread(text: str, box: Box) -> PlacedText:
    """A line of which only its box is known: each word gets the share of the box that its characters have.

    >>> [spot.box for spot in spread("ab cd", (0, 0, 50, 12)).spots]
    [(0.0, 0, 20.0, 12), (30.0, 0, 50.0, 12)]
    """
    left, bottom, right, top = box
    width = (right - left) / max(len(text), 1)
    return PlacedText(
        text,
        (
            Spot(word.start(), word.end(), (left + word.start() * width, bottom, left + word.end() * width, top))
            for word in WORD.finditer(text)
        ),
    )


def wholly(text: str, box: Box) -> PlacedText:
    """A text that stands somewhere in a box, as in the field of a form."""
    return PlacedText(text, [Spot(0, len(text), box)] if text else ())


def moved(text: PlacedText, change: Callable[[Box], Box]) -> PlacedText:
    """The same text with other boxes."""
    return PlacedText(text.plain(), (Spot(start, end, change(box)) for start, end, box in text.spots))


def places(text: str, height: float) -> tuple[Place, ...]:
    """The places of a text, for a page of this height in points. A text without places has none."""
    spots = text.spots if isinstance(text, PlacedText) else ()
    return tuple(Place(start, end, *_tenths(box, height)) for start, end, box in spots)


def _tenths(box: Box, height: float) -> tuple[int, int, int, int]:
    left, bottom, right, top = box
    return _tenth(left), _tenth(height - top), _tenth(right), _tenth(height - bottom)


def _tenth(points: float) -> int:
    return round(points * _TENTHS) if abs(points) * _TENTHS < _FURTHEST else _FURTHEST if points > 0 else -_FURTHEST
