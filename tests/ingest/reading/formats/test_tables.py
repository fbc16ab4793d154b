"""Rows as lines: every cell is there, after the head of its column where the table has heads."""

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.reading.formats.tables import lines, titled


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


def test_a_title_merged_over_the_table_is_said_once() -> None:
    rows = [["Staff", "Staff", "Staff"], ["Name", "Town", "Age"], ["Ada", "London", "36"]]
    assert list(lines(rows)) == ["Staff", "Name: Ada · Town: London · Age: 36"]


def test_a_heading_between_the_rows_is_said_once() -> None:
    rows = [["Name", "Town", "Age"], ["Ada", "Rome", "36"], ["Guests", "Guests", "Guests"], ["Bob", "Oslo", "40"]]
    assert list(lines(rows))[1] == "Guests"


def test_a_row_of_the_same_number_is_no_heading() -> None:
    assert list(lines([["a", "b", "c"], ["1", "2", "3"], ["0", "0", "0"]]))[1] == "a: 0 · b: 0 · c: 0"


def test_cells_merged_over_columns_name_them_together_with_the_row_below() -> None:
    rows = [["Boat", "High season", "High season", "Winter", "Winter"], ["Boat", "Hour", "Day", "Hour", "Day"]]
    assert list(lines([*rows, ["Canoe", "9", "40", "6", "25"]])) == [
        "Boat: Canoe · High season Hour: 9 · High season Day: 40 · Winter Hour: 6 · Winter Day: 25"
    ]


def test_a_head_goes_on_over_the_empty_cells_beside_it() -> None:
    rows = [["Boat", "Type", "2024", "", "2025", ""], ["", "", "May", "June", "May", "June"]]
    assert list(lines([*rows, ["Canoe", "open", "9", "40", "6", "25"]])) == [
        "Boat: Canoe · Type: open · 2024 May: 9 · 2024 June: 40 · 2025 May: 6 · 2025 June: 25"
    ]


def test_three_lines_of_heads_are_found() -> None:
    rows = [
        ["", "Harbour", "Harbour", "Harbour", "Harbour"],
        ["", "East", "East", "West", "West"],
        ["", "In", "Out", "In", "Out"],
        ["Monday", "5", "6", "7", "8"],
    ]
    assert list(lines(rows)) == [
        "Monday · Harbour East In: 5 · Harbour East Out: 6 · Harbour West In: 7 · Harbour West Out: 8"
    ]


def test_so_many_rows_are_heads_as_the_file_says() -> None:
    rows = [["Depth", "Weight"], ["cm", "kg"], ["12", "3"]]
    assert list(lines(rows, headed=2)) == ["Depth cm: 12 · Weight kg: 3"]
    assert list(lines([["All boats", "All boats"], *rows], headed=3)) == ["All boats", "Depth cm: 12 · Weight kg: 3"]
    assert list(lines(rows, headed=0)) == ["Depth | Weight", "cm | kg", "12 | 3"]


def test_rows_of_data_that_look_alike_stay_rows() -> None:
    rows = [["Rome", "Rome", "x"], ["Oslo", "Bergen", "y"], ["Oslo", "Paris", "z"]]
    assert list(lines(rows)) == ["Rome | Rome | x", "Oslo | Bergen | y", "Oslo | Paris | z"]


def test_a_name_used_for_two_columns_takes_no_row_of_data_for_a_head() -> None:
    rows = [["Name", "Phone", "Phone"], ["Ada", "none", "secret"], ["Bob", "12", "13"]]
    assert list(lines(rows)) == ["Name | Phone | Phone", "Ada | none | secret", "Bob | 12 | 13"]


def test_every_part_of_a_wide_row_has_its_key() -> None:
    heads = ["Town", *(f"Week {week}" for week in range(1, 53))]
    found = list(lines([heads, ["Oslo", *map(str, range(52))], ["Rome", *map(str, range(100, 152))]]))
    assert [line.split(" · ")[0] for line in found] == ["Town: Oslo"] * 3 + ["Town: Rome"] * 3
    assert max(map(len, found)) < 400
    assert "Week 52: 151" in found[-1]


def test_a_key_is_as_many_cells_as_tell_the_rows_apart() -> None:
    heads = ["Region", "Town", *(f"Week {week}" for week in range(1, 53))]
    rows = [["North", town, *map(str, range(52))] for town in ("Oslo", "Bergen")]
    found = list(lines([heads, *rows]))
    assert all(line.startswith(("Region: North · Town: Oslo · ", "Region: North · Town: Bergen · ")) for line in found)


def test_a_long_cell_is_cut_after_a_sentence_and_goes_on_under_its_name() -> None:
    note = " ".join(f"The pump of hall {number} was cleaned and oiled." for number in range(20))
    found = list(lines([["Job", "Note", "By"], ["J7", note, "Ada"], ["J8", "Done", "Bob"]]))
    assert found[0].startswith("Job: J7 · Note: The pump of hall 0")
    assert found[1].startswith("Job: J7 · Note: … The pump of hall")
    assert found[-2].endswith("oiled. · By: Ada")
    assert " ".join(line.split("Note: ")[1].removeprefix("… ") for line in found[:-1]) == f"{note} · By: Ada"


def test_a_text_beside_a_text_stays_one_line() -> None:
    one, other = "a word " * 50, "one more " * 50
    assert list(lines([[one, other]])) == [f"{one.strip()} | {other.strip()}"]


def test_heads_over_a_row_that_spans_the_table_are_read() -> None:
    assert list(lines([["Day", "Opens", "Closes"], ["Closed until May"] * 3])) == [
        "Day | Opens | Closes",
        "Closed until May",
    ]


CELLS = st.sampled_from(["", "a1", "b2", "c3", "77", "d4", "e5 " * 200, "一二三。" * 100])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=7), st.sampled_from([None, 0, 1, 2, 3]))
def test_no_cell_is_lost(rows: list[list[str]], headed: int | None) -> None:
    text = "\n".join(lines(rows, headed))
    assert all(cell in text for row in rows for cell in row if len(cell) < 10)
    assert all(text.count(part) >= cell.count(part) for row in rows for cell in row for part in ("e5", "一二三。"))


def test_each_table_of_a_sheet_has_its_title() -> None:
    first = [["Rooms"], [], ["House", "Beds"], ["Lake", "4"]]
    second = [["Boats"], ["Name", "Seats"], ["Plover", "2"], [], ["Kestrel", "6"], [], ["All prices with tax"]]
    assert list(titled([*first, [], *second])) == [
        ("Rooms", ["House: Lake · Beds: 4"]),
        ("Boats", ["Name: Plover · Seats: 2", "", "Name: Kestrel · Seats: 6", "", "All prices with tax"]),
    ]


def test_a_sheet_with_one_line_has_it_as_text() -> None:
    assert list(titled([["Closed until May"]])) == [("", ["Closed until May"])]


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=7))
@example([["a1", "b2"], ["a1", "a1", "a1"]])
@example([["a1"], ["77"], ["b2", "c3"]])
def test_titles_and_lines_have_every_cell(rows: list[list[str]]) -> None:
    text = "\n".join(f"{title}\n" + "\n".join(found) for title, found in titled(rows))
    assert all(cell in text for row in rows for cell in row if len(cell) < 10)
