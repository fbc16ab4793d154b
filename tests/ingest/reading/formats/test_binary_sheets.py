"""Binary Excel workbooks: their sheets and rows like those of other workbooks."""

from pathlib import Path

import pytest

from ingest.errors import CannotRead
from ingest.reading.read import read
from ingest.settings import Settings
from tests.ingest.reading.xlsb import xlsb

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


def test_a_damaged_binary_workbook_is_refused(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "a.xlsb", {"Boats": [["Boat", "Price"]]})
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(CannotRead, match="This Excel workbook is damaged"):
        read(path, path.name, DEFAULTS)
