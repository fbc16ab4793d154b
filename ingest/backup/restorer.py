"""A backup that somebody puts back on a page: made ready in the background, in its place at the next start."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ingest.backup.background import Background
from ingest.backup.manifest import Manifest
from ingest.backup.restore import restore_at_next_start
from ingest.errors import LibraryUnavailable, PinpointError
from ingest.settings import Settings
from ingest.store.durable import make_folder
from ingest.store.switch import BACKUPS, discard_switch

_UNFORESEEN = "Something unexpected went wrong with this backup. Nothing was changed. Use another copy of it."
_NOT_KEPT = "The disk is full, or the library's folder cannot be written to. Nothing was changed. Make room first."


class BackupRestorer(Background):
    """Makes a backup ready to be restored when it is asked to. The open library goes on. Safe for several threads."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is ready: what an earlier process made ready took its place when the library was opened."""
        super().__init__(_UNFORESEEN)
        self._settings = settings
        self._folder = settings.library / BACKUPS
        self._ready: Manifest | None = None

    @property
    def ready(self) -> Manifest | None:
        """What takes the library's place at the next start; None where nothing does."""
        return self._ready

    def start(self, content: bytes | memoryview) -> None:
        """Begin with the bytes of a backup; nothing where another one is being made ready.

        Raises LibraryUnavailable where they cannot be kept.
        """
        if not self._claim():
            return
        self._ready = None
        path = self._folder / f".restoring-{secrets.token_hex(4)}.zip"  # the next start deletes what is left
        try:
            self._keep(path, content)
        except BaseException:
            self._give_up()
            raise
        self._start_thread("restore", lambda progress: self._make_ready(path, progress))

    def _keep(self, path: Path, content: bytes | memoryview) -> None:
        make_folder(self._folder)
        try:
            path.write_bytes(content)
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise LibraryUnavailable(_NOT_KEPT) from error

    def cancel(self) -> None:
        """Leave the library as it is; nothing while a backup is being made ready. Raises OSError."""
        if not self._claim():
            return
        try:
            discard_switch(self._settings.library)
            self._ready = None
        finally:
            self._give_up()

    def _make_ready(self, path: Path, progress: Callable[[int, int], None]) -> None:
        try:
            self._ready = restore_at_next_start(path, self._settings, progress)
        except PinpointError as error:
            raise type(error)(str(error).replace(str(path), "This file")) from error
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)
