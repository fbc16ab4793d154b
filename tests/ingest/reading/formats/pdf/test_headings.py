"""The parts of pages under the headings that the file's outline names."""

from pathlib import Path

import pypdfium2
import pytest

from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.parts import Entry, heading_path
from ingest.reading.formats.layout.tables import Table
from ingest.reading.formats.pdf.headings import Headings, outline
from tests.ingest.reading import pdfs
from tests.ingest.reading.pieces import piece


def items(*texts: str) -> list[Item]:
    """Lines below each other."""
    return [piece(text, 70, 740 - 14 * number) for number, text in enumerate(texts)]


def parts(headings: Headings, page: int, *texts: str) -> list[tuple[str | None, list[str]]]:
    found = headings.parts(page, items(*texts))
    return [(part.heading, [item.text for item in part.items]) for part in found]


def test_the_outline_has_titles_pages_from_one_and_levels(tmp_path: Path) -> None:
    pages: list[list[tuple[str, int | None]]] = [
        [("1 Milk", 0), ("White.", None), ("1.1  Foam", 1)],
        [("2 Tea", 0)],
    ]
    with pypdfium2.PdfDocument(pdfs.outlined(tmp_path / "a.pdf", pages)) as document:
        assert outline(document) == [Entry("1 Milk", 1, 0), Entry("1.1 Foam", 1, 1), Entry("2 Tea", 2, 0)]


def test_a_title_begins_a_part_in_the_middle_of_a_page_and_reaches_into_the_next_page() -> None:
    headings = Headings([Entry("Milk", 1, 0), Entry("Foam", 1, 1), Entry("Tea", 2, 0)])
    assert parts(headings, 1, "Before.", "Milk", "White.", "Foam", "Light.") == [
        (None, ["Before."]), ("Milk", ["White."]), ("Milk > Foam", ["Light."])
    ]  # fmt: skip
    assert parts(headings, 2, "It stays.", "Tea", "Hot.") == [("Milk > Foam", ["It stays."]), ("Tea", ["Hot."])]
    assert parts(headings, 3, "Very hot.") == [("Tea", ["Very hot."])]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Milk and foam", ["1.  MILK AND FOAM"]),
        ("2.1 Milk and foam", ["Milk and foam ....."]),
        ("Chapter 3: Milk and foam", ["Milk", "and foam"]),
        ("Milk and foam", ["Appendix B", "Milk and", "foam"]),
    ],
)
def test_a_title_is_found_whatever_its_case_its_number_and_its_lines(title: str, printed: list[str]) -> None:
    assert parts(Headings([Entry(title, 1, 0)]), 1, "Before.", *printed, "White.") == [
        (None, ["Before."]), (title, ["White."])
    ]  # fmt: skip


@pytest.mark.parametrize("printed", ["3 Milk", "Milk is white", "Silk"])
def test_other_words_or_another_number_are_not_the_title(printed: str) -> None:
    headings = Headings([Entry("2 Milk", 1, 0)])
    # Where the title is not found, the whole page is under the entry that begins on it.
    assert parts(headings, 1, "Before.", printed, "White.") == [("2 Milk", ["Before.", printed, "White."])]


def test_a_page_without_its_titles_is_under_the_first_of_them_and_the_next_page_under_the_last() -> None:
    headings = Headings([Entry("One", 1, 0), Entry("Part", 1, 1), Entry("Two", 1, 0)])
    assert parts(headings, 1, "Words.") == [("One > Part", ["Words."])]
    assert parts(headings, 2, "More words.") == [("Two", ["More words."])]


def test_the_titles_on_a_contents_page_begin_no_part() -> None:
    headings = Headings([Entry("Milk", 2, 0)])
    assert parts(headings, 1, "Contents", "Milk", "Tea") == [(None, ["Contents", "Milk", "Tea"])]


def test_a_title_in_a_table_begins_no_part() -> None:
    table = Table((("Milk", "1"), ("Tea", "2")), False, 70, 600, 300, 630)
    found = list(Headings([Entry("Milk", 1, 0)]).parts(1, [*items("Before.", "Milk"), table]))
    assert [part.heading for part in found] == [None, "Milk"]
    assert found[1].items == [table]


def test_a_title_does_not_go_on_after_a_table() -> None:
    table = Table((("Jug", "1"), ("Cup", "2")), False, 70, 600, 300, 630)
    found = list(Headings([Entry("Milk and foam", 1, 0)]).parts(1, [*items("Milk"), table, *items("and foam")]))
    assert [len(part.items) for part in found] == [3]


def test_a_title_that_comes_twice_on_a_page_begins_two_parts() -> None:
    headings = Headings([Entry("Milk", 1, 0), Entry("Use", 1, 1), Entry("Tea", 1, 0), Entry("Use", 1, 1)])
    assert parts(headings, 1, "Milk", "Use", "For tea.", "Tea", "Use", "For guests.") == [
        ("Milk > Use", ["For tea."]), ("Tea > Use", ["For guests."])
    ]  # fmt: skip


def test_a_title_that_nothing_follows_is_handed_on_and_never_lost() -> None:
    headings = Headings([Entry("One", 1, 0), Entry("Part", 1, 1), Entry("Piece", 1, 2), Entry("End", 1, 0)])
    (part,) = headings.parts(1, items("One", "Part", "Piece", "Words.", "End"))
    assert (part.heading, part.empty_titles) == ("Part > Piece", ("One",))
    assert [item.text for item in part.items if isinstance(item, Line)] == ["Words."]
    assert headings.empty_titles() == ["End"]


def test_a_heading_is_the_title_after_the_one_above_it_where_both_are_short() -> None:
    long = "A title of many words " * 5
    assert heading_path([]) is None
    assert heading_path([Entry("One", 1, 0), Entry("Part", 1, 1), Entry("Piece", 1, 2)]) == "Part > Piece"
    assert heading_path([Entry("Milk", 1, 0), Entry("Milk", 1, 1)]) == "Milk"
    assert heading_path([Entry(long, 1, 0), Entry("Part with a name", 1, 1)]) == "Part with a name"
