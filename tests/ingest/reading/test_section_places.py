"""The places of a section's text stay with their words where it is cleaned and where it is cut."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Place
from ingest.reading.clean import clean
from ingest.reading.section_places import by_line, cleaned, cut_out

WORDS = st.lists(st.sampled_from(["Tea", "is\x00", "cafe\u0301", "\ufeff", "a\ud800b", "水"]), max_size=10)
GAPS = st.lists(st.sampled_from([" ", "\r\n", "\n\n\n\n", " \t \n", "\x0c", " Price: "]), min_size=11, max_size=11)


def place(start: int, end: int, left: int = 0, top: int = 0, width: int = 40, height: int = 10) -> Place:
    return Place(start, end, left, top, left + width, top + height)


@given(words=WORDS, gaps=GAPS)
def test_every_word_that_can_be_seen_has_its_place_after_cleaning(words: list[str], gaps: list[str]) -> None:
    text, places = gaps[-1], list[Place]()
    for number, word in enumerate(words):
        places.append(place(len(text), len(text) + len(word), left=number))
        text += word + gaps[number]
    after = clean(text)
    found = cleaned(tuple(places), text, clean)
    seen = [(number, clean(word)) for number, word in enumerate(words) if clean(word)]
    assert [(one.left, after[one.start : one.end]) for one in found] == seen


def test_a_text_that_was_clean_keeps_its_places_as_they_are() -> None:
    places = (place(0, 3), place(4, 6))
    assert cleaned(places, "Tea is", clean) is places


def test_no_word_gets_the_place_of_another_where_letters_are_joined_over_words() -> None:
    # The accent is part of the letter before it once the text is composed.
    assert cleaned((place(0, 1), place(1, 2)), "e\u0301", clean) == ()


def test_a_piece_has_the_places_of_its_words_counted_from_its_start() -> None:
    places = (place(0, 3), place(4, 6, left=50), place(7, 10, left=100))
    assert cut_out(places, 4, 10) == (place(0, 2, left=50), place(3, 6, left=100))
    assert cut_out(places, 5, 8) == (place(0, 1, left=50), place(2, 3, left=100))
    assert cut_out(places, 3, 4) == ()


def test_the_words_of_a_line_are_one_place_and_those_of_another_line_or_cell_are_not() -> None:
    line = place(0, 3), place(4, 6, left=45), place(7, 10, left=90)
    below = place(11, 14, top=14)
    assert by_line([*line, below]) == (Place(0, 10, 0, 0, 130, 10), below)
    assert by_line([line[0], place(4, 6, left=200)]) == (line[0], place(4, 6, left=200))
    # Where the name of a column was put between two words, they are two stretches of the text.
    assert by_line([line[0], place(20, 22, left=45)]) == (line[0], place(20, 22, left=45))


def test_the_words_of_a_line_from_right_to_left_and_of_a_sideways_line_are_one_place() -> None:
    assert by_line([place(0, 3, left=45), place(4, 6)]) == (Place(0, 6, 0, 0, 85, 10),)
    upwards = place(0, 5, top=60, width=10, height=50), place(6, 9, top=20, width=10, height=36)
    assert by_line(upwards) == (Place(0, 9, 0, 20, 10, 110),)


def test_narrow_words_above_each_other_take_in_nothing_beside_them() -> None:
    stacked = place(0, 3, width=9), place(4, 7, top=11, width=9), place(8, 11, left=10, top=11, width=30)
    assert by_line(stacked) == (Place(0, 7, 0, 0, 9, 21), stacked[2])
