"""Letters in the order and in the form in which a person types them."""

import pytest

from ingest.reading.formats.layout.script import in_logical_order, runs_right_to_left, without_presentation_forms

SEEN, LAM, ALEF = "\u0633", "\u0644", "\u0627"


def test_the_letters_of_a_ligature_are_put_in_order_and_all_others_stay() -> None:
    # Of the word seen-lam-alef, the last two share a glyph and come reversed.
    assert in_logical_order(SEEN + ALEF + LAM, lambda index: (0, 1, 1)[index]) == SEEN + LAM + ALEF
    assert in_logical_order(SEEN + ALEF + LAM, lambda index: index) == SEEN + ALEF + LAM


def test_letters_of_a_ligature_that_are_in_order_stay_so() -> None:
    assert in_logical_order(SEEN + LAM + ALEF, lambda index: (0, 1, 1)[index]) == SEEN + LAM + ALEF
    # The word ends with a ligature of other letters, which come reversed.
    assert in_logical_order(LAM + ALEF + SEEN + LAM, lambda index: (0, 0, 1, 1)[index]) == LAM + ALEF + LAM + SEEN


def test_ligatures_at_the_beginning_and_in_the_middle_of_a_text_are_found_by_their_index() -> None:
    text = f"abc {ALEF}{LAM}{SEEN} and {SEEN}{ALEF}{LAM}."
    glyphs = {4: "one", 5: "one", 13: "two", 14: "two"}
    assert (
        in_logical_order(text, lambda index: glyphs.get(index, index))
        == f"abc {LAM}{ALEF}{SEEN} and {SEEN}{LAM}{ALEF}."
    )


def test_letters_from_left_to_right_are_never_reversed() -> None:
    assert in_logical_order("find it", lambda _: "one glyph") == "find it"


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
