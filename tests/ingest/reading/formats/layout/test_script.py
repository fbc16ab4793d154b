"""Letters in the order and in the form in which a person types them."""

import pytest

from ingest.reading.formats.layout.script import Box, in_logical_order, runs_right_to_left, without_presentation_forms

SEEN, LAM, ALEF = "\u0633", "\u0644", "\u0627"


def box(glyph: int) -> Box:
    """The box of the glyph of this number, the first of which is furthest right."""
    return -10.0 * glyph, 0, -10.0 * glyph + 8, 12


def test_the_letters_of_a_ligature_are_put_in_order_and_all_others_stay() -> None:
    # Of the word seen-lam-alef, the last two share a glyph and come reversed.
    assert in_logical_order(SEEN + ALEF + LAM, lambda index: box((0, 1, 1)[index])) == SEEN + LAM + ALEF
    assert in_logical_order(SEEN + ALEF + LAM, box) == SEEN + ALEF + LAM


def test_letters_of_a_ligature_that_are_in_order_stay_so() -> None:
    assert in_logical_order(SEEN + LAM + ALEF, lambda index: box((0, 1, 1)[index])) == SEEN + LAM + ALEF
    # The word ends with a ligature of other letters, which come reversed.
    places = (0, 0, 1, 1)
    assert in_logical_order(LAM + ALEF + SEEN + LAM, lambda index: box(places[index])) == LAM + ALEF + LAM + SEEN


def test_ligatures_at_the_beginning_and_in_the_middle_of_a_text_are_found_by_their_index() -> None:
    text = f"abc {ALEF}{LAM}{SEEN} and {SEEN}{ALEF}{LAM}."
    glyphs = {5: 4, 14: 13}
    assert (
        in_logical_order(text, lambda index: box(glyphs.get(index, index)))
        == f"abc {LAM}{ALEF}{SEEN} and {SEEN}{LAM}{ALEF}."
    )


def test_letters_from_left_to_right_are_never_reversed() -> None:
    assert in_logical_order("find it", lambda _: box(1)) == "find it"
    assert in_logical_order("find it", lambda index: box(-index)) == "find it"


def test_a_word_that_stands_as_it_is_drawn_is_reversed() -> None:
    drawn = ALEF + LAM + SEEN
    assert in_logical_order(drawn, lambda index: box(-index)) == drawn[::-1]
    assert in_logical_order(f"{drawn} {SEEN}{ALEF}", lambda index: box(-index if index < 3 else index)) == (
        f"{drawn[::-1]} {SEEN}{ALEF}"
    )
    # The letters of one glyph are in order already.
    assert in_logical_order(LAM + ALEF + SEEN, lambda index: box((0, 0, -1)[index])) == SEEN + LAM + ALEF


def test_a_mark_above_a_letter_does_not_tell_the_direction() -> None:
    fatha, places = "\u064e", (-1.0, 0.0, 1.0, -2.0)
    word = SEEN + fatha + LAM + ALEF
    assert in_logical_order(word, lambda index: box(0 if index == 0 else 2)) == SEEN + ALEF + LAM + fatha
    assert in_logical_order(SEEN + fatha, lambda index: (places[index], 0, places[index] + 1, 9)) == SEEN + fatha


def test_letters_without_a_place_stay_as_they_are() -> None:
    assert in_logical_order(SEEN + ALEF, lambda _: None) == ALEF + SEEN


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("ﬁnd the eﬃcient oﬀer", "find the efficient offer"), ("\ufefb", LAM + ALEF), ("x² ½ Å", "x² ½ Å")],
)
def test_only_presentation_forms_become_plain_letters(printed: str, typed: str) -> None:
    assert without_presentation_forms(printed) == typed


@pytest.mark.parametrize(
    ("text", "from_right"),
    [("שלום", True), ("שלום עולם abc", True), ("see שלום there", False), ("2025", False), ("שלום 1234567", True)],
)
def test_a_text_runs_from_right_to_left_where_most_of_its_letters_do(text: str, from_right: bool) -> None:
    assert runs_right_to_left(text) is from_right
