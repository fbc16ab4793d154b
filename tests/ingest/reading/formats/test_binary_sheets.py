"""Binary Excel workbooks: their sheets and rows like those of other workbooks."""

from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.read import read
from ingest.reading.table_rows import cells_name
from ingest.settings import Settings
from tests.ingest.reading.mutations import members, zipped
from tests.ingest.reading.xlsb import Formatted, Row, Rows, styles_part, xlsb

DEFAULTS = Settings(_env_file=None)


def test_a_binary_workbook_is_read_by_sheet_and_row(tmp_path: Path) -> None:
    path = xlsb(
        tmp_path / "a.xlsb",
        {
            "Boats": [["Boat", "Price"], ["Kestrel", 90.5], ["Plover", 12.0]],
            "Keys": [["Door", "Open"], ["North", True]],
        },
        hidden=("Keys",),
    )
    reading = read(path, path.name, DEFAULTS)
    assert (reading.type, reading.pages) == ("Excel binary", 2)
    assert [(part.page, part.heading, part.text) for part in reading.sections] == [
        (1, "Boats", "Boat: Kestrel · Price: 90.5\nBoat: Plover · Price: 12"),
        (2, "Keys (hidden sheet)", "Door: North · Open: TRUE"),
    ]


def test_cells_are_read_as_excel_shows_them(tmp_path: Path) -> None:
    heads = ["Boat", "Number", "Price", "Share", "Built", "Seen", "Hours", "Fee", "Length"]
    row: Row = [
        "Kestrel",
        Formatted(42, "0000"),
        Formatted(1234.5, "#,##0.00 [$€-407]"),
        Formatted(0.256, "0.0%"),
        Formatted(45415, "d mmmm yyyy"),
        Formatted(45415.75, 22),
        Formatted(1.1354166666666667, "[h]:mm"),
        Formatted(-56701.03, '"$"#,##0.00_);("$"#,##0.00)'),
        7.5,
    ]
    reading = read(xlsb(tmp_path / "a.xlsb", {"Boats": [heads, row]}), "a.xlsb", DEFAULTS)
    assert (reading.sections[0].text, reading.not_read) == (
        "Boat: Kestrel · Number: 0042 · Price: 1,234.50 € · Share: 25.6% · Built: 3 May 2024 · "
        "Seen: 2024-05-03 18:00 · Hours: 27:15 · Fee: ($56,701.03) · Length: 7.5",
        (),
    )


def test_a_format_belongs_to_its_cell_wherever_the_cells_begin(tmp_path: Path) -> None:
    boats: Rows = [
        [],
        [],
        [None, None, "Boat", "Share"],
        [None, None, "Kestrel", Formatted(0.5, 9)],
        [None, None, "Plover", 0.5],
    ]
    keys: Rows = [["Door", Formatted(7, "000")], [], ["Gate", Formatted(7, "00")]]
    reading = read(xlsb(tmp_path / "a.xlsb", {"Boats": boats, "Keys": keys}), "a.xlsb", DEFAULTS)
    assert [(part.text, cells_name(part.cells)) for part in reading.sections] == [
        ("Boat: Kestrel · Share: 50%\nBoat: Plover · Share: 0.5", "C4:D5"),
        ("Door | 007\n\nGate | 07", "A1:B3"),
    ]


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    rows: Rows = [["Built", "Month"], [Formatted(43953, "yyyy-mm-dd"), Formatted(43953, "[$-409]mmmm yyyy")]]
    reading = read(xlsb(tmp_path / "a.xlsb", {"Boats": rows}, from_1904=True), "a.xlsb", DEFAULTS)
    assert reading.sections[0].text == "Built: 2024-05-03 · Month: May 2024"


def test_formats_that_are_not_to_be_found_are_named_and_the_values_read(tmp_path: Path) -> None:
    rows: Rows = [["Boat", "Share"], ["Kestrel", Formatted(0.5, 9)]]
    path = xlsb(tmp_path / "a.xlsb", {"Boats": rows})
    path.write_bytes(zipped(members(path.read_bytes()) | {"xl/styles.bin": styles_part([])}))
    reading = read(path, path.name, DEFAULTS)
    assert reading.sections[0].text == "Boat: Kestrel · Share: 0.5"
    assert reading.not_read == (NotRead("number format"),)


def test_a_damaged_binary_workbook_is_refused(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", {"Boats": [["Boat", "Price"]]})
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(CannotRead, match="This Excel workbook is damaged"):
        read(path, path.name, DEFAULTS)
