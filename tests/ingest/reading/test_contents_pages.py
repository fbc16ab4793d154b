"""A table of contents is known by its lines, and a list of prices is none."""

import pytest

from ingest.reading.contents_pages import is_contents

CONTENTS = [
    ("1 Boats 3\n\n1.1 Rowing boats 3\n1.2 Sailing boats 5\n\n2 Prices 9", None),
    ("Boats ........ 3\nPrices ....... 9\nHow to get here .. 12", None),
    ("Boats . . . . . . iv\nPrices . . . . . . 9\nHow to get here . . . 12", None),
    ("Contents\n\nBoats 3\nPrices 9\nHow to get here 12", None),
    ("Boote 3\nPreise 9\nAnfahrt 12", "Hafenbuch > Inhalt"),
    ("5.2 Tides . . . . . . 31", None),
    ("Tides . . . . . . 31", "Contents"),
    ("Chapter 1 Boats 3\nChapter 2 Prices 9\nAppendix A Tides 12", None),
]
NO_CONTENTS = [
    ("Tea 2\nCoffee 3\nCake 5\nSoup 7", "Prices"),
    ("1 Open the lid 3\n2 Fill in 1\n3 Wait 2", None),
    ("Contents\n\nThe box has a boat, two oars and a rope of 10 metres.", None),
    ("Boats ........ 3\n\nA boat is hired by the hour, and each hour begins anew.\nIt is paid for at the pier.", None),
    ("Pier: North · Berths: 14\nPier: South · Berths: 20\nPier: West · Berths: 31", None),
    ("Price of a berth ........ 31", None),
    ("4 cups of water for 12", None),
    ("", None),
    ("x" * 5000, None),
    ("." * 5000, None),
    (". " * 3000 + "\n" + " " * 3000, None),
]


@pytest.mark.parametrize(("text", "heading"), CONTENTS)
def test_a_table_of_contents(text: str, heading: str | None) -> None:
    assert is_contents(text, heading)


@pytest.mark.parametrize(("text", "heading"), NO_CONTENTS, ids=lambda value: str(value)[:20])
def test_what_only_looks_alike(text: str, heading: str | None) -> None:
    assert not is_contents(text, heading)
