"""The record: who added, removed, restored, signed in or failed to, and changed people. Only lines are added to it.

A line is written before what it says is done, so that no crash loses it, and taken back where that fails.

It holds names of files and people, never a document's text or a question.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select

from ingest.cells import safe_cell
from ingest.store.database import Database
from ingest.store.tables import RECORD

_MOST_CHARACTERS = 300  # of a name


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when, who, what was done, to what, and the network address it came from."""

    at: datetime
    person: str
    action: str
    what: str
    address: str


class Record:
    """The record of one database. Every method raises LibraryUnavailable where the database fails."""

    def __init__(self, database: Database, days: int) -> None:
        """Use the database's table; lines older than `days` are deleted."""
        self._database, self._days = database, days
        self.tidy()

    def tidy(self) -> None:
        """Delete what is older than it is kept."""
        oldest = (datetime.now(UTC) - timedelta(days=self._days)).isoformat()
        with self._database.write() as connection:
            connection.execute(delete(RECORD).where(RECORD.c.at < oldest))

    def write(self, person: str, action: str, what: str = "", address: str = "") -> int:
        """Add a line. Returns its number."""
        values = {"person": person, "action": action, "what": what[:_MOST_CHARACTERS], "address": address}
        with self._database.write() as connection:
            line = insert(RECORD).values(at=datetime.now(UTC).isoformat(timespec="seconds"), **values)
            return int(connection.execute(line.returning(RECORD.c.number)).scalar_one())

    def take_back(self, number: int) -> None:
        """Delete a line on something that failed and so was not done."""
        with self._database.write() as connection:
            connection.execute(delete(RECORD).where(RECORD.c.number == number))

    @contextmanager
    def doing(self, person: str, action: str, what: str = "", address: str = "") -> Iterator[None]:
        """Write down what is done meanwhile, before it is done; where that fails, the line is taken back."""
        line = self.write(person, action, what, address)
        try:
            yield
        except Exception:
            self.take_back(line)
            raise

    def __len__(self) -> int:
        """How many lines there are."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(RECORD)).scalar_one())

    def entries(self, start: int = 0, count: int | None = None) -> Sequence[Entry]:
        """The lines, newest first, from the `start`-th on."""
        chosen = select(RECORD).order_by(RECORD.c.number.desc()).offset(start)
        with self._database.read() as connection:
            rows = connection.execute(chosen if count is None else chosen.limit(count)).all()
        return [Entry(datetime.fromisoformat(row.at), row.person, row.action, row.what, row.address) for row in rows]

    def as_csv(self) -> str:
        """The whole record as a table in which no cell is a formula, whatever separates a list on that machine."""
        written = io.StringIO(newline="")
        table = csv.writer(written, quoting=csv.QUOTE_ALL)
        table.writerow(["when", "who", "did", "what", "from"])
        for entry in self.entries():
            cells = (entry.at.isoformat(), entry.person, entry.action, entry.what, entry.address)
            table.writerow([safe_cell(" ".join(cell.split())) for cell in cells])
        return written.getvalue()
