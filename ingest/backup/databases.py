"""Two looks at databases without opening a library: whether a backup's is one of ours, and whether a folder is new."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from ingest.errors import CannotRead
from ingest.store.migrations import MIGRATIONS

logger = logging.getLogger(__name__)

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


def check_database(path: Path) -> None:
    """Raise CannotRead where a file is not a whole database with exactly our tables, triggers and indexes."""
    try:
        with closing(_opened(path)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            is_newer = version > len(MIGRATIONS)
            if not is_newer and (
                version < 1
                or connection.execute(_SCHEMA).fetchall() != _our_schema(version)
                or connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",)
            ):
                raise sqlite3.DatabaseError("not a database of ours")
    except sqlite3.Error as error:
        logger.info("the database of a backup was refused", exc_info=True)
        raise CannotRead(
            "The database in this backup is damaged or was not made by Pinpoint. Nothing was changed. Use another copy "
            "of the backup."
        ) from error
    if is_newer:
        raise CannotRead(
            "This backup was made by a newer version of Pinpoint. Restore it with that version. Nothing was changed."
        )


def is_untouched(folder: Path) -> bool:
    """Whether a library's folder holds nothing of anybody; False where that cannot be told."""
    files = folder / "files"
    if files.is_dir() and any(files.iterdir()):
        return False
    try:
        return _has_no_row(
            folder / "pinpoint.db", ("jobs", "conversations", "judgements", "trash", "kept_files", "people")
        ) and _has_no_row(folder / "chroma" / "chroma.sqlite3", ("embeddings",))
    except sqlite3.Error:
        return False


def _has_no_row(path: Path, tables: tuple[str, ...]) -> bool:
    if not path.exists():
        return True
    with closing(_opened(path)) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return not any(
            connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608 (names of ours)
            for table in tables
            if table in there
        )


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _our_schema(version: int) -> list[tuple[str, ...]]:
    """What the migrations make of an empty database."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                connection.execute(statement)
        return connection.execute(_SCHEMA).fetchall()
