"""Writing so that it stands after a power cut: files and folders synced to the disk, and room seen to beforehand."""

import os
import shutil
from pathlib import Path

from ingest.errors import LibraryUnavailable

_MEGABYTE = 1_000_000


def write_text(path: Path, text: str) -> None:
    """Replace a file's text, whole or not at all."""
    aside = path.with_name(f".{path.name}")
    aside.write_text(text, encoding="utf-8")
    sync_file(aside)
    aside.replace(path)
    sync_folder(path.parent)


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
    """Raise LibraryUnavailable where writing `needed_bytes` would leave less than the reserve free on the disk."""
    free = free_bytes(folder)
    if free - needed_bytes < reserve_megabytes * _MEGABYTE:
        raise LibraryUnavailable(
            f"The disk is almost full: {free / _MEGABYTE:,.0f} MB are free, and {reserve_megabytes:,} MB of it are not "
            "used. Make room, then try again."
        )
