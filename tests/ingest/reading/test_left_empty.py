"""The end of a sentence or a row that was left empty."""

import pytest

from ingest.reading.left_empty import is_left_empty

EMPTY = [
    "Mooring: (empty)",
    "Part: Sum · Price: =SUM(B2:B3) (not calculated)",
    "Name: ____",
    "Name ________ .",
    "Date: …… |",
    "Company: " + "." * 5000,
    "Signature " + "_" * 16_000,
]
FILLED = [
    "And so on ...",
    "Mooring: 14 b",
    "It was (empty) on Monday.",
    "Introduction ...... 5",
    "snake_case",
    "",
    "Company: " + "." * 16_000 + "x",
    "_" * 16_000 + "x",
]


@pytest.mark.parametrize("text", EMPTY, ids=lambda text: text[:20])
def test_a_place_that_was_left_empty(text: str) -> None:
    assert is_left_empty(text)


@pytest.mark.parametrize("text", FILLED, ids=lambda text: text[:20])
def test_what_says_something(text: str) -> None:
    assert not is_left_empty(text)
