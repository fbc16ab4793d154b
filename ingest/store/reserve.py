"""A little room on the disk, kept for the day on which it is full: removing and asking must still be possible then.

A file of some megabytes lies in the library's folder. Where hardly any room is left, it is deleted before something is
written; it is made again when there is room. Adding stops before, so that only other programs can fill the disk.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path

from ingest.errors import LibraryUnavailable
from ingest.store.durable import free_bytes
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

FILE = "reserve"
_SIZE = 16 * MEGABYTE
_LEAST = 2 * MEGABYTE  # with less, the store is not asked to write
_LOW = 6 * MEGABYTE  # what the logs of the two databases may take before they are emptied


class Reserve:
    """The reserve of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / FILE

    def keep(self) -> None:
        """Have the file where there is room for it."""
        with suppress(OSError):
            if self._path.exists() or free_bytes(self._folder) < 2 * _SIZE + _LOW:
                return
            try:
                with self._path.open("xb") as file:
                    _allocate(file.fileno())
            except OSError:
                self._path.unlink(missing_ok=True)

    def give_up_where_full(self) -> None:
        """Delete the file where hardly any room is left on the disk."""
        with suppress(OSError):
            if free_bytes(self._folder) < _LOW and self._path.exists():
                self._path.unlink()
                logger.warning("the disk is full: the room that was kept for this was given up")

    def check(self) -> None:
        """Raise LibraryUnavailable where the disk is full, the reserve included."""
        self.give_up_where_full()
        if free_bytes(self._folder) < _LEAST:
            raise LibraryUnavailable(
                "The disk is full, so nothing can be changed in the library. Make room, then try again; all that is in "
                "it is still there."
            )


def _allocate(descriptor: int) -> None:
    """Take the room on the disk, not only the name."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, _SIZE)
    else:  # macOS
        for _ in range(0, _SIZE, MEGABYTE):
            os.write(descriptor, os.urandom(MEGABYTE))
