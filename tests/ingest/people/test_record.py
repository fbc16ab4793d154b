"""The record is only added to, is deleted with age, and is safe in every spreadsheet."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from ingest import Database, Record
from ingest.store.tables import RECORD

FORMULA = re.compile(r"""[\s"']*[=+\-@＝＋－＠]""")


def test_lines_come_newest_first_and_old_ones_are_deleted(database: Database) -> None:
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat()
    with database.write() as connection:
        line = {"person": "mia", "action": "added", "what": "old.txt", "address": ""}
        connection.execute(insert(RECORD).values(at=old, **line))
    record = Record(database, 30)
    record.write("mia", "added", "x" * 5000)
    record.write("tom", "removed", "b.txt", "192.0.2.7")
    assert [(each.person, each.action, each.what[:5]) for each in record.entries()] == [
        ("tom", "removed", "b.txt"),
        ("mia", "added", "xxxxx"),
    ]
    assert len(record) == 2
    assert len(record.entries(1, 1)[0].what) == 300


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A0", "Boiler code 7;=cmd", 'a";=1', "x,\t@SUM(1)", "\n+1", "＝1"])
def test_no_name_is_a_formula_whatever_separates_a_list(database: Database, name: str) -> None:
    record = Record(database, 30)
    record.write(name, "added", name)
    for separator in ",;\t|":
        rows = list(csv.reader(io.StringIO(record.as_csv()), delimiter=separator))
        assert len(rows) == 2
        assert not [cell for row in rows for cell in row if is_formula(cell)]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may take this for a formula: a leading quote says that it is none."""
    bare = cell.strip().strip('"')
    return bool(FORMULA.match(bare)) and not bare.lstrip().startswith("'")
