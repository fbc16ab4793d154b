"""Headings are found by their looks where no outline names them, and what only looks alike is left as text."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.looks import headings_by_looks, running_heads
from ingest.reading.formats.layout.parts import PrintedHeadings
from ingest.reading.formats.layout.tables import Table
from tests.ingest.reading import pdfs

Look = tuple[str, float, bool, float]  # a text, its size, whether it is bold, and the space above it


def body(first: int, count: int = 4) -> list[Look]:
    """Lines of running text, the first with the space of a paragraph above it."""
    return [(line, 11, False, 8 if place == 0 else 3) for place, line in enumerate(pdfs.prose(first, count))]


def bold(text: str, size: float = 11, space: float = 12) -> Look:
    return text, size, True, space


def plain(text: str, size: float = 11, space: float = 3) -> Look:
    return text, size, False, space


def page(*looks: Look, left: float = 70) -> list[Item]:
    """Lines below each other on one page."""
    items: list[Item] = []
    top = 780.0
    for text, size, is_bold, space in looks:
        top -= space
        items.append(Line(text, left, top - size, left + 0.5 * size * len(text), top, is_bold, size))
        top -= size
    return items


def found(*pages: Sequence[Item]) -> list[tuple[int, str]]:
    """The level and the title of each heading."""
    headings = [heading for printed in headings_by_looks(pages) for heading in printed]
    return [(heading.entry.level, heading.entry.title) for heading in headings]


def test_titles_that_are_larger_or_bold_are_headings_and_sizes_are_levels() -> None:
    pages = [
        page(plain("Boats for hire", 20), *body(0), bold("Rowing boats", 14), *body(10), bold("Deposit"), *body(20)),
        page(bold("Sailing boats", 14), *body(30), bold("Deposit"), *body(40)),
    ]
    assert found(*pages) == [
        (0, "Boats for hire"), (1, "Rowing boats"), (2, "Deposit"), (1, "Sailing boats"), (2, "Deposit")
    ]  # fmt: skip


def test_numbers_are_levels_where_all_titles_have_one_size() -> None:
    titles = ("1 Boats", "1.1 Rowing boats", "1.2 Sailing boats", "2 Prices")
    looks = [look for place, title in enumerate(titles) for look in (bold(title, 14), *body(10 * place))]
    assert found(page(*looks)) == [(0, "1 Boats"), (1, "1.1 Rowing boats"), (1, "1.2 Sailing boats"), (0, "2 Prices")]


def test_lines_in_capitals_with_space_above_are_headings_also_of_lists_and_tables() -> None:
    table = Table((("Pier", "Berths"), ("North", "14")), True, 70, 300, 300, 340)
    items = [
        *page(
            plain("MOORINGS", space=14), *body(0), plain("WHAT TO BRING", space=14),
            plain("1. Two long ropes for the bow"), plain("2. A life jacket for each person"),
        ),
        Line("BERTHS", 70, 352, 110, 363),
        table,
        *[Line("Each berth has water and light, which are paid for by the day.", 70, 260, 380, 271)],
    ]  # fmt: skip
    assert [title for _, title in found(items)] == ["MOORINGS", "WHAT TO BRING", "BERTHS"]
    parts = list(PrintedHeadings(headings_by_looks([items])).parts(1, items))
    assert [(part.heading, len(part.items)) for part in parts] == [("MOORINGS", 4), ("WHAT TO BRING", 2), ("BERTHS", 2)]
    assert parts[-1].items[0] is table


def test_numbered_titles_directly_below_one_of_their_size_are_its_parts() -> None:
    looks = [
        plain("WINTER", space=14), plain("1. COVER", space=6), *body(0), plain("2. CRADLE", space=14), *body(10),
        plain("SUMMER", space=14), *body(20),
    ]  # fmt: skip
    assert found(page(*looks)) == [(0, "WINTER"), (1, "1. COVER"), (1, "2. CRADLE"), (0, "SUMMER")]


def test_a_title_of_two_lines_is_one_heading() -> None:
    looks = [bold("What guests should know about", 14), bold("the harbour in winter", 14, 2), *body(0)]
    assert found(page(*looks)) == [(0, "What guests should know about the harbour in winter")]


@pytest.mark.parametrize(
    "look",
    [
        bold("Table 3: Berths and their length"),
        bold("Abb. 2 Der Steg im Winter", 12.5),
        bold("Prepared by: Ingrid Dahl"),
        bold("• A rope of ten metres"),
        bold("for (int i = 0; i < n; i++) {"),
        bold("We close at noon."),
        bold("the second half of a sentence in bold"),
        bold("12.50 EUR"),
        bold("Note"),
        plain("See www.example.org for the tides", 14),
        plain("TOTAL 821.14 1,200.00", 13),
        plain("A short line that stands alone", space=20),
        plain("1 A step of a list", space=20),
        plain("Contents . . . . . . . . 3", 14),
        bold("Close below the text", space=3),
    ],
)
def test_captions_labels_code_sentences_and_sums_are_no_headings(look: Look) -> None:
    titled = [bold("Rowing boats"), *body(10, 8), bold("Sailing boats"), *body(30, 8)]
    assert found(page(*titled[:5], look, *titled[5:])) == [(0, "Rowing boats"), (0, "Sailing boats")]


def test_an_address_in_a_letter_is_no_heading_and_its_subject_is_one() -> None:
    looks = [
        plain("Ms Ingrid Dahl"), plain("12 Pier Road"), plain("LERWICK"), plain("SCOTLAND"), plain("ZE1 0AA"),
        bold("Your berth for the winter", space=24), *body(0, 8),
    ]  # fmt: skip
    assert found(page(*looks)) == [(0, "Your berth for the winter")]


def test_bold_labels_of_a_form_and_bold_terms_with_their_meaning_below_are_no_headings() -> None:
    labels = ("Given name", "Surname", "Boat name", "Length of the boat")
    form = [look for label in labels for look in (bold(label), plain("Inga Dahl"))]
    assert found(page(*form, *body(0, 12))) == []
    terms: list[Item] = []
    for place, term in enumerate(("Bow", "Stern", "Keel")):
        terms += page(bold(f"{term} of a boat", space=60 * place + 20))
        meaning = page(*body(place, 2), left=106)
        terms += [
            replace(line, top=line.top - 60 * place - 30, bottom=line.bottom - 60 * place - 30)
            for line in meaning
            if isinstance(line, Line)
        ]
    assert found(terms) == []


def test_a_document_that_is_bold_or_large_throughout_has_no_headings_by_that() -> None:
    assert (
        found(page(*[(text, size, True, space) for text, size, _, space in [*body(0), bold("Boats"), *body(9)]])) == []
    )
    large = [(text, 16.0, False, space) for text, _, _, space in body(0, 6)]
    assert found(page(*large, *body(20, 8))) == []


def test_a_head_that_recurs_on_each_page_is_no_heading() -> None:
    pages = [page(bold("Harbour news", 13), *body(20 * n, 6), bold(f"Part {n} of it", 13), *body(9)) for n in range(4)]
    assert [title for _, title in found(*pages)] == [f"Part {n} of it" for n in range(4)]


def test_a_head_alone_above_a_heading_stays_with_what_is_below_it() -> None:
    pages = [
        page(plain(f"{'HB-77 - Dahl' if n else 'A first line'}"), bold(f"Boats {n}", 14), *body(20 * n))
        for n in range(3)
    ]
    assert running_heads(pages) == {id(pages[1][0]), id(pages[2][0])}
    headings = PrintedHeadings(headings_by_looks(pages), running_heads(pages))
    parts = [list(headings.parts(number, items)) for number, items in enumerate(pages, 1)]
    assert [[part.heading for part in each] for each in parts] == [[None, "Boats 0"], ["Boats 1"], ["Boats 2"]]
    assert [item for part in parts[1] for item in part.items] == [pages[1][0], *pages[1][2:]]


def test_names_on_a_title_page_are_no_headings_and_a_title_without_text_stays_text() -> None:
    first = page(plain("Boats", 24), plain("Ingrid Dahl", 14, 40), plain("Lerwick Harbour", 14, 60))
    second = page(bold("Rowing boats", 17), *body(0, 9), bold("The end", 17))
    assert found(first, second) == [(0, "Boats"), (1, "Rowing boats")]
    headings = PrintedHeadings(headings_by_looks([first, second]))
    parts = [part for number, items in enumerate([first, second], 1) for part in headings.parts(number, items)]
    # Nothing is lost.
    kept = [text for part in parts for text in (part.heading or "", *part.empty_titles, *(i.text for i in part.items))]
    assert {item.text for item in [*first, *second] if isinstance(item, Line)} <= {
        title for text in kept for title in (text, *text.split(" > "))
    }


def test_a_small_title_that_only_the_first_page_has_is_a_heading_where_it_has_text() -> None:
    first = page(bold("Boats", 18), *body(0), bold("Deposit"), *body(10, 8), bold("Winter", 18), *body(20))
    assert found(first, page(bold("Prices", 18), *body(30))) == [
        (0, "Boats"), (1, "Deposit"), (0, "Winter"), (0, "Prices")
    ]  # fmt: skip


def test_pages_without_lines_have_no_headings() -> None:
    assert headings_by_looks([[], []]) == [[], []]
    assert headings_by_looks([]) == []


def test_the_contents_are_above_no_heading_however_large_their_title_is() -> None:
    first = page(plain("Contents", 20), plain("1 Boats 2"), plain("2 Prices 3"), plain("3 How to get to the pier 4"))
    second = page(bold("1 Boats", 14), *body(0, 9), bold("2 Prices", 14), *body(10))
    assert found(first, second) == [(0, "Contents"), (0, "1 Boats"), (0, "2 Prices")]
