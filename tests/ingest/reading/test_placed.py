"""Text that knows where its words stand: whatever is cut from it and joined to it, each word keeps its own box."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Place
from ingest.reading.placed import Box, PlacedText, Spot, joined, moved, on_one_line, parted, places, spread, wholly

WORDS = st.lists(st.sampled_from(["Tea", "is", "hot", "mainte-", "nance", "a", "水は"]), max_size=12)
SPACES = st.sampled_from([" ", "\n", "  ", " · "])


def placed(words: list[str], space: str = " ") -> PlacedText:
    """A text of these words, each in a box that tells which word it is."""
    text, spots = "", list[Spot]()
    for word in words:
        text += space if text else ""
        spots.append(Spot(len(text), len(text) + len(word), box_of(word)))
        text += word
    return PlacedText(text, spots)


def box_of(word: str) -> Box:
    number = float(sum(map(ord, word)))
    return number, 0.0, number + 1, 1.0


def words_in_place(text: str) -> list[str]:
    """The words of a text that have a place; each must have its own."""
    spots = text.spots if isinstance(text, PlacedText) else ()
    found = [text[start:end] for start, end, _ in spots]
    assert [spot.box for spot in spots] == [box_of(word) for word in found]
    assert [spot.start for spot in spots] == sorted(spot.start for spot in spots)
    return [str(word) for word in found]


@given(one=WORDS, other=WORDS, space=SPACES)
def test_words_keep_their_places_when_texts_are_joined(one: list[str], other: list[str], space: str) -> None:
    left, right = placed(one), placed(other)
    assert words_in_place(left + space + right) == one + other
    assert words_in_place("bare " + left) == one
    assert words_in_place(joined(space, [left, "bare", right])) == one + other
    assert joined(space, [left, "bare", right]) == space.join([str(left), "bare", str(right)])


@given(words=WORDS, space=SPACES, first=st.integers(0, 12), last=st.integers(0, 12))
def test_words_keep_their_places_in_what_is_cut_out(words: list[str], space: str, first: int, last: int) -> None:
    text = placed(words, space)
    starts = [*(spot.start for spot in text.spots), len(text)]
    start, end = starts[min(first, len(words))], starts[min(last, len(words))]
    assert words_in_place(text[start:end]) == words[first:last]
    assert words_in_place(text[start:].lstrip()) == words[first:]
    assert words_in_place(text[:end].rstrip()) == words[:last]
    assert words_in_place((" " + text + " ").strip()) == words
    assert words_in_place(on_one_line(text)) == words
    assert on_one_line(text) == " ".join(text.split())


def test_what_is_left_of_a_word_has_its_whole_box() -> None:
    text = placed(["mainte-", "nance"])
    assert [tuple(spot) for spot in getattr(text[:6], "spots", ())] == [(0, 6, box_of("mainte-"))]


def test_a_text_is_parted_as_a_pattern_parts_it() -> None:
    text = placed(["Tea", "is", "hot"])
    parts = parted(re.compile(" "), text)
    assert parts == ["Tea", "is", "hot"]
    assert [words_in_place(part) for part in parts] == [["Tea"], ["is"], ["hot"]]


def test_texts_without_places_stay_plain_strings() -> None:
    assert type(joined(" ", ["Tea", "is"])) is str
    assert type(on_one_line(" Tea  is ")) is str
    assert type(str(placed(["Tea"]))) is str
    assert places("Tea", 800) == ()


def test_a_line_of_which_only_the_box_is_known_is_shared_out_by_its_letters() -> None:
    spots = spread("ab 水は", (0, 0, 50, 10)).spots
    assert [(spot.start, spot.end, spot.box[0], spot.box[2]) for spot in spots] == [
        (0, 2, 0, 20),
        (3, 4, 30, 40),
        (4, 5, 40, 50),
    ]
    assert wholly("ab cd", (0, 0, 50, 10)).spots == (Spot(0, 5, (0, 0, 50, 10)),)
    assert wholly("", (0, 0, 50, 10)).spots == ()


def test_places_are_tenths_of_a_point_from_the_upper_left_corner_and_never_far_off() -> None:
    text = PlacedText("Tea", [Spot(0, 3, (72.04, 700, 90, 712))])
    assert places(text, 800) == (Place(0, 3, 720, 880, 900, 1000),)
    far = moved(text, lambda _: (-1e30, -1e30, 1e30, 1e30))
    assert places(far, 800) == (Place(0, 3, -1_000_000, -1_000_000, 1_000_000, 1_000_000),)
