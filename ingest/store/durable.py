"""Writing so that it stands after a power cut: files and folders synced to the disk, and room seen to beforehand."""

import os
import shutil
from pathlib import Path

from ingest.errors import LibraryUnavailable
from ingest.units import MEGABYTE

LEAST_MEGABYTES = 16  # what adding leaves free, whatever is set


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file's content, whole or not at all. Raises OSError."""
    aside = path.with_name(f".{path.name}")
    try:
        aside.write_bytes(content)
        sync_file(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)  # on a full disk, what was begun takes no room
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder where it is not there. Raises LibraryUnavailable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryUnavailable(
            f"The folder {folder} cannot be made or written to. Set PINPOINT_LIBRARY to another folder."
        ) from error


def sync_file(path: Path) -> None:
    """See to it that a file's content has reached the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See to it that a folder's entries have reached the disk."""
    if os.name == "posix":  # Windows cannot open a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def free_bytes(folder: Path) -> int:
    """How much room is left on the disk of a folder, which need not be there yet."""
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    return shutil.disk_usage(existing).free


def check_room(folder: Path, reserve_megabytes: int, needed_bytes: int = 0) -> None:
    """Raise LibraryUnavailable where writing `needed_bytes` would leave less than the reserve free on the disk.

    Some megabytes always stay free, so that what was added can be removed again.
    """
    free, reserve_megabytes = free_bytes(folder), max(reserve_megabytes, LEAST_MEGABYTES)
    if free - needed_bytes < reserve_megabytes * MEGABYTE:
        raise LibraryUnavailable(
            f"The disk is almost full: {free / MEGABYTE:,.0f} MB are free, and {reserve_megabytes:,} MB must stay "
            "free. Free some space, then try again."
        )
