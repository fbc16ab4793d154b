"""Which words of a page are a passage's: all of them where they are printed otherwise, none where they are others."""

import pytest

from ingest.reading.formats.layout.line import HYPHEN_MARKS
from ingest.reading.page_images.match import matched


def words(text: str) -> list[str]:
    return text.split()


PAGE = words(
    "Descale the machine every three months. Fill the tank with water and add one sachet of the acid. "
    "Wait for twenty minutes until the lamp turns green. Rinse the tank twice before you brew again."
)


def found(page: list[str], passage: str) -> str:
    return " ".join(page[number] for number in sorted(matched(page, passage)))


def test_a_passage_is_found_word_by_word_and_nothing_else_is() -> None:
    passage = "Fill the tank with water and add one sachet of the acid."
    assert found(PAGE, passage) == passage
    assert found(PAGE, " ".join(PAGE)) == " ".join(PAGE)


@pytest.mark.parametrize(
    "passage",
    [
        "The committee met in the large hall of the old town and spoke about the plans for the bridge.",
        "Wait for the bus that leaves twice before noon, until the green one arrives at the station again",
        "…", "",
    ],
)  # fmt: skip
def test_a_passage_of_another_page_is_not_found(passage: str) -> None:
    assert matched(PAGE, passage) == set()


@pytest.mark.parametrize("mark", [*HYPHEN_MARKS, "-", "\u00ad"])
def test_both_halves_of_a_word_that_the_page_breaks_are_found(mark: str) -> None:
    page = f"Whoever asks for infor{mark} mation at the desk gets it".split()
    assert found(page, "information at the desk") == f"infor{mark} mation at the desk"


def test_a_word_that_the_page_has_in_capitals_or_with_letters_of_another_width_is_found() -> None:
    page = words("Before it. ＦＩＬＬ THE TANK to the ﬁnal mark, then wait.")
    assert found(page, "Fill the tank to the final mark") == "ＦＩＬＬ THE TANK to the ﬁnal mark,"


def test_a_running_head_within_the_passage_is_left_out() -> None:
    page = [*PAGE[:12], *words("The Otter Manual 17"), *PAGE[12:]]
    assert found(page, " ".join(PAGE)) == " ".join(PAGE)


def test_heads_that_the_passage_says_again_with_each_row_are_found_once() -> None:
    page = words("Part Price Stock Valve 12.50 40 Seal 3.20 7 Hose 8.00 112 After it comes text.")
    passage = "Part: Valve · Price: 12.50 · Stock: 40\nPart: Seal · Price: 3.20 · Stock: 7"
    assert found(page, passage) == "Part Price Stock Valve 12.50 40 Seal 3.20 7"


def test_heads_said_again_with_many_rows_do_not_hide_that_the_rows_are_there() -> None:
    rows = [(f"{10 * number}", f"{number + 1}") for number in range(2, 9)]
    page = ["Temperature", "Pressure", *(cell for row in rows for cell in row), "after", "it"]
    passage = "\n".join(f"Temperature: {one} · Pressure: {two}" for one, two in rows)
    assert found(page, passage) == " ".join(page[:-2])


def test_words_that_the_page_has_in_another_order_within_the_passage_are_found() -> None:
    page = words("Before it. Filter for the cleaned each water tank Monday with warm water. After it.")
    # The page has the two lines of both cells in turn.
    passage = "Filter for the water tank cleaned each Monday with warm water."
    assert found(page, passage) == "Filter for the cleaned each water tank Monday with warm water."


def test_a_passage_in_two_places_of_the_page_is_found_in_both() -> None:
    between = [f"other{number}" for number in range(600)]
    page = [*PAGE[:20], *between, *PAGE[20:]]
    assert found(page, " ".join(PAGE)) == " ".join(PAGE)


def test_a_few_common_words_elsewhere_on_the_page_are_not_marked() -> None:
    page = [*PAGE, *words("and then there is water in the tank of the other one")]
    assert found(page, " ".join(PAGE[6:18])) == " ".join(PAGE[6:18])


def test_a_script_without_spaces_is_found_letter_by_letter() -> None:
    page = [*"毎月一度洗浄します。", *"水の温度は九十度です。"]
    assert found(page, "水の温度は九十度です。") == " ".join("水の温度は九十度です")


def test_half_of_a_passage_is_found_where_the_rest_is_on_another_page() -> None:
    passage = " ".join([*PAGE[-9:], *words("then empty it and dry the lid")])
    assert found(PAGE, passage) == " ".join(PAGE[-9:])


def test_a_page_of_very_many_words_is_not_searched() -> None:
    assert matched(PAGE * 700, " ".join(PAGE)) == set()
