"""A library's database: jobs, conversations and judgements, in one SQLite file through SQLAlchemy.

What is written stands after a power cut: the write-ahead log is synced at every commit. Tables are made and changed by
numbered migrations only.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, inspect, select, update
from sqlalchemy.exc import DatabaseError

from ingest.errors import LibraryUnavailable
from ingest.store.migrations import MIGRATIONS
from ingest.store.tables import SCHEMA

FILE = "pinpoint.db"
_BUSY_SECONDS = 30


class Database:
    """The database of one library folder. Safe for several threads.

    Args:
        folder: The library's folder, which is made where it is missing.

    Raises:
        LibraryUnavailable: The file cannot be opened, is damaged, or was written by a newer Pinpoint.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     database = Database(Path(folder))
        ...     with database.begin() as connection:
        ...         version = connection.scalar(select(SCHEMA.c.version))
        ...     database.close()
        >>> version == len(MIGRATIONS)
        True
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryUnavailable(
                f"The folder {folder} cannot be created. Set PINPOINT_LIBRARY to a folder that can be written to."
            ) from error
        self._engine = create_engine(
            f"sqlite:///{self._path}", connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False}
        )
        event.listen(self._engine, "connect", _set_up_connection)
        event.listen(self._engine, "begin", _begin_to_write)
        try:
            self._migrate()
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: all that is done in it is kept, or nothing of it.

        Yields:
            The connection to run statements on.

        Raises:
            LibraryUnavailable: The disk is full or cannot be written to, or the file is damaged.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise LibraryUnavailable(
                f"The file {self._path} cannot be read or written: {error.orig}. Free some space on the disk and see "
                "to it that the file can be written to, then try again."
            ) from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self.begin() as connection:
            version = self._version(connection)
            if version > len(MIGRATIONS):
                raise LibraryUnavailable(
                    f"The library in {self._path.parent} was made by a newer Pinpoint. Install that version, or set "
                    "PINPOINT_LIBRARY to another folder."
                )
            for migrate in MIGRATIONS[version:]:
                migrate(connection)
            if version == 0:
                connection.execute(SCHEMA.insert().values(version=len(MIGRATIONS)))
            else:
                connection.execute(update(SCHEMA).values(version=len(MIGRATIONS)))

    def _version(self, connection: Connection) -> int:
        """The number of the last migration; 0 for a new file."""
        if not inspect(connection).has_table(SCHEMA.name):
            return 0
        return connection.scalar(select(SCHEMA.c.version)) or 0


def _set_up_connection(connection: sqlite3.Connection, _: Any) -> None:  # noqa: ANN401 (SQLAlchemy's own record)
    connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_to_write(connection: Connection) -> None:
    # Take the right to write at once: two readers that both want to write later would refuse each other.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
