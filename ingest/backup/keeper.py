"""The newest backup that was made on a page: one file in the library's folder, made in the background."""

import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ingest.backup.write import made_or_why
from ingest.errors import LibraryUnavailable
from ingest.store.durable import make_folder
from ingest.store.library import Library
from ingest.store.switch import BACKUPS


class BackupKeeper:
    """Makes a backup when it is asked for, and keeps the newest one. Safe for several threads."""

    def __init__(self, library: Library) -> None:
        """Clear away what an interrupted process left half written."""
        self._library = library
        self._folder = library.database.folder / BACKUPS
        self._changing = threading.Lock()
        self._progress: tuple[int, int] | None = None
        self._error: str | None = None
        for path in self._folder.glob(".*") if self._folder.is_dir() else ():
            with suppress(OSError):  # a folder of the database's copy is empty or goes with the next backup
                path.unlink()

    @property
    def progress(self) -> tuple[int, int] | None:
        """How many documents are written, and of how many; None where no backup is being made."""
        return self._progress

    @property
    def error(self) -> str | None:
        """The sentence why the last one could not be made."""
        return self._error

    def newest(self) -> Path | None:
        """The file of the newest backup; None where none was made."""
        with suppress(OSError):
            made = sorted(self._folder.glob("pinpoint-*.zip"))
            return made[-1] if made else None
        return None

    def download(self) -> Path | None:
        """The newest backup, for somebody who takes it along: an action of its own in the record."""
        return self.newest()

    def start(self) -> None:
        """Begin a backup; nothing where one is being made."""
        with self._changing:
            if self._progress is not None:
                return
            self._progress, self._error = (0, 0), None
        threading.Thread(target=self._make, name="backup", daemon=True).start()

    def delete(self) -> None:
        """Delete what was made. Raises OSError."""
        for path in self._folder.glob("pinpoint-*.zip"):
            path.unlink()

    def _make(self) -> None:
        try:
            make_folder(self._folder)
            older = list(self._folder.glob("pinpoint-*.zip"))
            path = self._folder / f"pinpoint-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.zip"
            made = made_or_why(self._library, path, self._told)
            self._error = made if isinstance(made, str) else None
            for path in older if self._error is None else ():
                with suppress(OSError):  # it goes with the next backup
                    path.unlink()
        except LibraryUnavailable as error:
            self._error = str(error)
        finally:
            self._progress = None

    def _told(self, done: int, total: int) -> None:
        self._progress = done, total
