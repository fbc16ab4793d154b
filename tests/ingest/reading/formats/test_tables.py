"""Rows as lines: every cell is there, after the head of its column where the table has heads."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.formats.tables import lines


def test_a_row_is_found_by_its_columns() -> None:
    assert list(lines([["Name", "Town"], ["Ada", "London"]])) == ["Name: Ada · Town: London"]


def test_empty_cells_leave_nothing_behind() -> None:
    assert list(lines([["Name", "Town", "Age"], ["Ada", "", "36"]])) == ["Town", "Name: Ada · Age: 36"]


def test_a_table_without_heads_gets_none() -> None:
    assert list(lines([["1", "2"], ["3", "4"]])) == ["1 | 2", "3 | 4"]


def test_years_are_heads() -> None:
    assert list(lines([["", "2019", "2020"], ["Oslo", "3", "4"]])) == ["Oslo · 2019: 3 · 2020: 4"]


def test_two_tables_on_a_sheet_keep_their_own_heads() -> None:
    rows = [["A", "B"], ["1", "2"], ["", ""], ["C", "D"], ["3", "4"]]
    assert list(lines(rows)) == ["A: 1 · B: 2", "", "C: 3 · D: 4"]


def test_a_table_goes_on_after_an_empty_row() -> None:
    assert list(lines([["A", "B"], ["1", "2"], [], ["3", "4"]])) == ["A: 1 · B: 2", "", "A: 3 · B: 4"]


@given(st.lists(st.lists(st.sampled_from(["", "a1", "b2", "c3", "77", "d4"]), min_size=1, max_size=4), max_size=6))
def test_no_cell_is_lost(rows: list[list[str]]) -> None:
    text = "\n".join(lines(rows))
    assert all(cell in text for row in rows for cell in row)
