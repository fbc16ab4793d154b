"""Tables without rules, found by how their cells are lined up, and which of them have heads."""

from collections.abc import Sequence

import pytest

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.rows import Row
from ingest.reading.formats.layout.tables import Table, aligned, is_plausible, table
from tests.ingest.reading.pieces import piece

PRICES = [("Part", "Price", "Stock"), ("Valve", "12.50", "40"), ("Seal", "3.20", "7"), ("Hose", "8.00", "112")]
CODES = [("Code", "Meaning"), ("E01", "Clock lost"), ("E04", "No display"), ("E08", "No reader")]


def printed(rows: Sequence[Sequence[str]], gap: float = 14, bold: bool = False) -> list[Row]:
    """Rows as they are on a page, each cell where its column begins; an empty cell has no piece."""
    return [
        [
            piece(text, 70 + 150 * column, 700 - gap * number, letter=4, bold=bold and number == 0)
            for column, text in enumerate(row)
            if text
        ]
        for number, row in enumerate(rows)
    ]


def found(rows: Sequence[Row]) -> list[str]:
    """The text of each table, and of each row that is in none."""
    return [
        part.text if isinstance(part, Table) else " ".join(one.text for one in part) for part in aligned(rows)
    ]  # fmt: skip


def test_rows_that_are_lined_up_are_a_table_with_heads_over_its_numbers() -> None:
    assert found(printed(PRICES)) == [
        "Part: Valve · Price: 12.50 · Stock: 40\nPart: Seal · Price: 3.20 · Stock: 7\n"
        "Part: Hose · Price: 8.00 · Stock: 112"
    ]


def test_bold_heads_name_columns_of_words_and_plain_ones_do_not() -> None:
    assert found(printed(CODES, bold=True)) == [
        "Code: E01 · Meaning: Clock lost\nCode: E04 · Meaning: No display\nCode: E08 · Meaning: No reader"
    ]
    assert found(printed(CODES))[0].startswith("Code | Meaning\nE01 | Clock lost")


def test_numbers_in_the_first_row_are_no_heads() -> None:
    assert found(printed([("2", "14", "7"), *PRICES[1:]]))[0].startswith("2 | 14 | 7\nValve | 12.50 | 40")


def test_two_heads_that_are_the_same_are_no_heads() -> None:
    assert found(printed([("Part", "Price", "Price"), *PRICES[1:]]))[0].startswith("Part | Price | Price\n")


def test_a_form_with_bold_names_beside_its_values_has_no_heads() -> None:
    rows = printed([("Number", "Seven"), ("Floor", "2"), ("Room", "14"), ("Desk", "3")])
    rows[0][0] = piece("Number", 70, 700, bold=True)
    assert found(rows)[0].startswith("Number | Seven\nFloor | 2")


def test_an_empty_cell_shifts_nothing() -> None:
    rows = found(printed([*PRICES, ("Foot", "", "4"), ("Lid", "2.00", "")]))[0].split("\n")
    assert rows[-2:] == ["Part: Foot · Stock: 4", "Part: Lid · Price: 2.00"]


def test_columns_may_share_their_right_edge_only() -> None:
    rows = printed(PRICES)
    for row in rows:
        row[1:] = [
            Line(p.text, 270 + 90 * n - 5 * len(p.text), p.bottom, 270 + 90 * n, p.top) for n, p in enumerate(row[1:])
        ]
    assert found(rows)[0].startswith("Part: Valve · Price: 12.50")


def test_text_around_a_table_stays_apart_from_it() -> None:
    before = [[piece("This is a line of running text that is above the table.", 70, 730)]]
    after = [[piece("And so is this one, below it, after some space.", 70, 600)]]
    parts = found([*before, *printed(PRICES), *after])
    assert (parts[0], parts[2], len(parts)) == (before[0][0].text, after[0][0].text, 3)


def test_a_sentence_close_below_a_row_ends_the_table() -> None:
    sentence = [piece("This sentence explains the numbers of the rows above it.", 70, 700 - 4 * 14)]
    rows = printed(PRICES)
    parts = found([*rows, sentence, *[[piece(p.text, p.left, p.top - 70) for p in row] for row in rows]])
    assert parts[1] == sentence[0].text
    assert len(parts) == 3


def test_a_short_title_over_the_columns_is_in_no_column() -> None:
    parts = found([[piece("Spare parts", 70, 713)], *printed(PRICES)])
    assert parts[0] == "Spare parts"
    assert parts[1].startswith("Part: Valve")


def test_an_exponent_is_no_column_of_its_own() -> None:
    rows = printed([("Room", "Area"), ("Hall", "12 m"), ("Attic", "9 m"), ("Cellar", "30 m")])
    for row in rows[1:]:
        row.append(piece("2", row[-1].right, row[-1].top + 2, height=6))
    assert found(rows) == ["Room: Hall · Area: 12 m2\nRoom: Attic · Area: 9 m2\nRoom: Cellar · Area: 30 m2"]


def test_a_word_that_is_broken_in_a_cell_is_whole() -> None:
    rows = [*CODES, ("E09", "No informa\x02"), ("", "tion"), ("E10", "No key")]
    assert found(printed(rows, bold=True))[0].endswith(
        "\nCode: E09 · Meaning: No information\nCode: E10 · Meaning: No key"
    )


NO_TABLES = {
    "a numbered list": [(f"{number}.", f"Step number {'x' * number}") for number in range(1, 6)],
    "a contents page": [("Milk", "3"), ("Foam", "7"), ("Tea", "7"), ("Water", "12")],
    "a contents page with dots": [(f"Chapter {'x' * n} . . . . . .", f"about {n}") for n in range(4)],
    "two rows": PRICES[:2],
    "long texts beside each other": [("a long text in a column of a page", "and another long text that is beside it")]
    * 5,
}


@pytest.mark.parametrize("rows", NO_TABLES.values(), ids=NO_TABLES)
def test_what_only_looks_like_a_table_stays_as_it_is(rows: list[tuple[str, ...]]) -> None:
    assert found(printed(rows)) == [" ".join(row) for row in rows]


def test_rows_far_apart_or_out_of_line_are_no_table() -> None:
    assert found(printed(PRICES, gap=60)) == [" ".join(row) for row in PRICES]
    slanting = [[piece(p.text, p.left + 25 * number, p.top) for p in row] for number, row in enumerate(printed(PRICES))]
    assert found(slanting) == [" ".join(row) for row in PRICES]


def test_a_table_knows_where_it_is() -> None:
    (one,) = aligned(printed(PRICES))
    assert isinstance(one, Table)
    assert (one.left, one.bottom, one.right, one.top) == (70, 700 - 3 * 14 - 11, 390, 700)


def test_every_piece_goes_into_its_cell_in_the_order_of_reading() -> None:
    cell = [piece("for the tank", 75, 686), piece("Drain hose", 75, 700)]
    made = table([[cell, [piece("5.10", 200, 700)]], [[], [piece("x", 200, 660)]]])
    assert made.cells == (("Drain hose for the tank", "5.10"), ("", "x"))


def test_cells_between_rules_are_a_table_only_where_they_look_like_one() -> None:
    row = [[piece("Valve", 75, 700)], [piece("12.50", 200, 700)]]
    assert is_plausible([row, row])
    assert not is_plausible([row])
    assert not is_plausible([row, [[piece("A note over the whole width", 75, 680)], []]])
    assert not is_plausible([row, [[piece("word " * 130, 75, 680)], [piece("1", 200, 680)]]])
    form = [piece("Name", 75, 680), piece("Date", 150, 680)]
    assert not is_plausible([row, row, [form, [piece("1", 300, 680)]]])
