"""What recurs at the edges of pages is left out, and nothing else."""

from collections.abc import Callable

import pytest

from ingest.reading.formats.layout.headers_and_footers import without_headers_and_footers
from ingest.reading.formats.layout.line import Line
from tests.ingest.reading.pieces import piece


def page(number: int, heads: list[Line], feet: list[Line]) -> list[Line]:
    """A page of its own eight lines of text between a head and a foot, as far as there are some."""
    body = [piece(f"text {number}.{line} of the page", 70, 740 - 14 * line) for line in range(8)]
    return [*heads, *body, *feet]


def left_over(pages: list[list[Line]]) -> list[list[str]]:
    """What of each page is left beside its own text."""
    return [
        [found.text for found in pieces if not found.text.startswith("text ")]
        for pieces in without_headers_and_footers(pages)
    ]


def head(text: str, left: float = 70, top: float = 800) -> Line:
    return piece(text, left, top, height=9)


def foot(text: str, left: float = 500) -> Line:
    return piece(text, left, 50, height=9)


def test_a_running_head_stays_on_the_first_page_only() -> None:
    pages = [page(number, [head("The Otter Manual")], []) for number in range(4)]
    assert left_over(pages) == [["The Otter Manual"], [], [], []]


def test_a_running_head_that_the_text_has_too_goes_from_every_page() -> None:
    title = piece("The Otter Manual", 70, 400)
    pages = [page(number, [head("The Otter Manual")], [title] if number == 0 else []) for number in range(4)]
    assert left_over(pages) == [["The Otter Manual"], [], [], []]
    assert without_headers_and_footers(pages)[0][-1] is title


def test_heads_of_left_and_right_pages_are_told_apart() -> None:
    pages = [page(number, [head(("Cleaning", "The Otter Manual")[number % 2])], []) for number in range(8)]
    assert left_over(pages) == [["Cleaning"], ["The Otter Manual"], *[[]] * 6]


@pytest.mark.parametrize(
    "shown",
    [
        lambda number: f"{number + 1}",
        lambda number: f"Page {number + 11} of 30",
        lambda number: f"- {number + 7} -",
        lambda number: ("xi", "xii", "xiii", "xiv", "xv")[number],
        lambda number: f"Seite {number + 1}/5",
    ],
)
def test_the_numbers_of_pages_go_from_every_page(shown: Callable[[int], str]) -> None:
    pages = [page(number, [], [foot(shown(number))]) for number in range(5)]
    assert left_over(pages) == [[]] * 5


def test_a_number_in_a_running_foot_counts_as_the_page_number_where_it_counts_with_the_pages() -> None:
    assert left_over([page(n, [], [foot(f"Otter Manual {n + 3}", 300)]) for n in range(4)]) == [
        ["Otter Manual 3"], [], [], []
    ]  # fmt: skip
    totals = [f"Total {amount}" for amount in (120, 340, 80, 75)]
    assert left_over([page(n, [], [foot(total)]) for n, total in enumerate(totals)]) == [[total] for total in totals]


def test_two_pages_are_too_few_for_a_running_head() -> None:
    pages = [page(number, [head("Acme Ltd")], [foot(str(number + 1))]) for number in range(2)]
    assert left_over(pages) == [["Acme Ltd"], ["Acme Ltd"]]


def test_what_is_at_the_edge_of_one_page_only_stays() -> None:
    heads = ["Otter Manual"] * 4 + ["Withdrawn in 2020", "Otter Manual"]
    assert left_over([page(number, [head(text)], []) for number, text in enumerate(heads)]) == [
        ["Otter Manual"], [], [], [], ["Withdrawn in 2020"], []
    ]  # fmt: skip


def test_the_same_words_at_another_height_are_no_running_head() -> None:
    pages = [page(number, [head("Warning", top=800 + 20 * number)], []) for number in range(4)]
    assert left_over(pages) == [["Warning"]] * 4


def test_a_number_beside_other_words_is_that_of_a_heading() -> None:
    titles = ("Introduction", "Cleaning", "Repair")
    pages = [page(n, [head(str(n + 1)), head(title, left=90)], []) for n, title in enumerate(titles)]
    assert left_over(pages) == [["1", "Introduction"], ["2", "Cleaning"], ["3", "Repair"]]


def test_a_line_that_recurs_within_the_text_stays() -> None:
    recurring = piece("text of the notice: call the porter", 70, 740 - 14 * 3)
    pages = [page(number, [], []) for number in range(4)]
    pages = [[*pieces[:3], recurring, *pieces[4:]] for pieces in pages]
    assert all(recurring in pieces for pieces in without_headers_and_footers(pages))


def test_the_heads_of_a_table_that_goes_on_over_pages_stay() -> None:
    names = ("Part", "Price", "Stock", "Place")
    pages = [page(n, [head("Otter Manual"), *(head(name, 70 + 90 * i, 780) for i, name in enumerate(names))], [])
             for n in range(4)]  # fmt: skip
    assert left_over(pages)[3] == list(names)


def test_the_pieces_keep_the_order_of_the_file() -> None:
    pages = [[*page(number, [], [])[::-1], head("Otter Manual")] for number in range(3)]
    found = without_headers_and_footers(pages)
    assert found[1] == pages[1][:-1]
    assert found[0] == pages[0]
