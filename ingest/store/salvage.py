"""A new database in the place of a damaged or missing one, with all rows that can still be read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import LibraryUnavailable
from ingest.store.database import FILE, Database
from ingest.store.lock import lock_folder
from ingest.store.tables import METADATA

_BESIDE = ("", "-wal", "-shm")  # the files of a SQLite database


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved: the number of rows by the name of their table, and where the damaged file is kept."""

    rows: dict[str, int]
    kept_as: Path | None


def salvage(folder: Path) -> Salvaged | None:
    """Mend the database of a library folder; None where it is sound.

    The damaged file is kept beside the new one. Raises LibraryUnavailable where the folder is in use, where the file
    is of a newer version or cannot be written to.
    """
    path = folder / FILE
    if not folder.exists():
        return None
    lock = lock_folder(folder)
    try:
        if path.exists() and path.stat().st_size and _is_sound(path):
            return None
        if not path.exists() and not (folder / "files").exists():
            return None
        return _made_anew(folder, path)
    finally:
        lock.release()


def _is_sound(path: Path) -> bool:
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    return False


def _made_anew(folder: Path, path: Path) -> Salvaged:
    aside: Path | None = None
    try:
        if path.exists():
            aside = folder / f"{FILE}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}"
            for beside in _BESIDE:
                with suppress(FileNotFoundError):
                    Path(f"{path}{beside}").replace(f"{aside}{beside}")
    except OSError as error:
        raise LibraryUnavailable(f"The file {path} cannot be moved. Check who may write to {folder}.") from error
    with Database(folder):
        pass
    rows = _copied(aside, path) if aside else {}
    with Database(folder):  # it is sound, and so is what was copied
        return Salvaged(rows, aside)


def _copied(damaged: Path, path: Path) -> dict[str, int]:
    """Copy every row that can be read from one database to another, and count them."""
    copied = {}
    with closing(sqlite3.connect(damaged)) as source, closing(sqlite3.connect(path)) as target:
        for table in METADATA.sorted_tables:
            columns = [column.name for column in table.columns]
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            into = f"INSERT OR IGNORE INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
            with suppress(sqlite3.Error), target:
                before = target.total_changes
                target.executemany(into, _readable(source, table.name, names))
                copied[table.name] = target.total_changes - before
    return copied


def _readable(source: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[object, ...]]:
    """The rows from the first on until one is damaged, then from the last on until one is."""
    for order in ("ASC", "DESC"):
        try:
            yield from source.execute(f"SELECT {names} FROM {table} ORDER BY rowid {order}")  # noqa: S608
        except sqlite3.Error:
            continue
        return
