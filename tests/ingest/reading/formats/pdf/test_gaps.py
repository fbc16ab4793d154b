"""Gaps between letters that are spaces, and gaps that are none."""

from collections.abc import Sequence

import pytest

from ingest.reading.formats.pdf.gaps import gaps_in_word
from ingest.reading.placed import Box


def boxes(word: str, gaps: Sequence[float]) -> list[Box | None]:
    """Letters 5 wide and 10 high, with these gaps between them."""
    lefts = [0.0]
    for gap in gaps:
        lefts.append(lefts[-1] + 5 + gap)
    return [(left, 0, left + 5, 10) for left in lefts[: len(word)]]


@pytest.mark.parametrize(
    ("word", "gaps", "found"),
    [
        ("theyare", [0, 0, 0, 2.5, 0, 0], [4]),
        ("likeakey", [0, 0, 0, 2.5, 2.2, 0, 0], [4, 5]),
        ("harbour", [0, 0.5, -0.5, 0, 1.2, 0], []),
        ("apart", [2.5, 2.5, 2.5, 2.5], []),
        ("12500", [0, 2.4, 0, 0], []),
        ("1250", [0, 5, 0], [2]),
        ("a", [], []),
        ("ab", [3], [1]),
    ],
)
def test_a_gap_is_a_space_where_it_is_wide_and_the_others_are_not(
    word: str, gaps: Sequence[float], found: Sequence[int]
) -> None:
    assert list(gaps_in_word(word, boxes(word, gaps))) == found


def test_a_raised_letter_and_one_without_a_place_begin_no_word() -> None:
    raised: list[Box | None] = [(0, 0, 5, 10), (8, 7, 11, 12), None, (20, 0, 25, 10)]
    assert list(gaps_in_word("x2yz", raised)) == []
