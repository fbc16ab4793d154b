"""The order in which a person reads the lines and tables of a page."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.formats.layout.columns import Item, in_reading_order
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.tables import Table
from tests.ingest.reading.pieces import grid_rules, piece


def column(name: str, left: float, top: float = 700, count: int = 8, words: str = "of the running text") -> list[Line]:
    """Lines of running text below each other, each with its number."""
    return [piece(f"{name}{number} {words}", left, top - 14 * number) for number in range(count)]


def by_rows(*sides: list[Line]) -> list[Line]:
    """The lines of columns as a file has them that was written row by row."""
    return [line for row in zip(*sides, strict=True) for line in row]


def texts(items: list[Item]) -> list[str]:
    return [item.text for item in items]


def names(items: list[Item]) -> str:
    return " ".join(item.text.split()[0] for item in items)


def numbered(name: str, count: int = 8) -> str:
    return " ".join(f"{name}{number}" for number in range(count))


def test_one_column_is_read_from_top_to_bottom_whatever_the_order_of_the_file() -> None:
    assert names(in_reading_order(column("a", 70)[::-1], [])) == numbered("a")


def test_two_columns_are_read_one_after_the_other() -> None:
    pieces = by_rows(column("a", 70), column("b", 310))
    assert names(in_reading_order(pieces, [])) == f"{numbered('a')} {numbered('b')}"


@pytest.mark.parametrize("size", [11, 18])
def test_three_columns_below_a_title_in_the_middle(size: float) -> None:
    title = piece("The town news", 250, 730, height=size)
    pieces = [*by_rows(column("a", 40), column("b", 220), column("c", 400)), title]
    assert names(in_reading_order(pieces, [])) == f"The {numbered('a')} {numbered('b')} {numbered('c')}"


def test_what_is_across_the_columns_is_read_between_them() -> None:
    upper = by_rows(column("a", 70), column("b", 310))
    across = piece("A title that is across both of the columns of this page", 70, 560)
    lower = by_rows(column("c", 70, top=530), column("d", 310, top=530))
    assert names(in_reading_order([*lower, across, *upper], [])) == " ".join(
        [numbered("a"), numbered("b"), "A", numbered("c"), numbered("d")]
    )


def test_columns_of_different_length_are_columns_too() -> None:
    pieces = [*by_rows(column("a", 70, count=5), column("b", 310, count=5)), *column("a", 70)[5:]]
    assert names(in_reading_order(pieces, [])) == f"{numbered('a')} {numbered('b', 5)}"


def test_the_rows_of_a_table_are_not_read_as_columns() -> None:
    rows = [("Part", "Price"), ("Valve", "12.50"), ("Seal", "3.20"), ("Hose", "8.00"), *[("Lid", "2.00")] * 5]
    pieces = [
        piece(text, 70 + 240 * n, 700 - 14 * row) for row, cells in enumerate(rows) for n, text in enumerate(cells)
    ]
    assert texts(in_reading_order(pieces, []))[0].startswith("Part: Valve · Price: 12.50\nPart: Seal")


def test_a_ruled_table_within_a_column_is_read_in_its_place() -> None:
    left, right = column("a", 70, count=20), column("b", 310, count=20)
    xs, ys = [310.0, 380.0, 450.0], [520.0, 540.0, 560.0]
    cells = [piece(f"{text}{row}", xs[n] + 5, ys[2 - row] - 4) for row in range(2) for n, text in enumerate("kv")]
    right = [line for line in right if not 515 < line.middle < 565]
    found = in_reading_order([*cells, *right, *left], grid_rules(xs, ys))
    assert isinstance(found[20 + 10], Table)
    assert found[30].text == "k0 | v0\nk1 | v1"
    assert names(found[:20]) == numbered("a", 20)
    assert names(found[20:30]) == numbered("b", 10)


def test_the_short_lines_of_an_index_are_columns_where_the_file_has_one_whole_before_the_other() -> None:
    left, right = column("a", 70, count=10, words="3"), column("b", 310, count=10, words="7")
    assert names(in_reading_order([*left, *right], [])) == f"{numbered('a', 10)} {numbered('b', 10)}"
    by_row = in_reading_order(by_rows(left, right), [])
    assert by_row[0].text.split("\n")[0].split() == ["a0", "3", "|", "b0", "7"]


def test_pieces_of_one_line_are_one_line() -> None:
    pieces = [piece("Introduction", 110, 700), piece("1", 70, 700), *column("a", 70, top=670)]
    assert in_reading_order(pieces, [])[0].text == "1 Introduction"


def test_what_is_written_sideways_comes_after_the_text() -> None:
    stamp = Line("arXiv:2101.00001", 20, 300, 32, 500)
    assert in_reading_order([stamp, *column("a", 70)], [])[-1] is stamp
    # Where most of the page is sideways, the order of the file is kept.
    pieces = [stamp, *[Line(f"sideways {n}", 60 + 20 * n, 300, 72 + 20 * n, 500) for n in (2, 0, 1)]]
    pieces.insert(2, piece("upright", 70, 700))
    assert in_reading_order(pieces, []) == pieces


def test_a_drawing_of_very_many_pieces_keeps_the_order_of_the_file() -> None:
    pieces = [piece(f"w{n}", 70 + n % 40 * 12, 700 - n // 40 * 12) for n in range(1501)]
    random.Random(7).shuffle(pieces)
    assert in_reading_order(pieces, []) == pieces


PIECES = st.builds(
    lambda number, x, y, words: (x * 60.0, 700.0 - y * 14, words),
    st.integers(), st.integers(0, 8), st.integers(0, 25), st.integers(1, 6),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(PIECES, min_size=1, max_size=40))
def test_no_word_is_lost_and_none_is_doubled(places: list[tuple[float, float, int]]) -> None:
    pieces = [piece(" ".join([f"w{n}."] * words), x, y) for n, (x, y, words) in enumerate(places)]
    found = in_reading_order(pieces, grid_rules([60, 170, 300, 420], [480, 560, 630]))
    for number, (_, _, words) in enumerate(places):
        cells = [cell for item in found if isinstance(item, Table) for row in item.cells for cell in row]
        lines = [item.text for item in found if isinstance(item, Line)]
        assert " ".join([*cells, *lines]).replace(".", ". ").split().count(f"w{number}.") == words
