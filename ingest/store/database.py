"""The database of a library: one SQLite file, opened once a process. It knows no table; `migrations.py` makes them.

What is committed is on the disk and stands after a power cut; what is deleted is overwritten. It never drops what it
cannot read: a damaged file or one of a newer version is left as it is and refused with a sentence.
"""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ingest.closing import Closing
from ingest.errors import LibraryUnavailable
from ingest.store.durable import make_folder
from ingest.store.migrations import MIGRATIONS, migrate, version_of
from ingest.store.reserve import Reserve

logger = logging.getLogger(__name__)

FILE = "pinpoint.db"

_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
_BEGIN = "pinpoint_begin"  # an execution option: the statement that a transaction begins with
_FULL = (
    "The disk is full or the library's database cannot be written to. Make room, then try again; what was kept before "
    "is still there."
)
_BUSY = "The library's database is in use by another program. Try again in a moment."


class Database(Closing):
    """The database of one library folder, which is made where it is not there. Safe for several threads.

    Args:
        folder: The library's folder.
        patience: How many seconds to wait for a lock that another thread or program holds.

    Raises:
        LibraryUnavailable: Where the file cannot be opened, is damaged, is no database or is of a newer version.
            `write` and `read` raise it too, also where the disk is full or another program holds the database.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Database(Path(folder)) as database:
        ...     with database.read() as connection:
        ...         connection.exec_driver_sql("SELECT count(*) FROM judgements").scalar_one()
        0
    """

    def __init__(self, folder: Path, patience: float = 30) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._patience = patience
        self.reserve = Reserve(folder)
        self._writing = threading.Lock()
        self.revision = 0  # changes with every transaction that was committed here
        make_folder(folder)
        self._engine = create_engine(
            URL.create("sqlite", database=str(self.path.absolute())),
            connect_args={"timeout": patience, "isolation_level": None, "check_same_thread": False},
            pool_timeout=patience,
        )
        event.listen(self._engine, "connect", _set_pragmas)
        event.listen(self._engine, "begin", _begin)
        try:
            self._check()
            self._migrate()
            self.empty_log()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close every connection. The write-ahead log is then part of the file."""
        self._engine.dispose()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write: committed at the end of the block, rolled back where the block raises.

        One at a time; others wait, so a block never begins another one.
        """
        self.reserve.give_up_where_full()
        if not self._writing.acquire(timeout=self._patience):
            raise LibraryUnavailable(_BUSY)
        try:
            with self._transaction("BEGIN IMMEDIATE") as connection:
                yield connection
            self.revision += 1
        finally:
            self._writing.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that reads: it sees one state of the database, and no writer waits for it."""
        with self._transaction("BEGIN") as connection:
            yield connection

    def copy(self, path: Path) -> None:
        """Write the database as it is now to a new file, while it is used. Raises LibraryUnavailable."""
        with self._sentences(), self._engine.connect() as connection, closing(sqlite3.connect(path)) as copied:
            source = connection.connection.driver_connection
            if isinstance(source, sqlite3.Connection):
                source.backup(copied)

    def empty_log(self) -> None:
        """Move what the write-ahead log holds into the file and empty the log, so that deleted text is in neither."""
        with self._sentences(), self._engine.connect() as connection:
            # Not through SQLAlchemy, which would begin a transaction: SQLite makes no checkpoint within one.
            cursor = connection.connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (is_busy, *_) = cursor.fetchall()[0]
            cursor.close()
        if is_busy:
            logger.warning("the write-ahead log could not be emptied: another program reads from it")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with (
            self._sentences(),
            self._engine.connect().execution_options(**{_BEGIN: begin}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Foreseen failures of SQLite become LibraryUnavailable; mistakes in statements stay as they are."""
        try:
            yield
        except PoolTimeout as error:
            raise LibraryUnavailable(_BUSY) from error
        except UnicodeDecodeError as error:  # of SQLite's own message, which quotes what is damaged
            raise LibraryUnavailable(self._damaged) from error
        except (DBAPIError, sqlite3.Error) as error:
            sentence = self._sentence(error.orig if isinstance(error, DBAPIError) else error)
            if sentence is None:
                raise
            raise LibraryUnavailable(sentence) from error

    def _sentence(self, error: BaseException | None) -> str | None:
        code = getattr(error, "sqlite_errorcode", None)
        match None if code is None else code & 0xFF:  # the low byte is the kind
            case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
                return _FULL
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
                return _BUSY
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return self._damaged
            case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_AUTH:
                return f"The file {self.path} cannot be opened for writing. Check who may write to it, then try again."
            case None if str(error).startswith("Could not decode to UTF-8"):  # Python's own finding in a row
                return self._damaged
            case _:
                return None

    @property
    def _damaged(self) -> str:
        return (
            f"The file {self.path} is damaged or is no database. Put a copy of it back, or save what can still be read "
            "of it with: python -m ingest repair."
        )

    def _check(self) -> None:
        """Raise LibraryUnavailable where the file is damaged, also where nothing would be read that is."""
        with self.read() as connection:
            if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() != "ok":
                raise LibraryUnavailable(self._damaged)

    def _migrate(self) -> None:
        """Run the migrations that are missing, each in a transaction of its own."""
        with self.read() as connection:
            version = version_of(connection)
        while version != len(MIGRATIONS):
            with self.write() as connection:
                version = version_of(connection)  # another process may have been faster
                if version > len(MIGRATIONS):
                    raise LibraryUnavailable(
                        f"The library in {self.folder} was used by a newer version of Pinpoint. Start that version, or "
                        "use another library folder."
                    )
                if version < len(MIGRATIONS):
                    migrate(connection, version)
                    version += 1


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql(options.get(_BEGIN, "BEGIN"))
