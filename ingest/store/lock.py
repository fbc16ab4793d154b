"""The lock of a library's folder: one process at a time has it open."""

from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import LibraryInUse, LibraryUnavailable
from ingest.store.durable import make_folder

# In seconds. A process that was killed while it started a child shares the lock with it for a moment longer.
_PATIENCE, _BETWEEN = 1.0, 0.05


def lock_folder(folder: Path) -> FileLock:
    """The lock, which is held until it is released. Raises LibraryInUse where another process has it."""
    make_folder(folder)
    try:
        lock = FileLock(folder / "lock", thread_local=False)
        lock.acquire(timeout=_PATIENCE, poll_interval=_BETWEEN)
    except Timeout as error:
        raise LibraryInUse(
            f"The library in {folder} is in use: Pinpoint is already running on it. "
            "Use that one, stop it first, or set PINPOINT_LIBRARY to another folder."
        ) from error
    except OSError as error:
        raise LibraryUnavailable(
            f"The library's folder {folder} cannot be created or written to. Set PINPOINT_LIBRARY to another folder."
        ) from error
    return lock
