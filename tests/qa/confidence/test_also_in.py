"""The documents with the same text are named in one line that stays short."""

import pytest

from qa.confidence.also_in import also_in, also_in_lines
from tests.qa.answers import answer, candidate


@pytest.mark.parametrize(
    ("others", "ending"), [(1, "0.txt"), (4, "2.txt; 3.txt"), (5, "2.txt and 2 more"), (299, "2.txt and 296 more")]
)
def test_a_few_are_named_and_the_number_of_the_others_is_said(others: int, ending: str) -> None:
    also = [candidate(f"The lift is out in room {number}.", f"{number}.txt") for number in range(others)]
    (hit,) = answer("Lift?", candidate("The lift is out."), also=also).hits
    (line,) = also_in_lines(hit)
    assert line.startswith("Nearly the same text is in 0.txt")
    assert line.endswith(ending)


def test_the_same_text_and_nearly_the_same_are_told_apart() -> None:
    same, nearly = candidate("THE lift  is out.", "same.txt"), candidate("The lift is out today.", "nearly.txt")
    (hit,) = answer("Lift?", candidate("The lift is out."), also=[nearly, same]).hits
    assert [(words, found) for words, found in also_in(hit)] == [
        ("The same text is in", [same]),
        ("Nearly the same text is in", [nearly]),
    ]
