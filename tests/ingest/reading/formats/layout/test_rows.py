"""Pieces of lines to rows, and a row to one line."""

import pytest

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.rows import joined, rows
from tests.ingest.reading.pieces import piece


def texts(found: list[list[Line]]) -> list[list[str]]:
    return [[part.text for part in row] for row in found]


def test_rows_go_from_top_to_bottom_and_each_from_left_to_right() -> None:
    pieces = [piece("d", 90, 680), piece("b", 90, 700), piece("c", 70, 680), piece("a", 70, 700)]
    assert texts(rows(pieces)) == [["a", "b"], ["c", "d"]]


def test_a_slightly_lower_piece_is_in_the_row_and_one_below_it_is_not() -> None:
    assert texts(rows([piece("a", 70, 700), piece("b", 90, 696)])) == [["a", "b"]]
    assert texts(rows([piece("a", 70, 700), piece("b", 90, 692)])) == [["a"], ["b"]]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_exponent_between_two_rows_does_not_join_them_whatever_the_order_of_the_file(place: int) -> None:
    pieces = [piece("area in m", 70, 700), piece("of the floor", 70, 690)]
    pieces.insert(place, piece("2", 115, 697, height=5))
    assert texts(rows(pieces)) == [["area in m", "2"], ["of the floor"]]


def test_a_large_sign_does_not_move_its_row() -> None:
    # The middle of the bracket is below that of the row under it.
    pieces = [piece("{", 60, 703, height=40), piece("the first row", 70, 700), piece("between", 200, 685)]
    assert texts(rows(pieces))[0] == ["{", "the first row", "between"]
    line = joined(rows(pieces)[0][:2])
    assert (line.bottom, line.top) == (689, 700)


def test_a_row_is_one_line_with_a_space_only_between_pieces_that_do_not_touch() -> None:
    row = [piece("12 m", 70, 700), piece("2", 90, 702, height=6), piece("of floor", 100, 700)]
    line = joined(row)
    assert line.text == "12 m2 of floor"
    assert (line.left, line.right) == (70, 140)
    assert (line.bottom, line.top) == (689, 700)


def test_a_word_that_is_broken_in_the_row_gets_no_space() -> None:
    assert joined([piece("infor\x02", 70, 700), piece("mation", 150, 700)]).text == "infor\x02mation"


def test_a_row_from_right_to_left_begins_at_its_right() -> None:
    assert joined([piece("עולם", 70, 700), piece("שלום", 150, 700)]).text == "שלום עולם"


def test_a_row_is_bold_where_all_of_it_is() -> None:
    bold, plain = piece("a", 70, 700, bold=True), piece("b", 90, 700)
    assert joined([bold]).bold
    assert not joined([bold, plain]).bold
