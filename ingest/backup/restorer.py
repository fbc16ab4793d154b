"""A backup that somebody puts back on a page: made ready in the background, in its place at the next start."""

import logging
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from ingest.backup.manifest import Manifest
from ingest.backup.restore import restore_at_next_start
from ingest.errors import LibraryUnavailable, PinpointError
from ingest.settings import Settings
from ingest.store.durable import make_folder
from ingest.store.switch import BACKUPS, discard_switch

logger = logging.getLogger(__name__)

_UNFORESEEN = "Something unexpected went wrong with this backup. Nothing was changed. Use another copy of it."
_NOT_KEPT = "The disk is full, or the library's folder cannot be written to. Nothing was changed. Make room first."


class BackupRestorer:
    """Makes a backup ready to be restored when it is asked to. The open library goes on. Safe for several threads."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is ready: what an earlier process made ready took its place when the library was opened."""
        self._settings = settings
        self._folder = settings.library / BACKUPS
        self._changing = threading.Lock()
        self._progress: tuple[int, int] | None = None
        self._error: str | None = None
        self._ready: Manifest | None = None

    @property
    def progress(self) -> tuple[int, int] | None:
        """How many documents are ready, and of how many; None where no backup is being made ready."""
        return self._progress

    @property
    def error(self) -> str | None:
        """The sentence why the last one cannot be restored."""
        return self._error

    @property
    def ready(self) -> Manifest | None:
        """What takes the library's place at the next start; None where nothing does."""
        return self._ready

    def start(self, content: bytes | memoryview) -> None:
        """Begin with the bytes of a backup; nothing where another one is being made ready.

        Raises LibraryUnavailable where they cannot be kept.
        """
        with self._changing:
            if self._progress is not None:
                return
            self._progress, self._error, self._ready = (0, 0), None, None
        path = self._folder / f".restoring-{secrets.token_hex(4)}.zip"  # the next start deletes what is left
        try:
            self._keep(path, content)
        except BaseException:
            self._progress = None
            raise
        threading.Thread(target=self._make_ready, args=[path], name="restore", daemon=True).start()

    def _keep(self, path: Path, content: bytes | memoryview) -> None:
        make_folder(self._folder)
        try:
            path.write_bytes(content)
        except OSError as error:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise LibraryUnavailable(_NOT_KEPT) from error

    def cancel(self) -> None:
        """Leave the library as it is. Raises OSError."""
        with self._changing:
            if self._progress is None:
                discard_switch(self._settings.library)
                self._ready = None

    def _make_ready(self, path: Path) -> None:
        try:
            self._ready = restore_at_next_start(path, self._settings, self._told)
        except PinpointError as error:
            self._error = str(error).replace(str(path), "This file")
        except Exception:  # the edge of a thread: whoever asked must not wait for ever
            logger.exception("a backup could not be made ready")
            self._error = _UNFORESEEN
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            self._progress = None

    def _told(self, done: int, total: int) -> None:
        self._progress = done, total
