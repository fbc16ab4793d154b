"""The places of a section's text, kept in step with it where it is cleaned and where it is cut."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

from ingest.document import Cells, Place

Places = tuple[Place, ...]
Placed = TypeVar("Placed", Place, Cells)

# The share of the lower box's height that two words of a line have in common, the widest gap in heights, and how many
# times as high one of them may be. The sides of the words of a sideways line differ by less than this, in widths.
_BESIDE, _GAP, _TALLER, _SAME_SIDE = 0.5, 1.0, 1.7, 0.25


def cleaned(places: tuple[Placed, ...], text: str, clean: Callable[[str], str]) -> tuple[Placed, ...]:
    """The places in the cleaned text. Cleaning changes white space, and letters within a word.

    Args:
        places: The places in the text.
        text: The text as it was.
        clean: What cleans it.

    Returns:
        The places in `clean(text)`; a word of which nothing stays has none, and none has one where letters moved from
        one word to another.

    Example:
        >>> cleaned((Place(2, 5, 0, 0, 9, 9),), "  T.a ", clean=lambda text: text.strip().replace(".", ""))
        (Place(start=0, end=2, left=0, top=0, right=9, bottom=9),)
    """
    after = clean(text)
    if not places or after == text:
        return places
    edges: list[int] = sorted({0, len(text), *(place.start for place in places), *(place.end for place in places)})
    counts = [0, *(_letters(clean(text[start:end])) for start, end in pairwise(edges))]
    before = dict(zip(edges, accumulate(counts), strict=True))
    letters = [number for number, letter in enumerate(after) if not letter.isspace()]
    if before[len(text)] != len(letters):
        return ()
    return tuple(
        place._replace(start=letters[before[place.start]], end=letters[before[place.end] - 1] + 1)
        for place in places
        if before[place.start] < before[place.end]
    )


def cut_out(places: tuple[Placed, ...], start: int, end: int) -> tuple[Placed, ...]:
    """The places of the stretch of a text from `start` to before `end`. A word that is cut keeps its whole box."""
    first = bisect_right(places, start, key=lambda place: place.end)
    last = bisect_left(places, end, key=lambda place: place.start)
    return tuple(
        place._replace(start=max(place.start, start) - start, end=min(place.end, end) - start)
        for place in places[first:last]
    )


def by_line(places: Sequence[Place]) -> Places:
    """One place for the words beside each other on a line, instead of one for each word."""
    found: list[Place] = []
    for place in places:
        if found and _goes_on(found[-1], place):
            last = found[-1]
            found[-1] = Place(
                last.start,
                place.end,
                min(last.left, place.left),
                min(last.top, place.top),
                max(last.right, place.right),
                max(last.bottom, place.bottom),
            )
        else:
            found.append(place)
    return tuple(found)


def _letters(text: str) -> int:
    return sum(not letter.isspace() for letter in text)


def _goes_on(last: Place, place: Place) -> bool:
    """Whether a word goes on with the line: across the page, or up or down it where the text is sideways."""
    if place.start - last.end > 1:
        return False
    (_, _, *one), (_, _, *other) = last, place
    return _is_beside(one, other, 0) or (_is_beside(one, other, 1) and _is_as_wide(one, other))


def _is_beside(one: Sequence[int], other: Sequence[int], along: int) -> bool:
    """Whether two boxes are beside each other along x, which is 0, or y, which is 1."""
    across = 1 - along
    heights = one[across + 2] - one[across], other[across + 2] - other[across]
    height = min(heights)
    shared = min(one[across + 2], other[across + 2]) - max(one[across], other[across])
    gap = max(one[along], other[along]) - min(one[along + 2], other[along + 2])
    return shared > _BESIDE * height and gap < _GAP * height and max(heights) < _TALLER * height


def _is_as_wide(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two boxes above each other end at the same sides, as the words of a sideways line do."""
    width = min(one[2] - one[0], other[2] - other[0])
    return max(abs(one[0] - other[0]), abs(one[2] - other[2])) < _SAME_SIDE * width
