"""The newest backup that was made on a page: one file in the library's folder, made in the background."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ingest.backup.background import Background
from ingest.backup.write import UNFORESEEN, write_backup
from ingest.store.durable import make_folder
from ingest.store.library import Library
from ingest.store.switch import BACKUPS


class BackupKeeper(Background):
    """Makes a backup when it is asked for, and keeps the newest one. Safe for several threads."""

    def __init__(self, library: Library) -> None:
        """Clear away what an interrupted process left half written."""
        super().__init__(UNFORESEEN)
        self._library = library
        self._folder = library.database.folder / BACKUPS
        for path in self._folder.glob(".*") if self._folder.is_dir() else ():
            with suppress(OSError):  # a folder of the database's copy is empty or goes with the next backup
                path.unlink()

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
        if self._claim():
            self._start_thread("backup", self._make)

    def delete(self) -> None:
        """Delete what was made. Raises OSError."""
        for path in self._folder.glob("pinpoint-*.zip"):
            path.unlink()

    def _make(self, progress: Callable[[int, int], None]) -> None:
        make_folder(self._folder)
        older = list(self._folder.glob("pinpoint-*.zip"))
        write_backup(self._library, self._folder / f"pinpoint-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.zip", progress)
        for path in older:
            with suppress(OSError):  # it goes with the next backup
                path.unlink()
