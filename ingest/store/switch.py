"""Another library in the place of a folder's own: prepared inside the folder, then switched, all or nothing.

`.restore/new` is filled first. From the moment at which `.restore/ready` is there, the new library counts: what a
process leaves that dies while entries are moved is brought to its end by the next one that opens the folder. Before
that moment the old library counts, and what was prepared is deleted at the next start.
"""

import shutil
from pathlib import Path

from ingest.errors import LibraryUnavailable
from ingest.store.durable import make_folder, sync_folder

BACKUPS = "backups"  # stays where it is: the backup that is restored may lie in it
_HOME, _LOCK = ".restore", "lock"
_READY, _EMPTIED = "ready", "emptied"  # marks: the new library is whole; the old one is out of the way


def prepare_switch(folder: Path) -> Path:
    """An empty folder for the new library. The lock of `folder` is held. Raises LibraryUnavailable."""
    finish_switch(folder)
    make_folder(folder / _HOME / "new")
    return folder / _HOME / "new"


def switch(folder: Path) -> None:
    """Let the prepared library take the place of what is in the folder, which is deleted. Raises OSError."""
    switch_at_next_start(folder)
    finish_switch(folder)


def switch_at_next_start(folder: Path) -> None:
    """Let the prepared library take its place as soon as the folder is opened again. Raises OSError."""
    home = folder / _HOME
    (home / "new" / _LOCK).unlink(missing_ok=True)
    sync_folder(home / "new")
    (home / _READY).touch()
    sync_folder(home)


def discard_switch(folder: Path) -> None:
    """Leave the folder's library in its place, and delete what was prepared. Raises OSError."""
    home = folder / _HOME
    (home / _READY).unlink(missing_ok=True)
    if home.is_dir():
        sync_folder(home)
        shutil.rmtree(home)


def finish_switch(folder: Path) -> None:
    """Bring to its end what was interrupted, or clear away what was never ready. Raises LibraryUnavailable."""
    home = folder / _HOME
    if not home.is_dir():
        return
    try:
        if (home / _READY).exists():
            (home / "old").mkdir(exist_ok=True)
            _move(folder, home / "old", besides={_HOME, _LOCK, BACKUPS})
            (home / _READY).rename(home / _EMPTIED)
            sync_folder(home)
        if (home / _EMPTIED).exists():
            _move(home / "new", folder, besides=set())
            (home / _EMPTIED).rename(home / "done")
        shutil.rmtree(home)
    except OSError as error:
        raise LibraryUnavailable(
            f"The library in {folder} is being restored, and its folder cannot be written to. Check who may write to "
            "it and that the disk is not full, then try again: it goes on where it stopped."
        ) from error


def _move(source: Path, target: Path, besides: set[str]) -> None:
    """Move every entry of a folder to another one on the same disk; those that are there already were moved before."""
    for entry in sorted(source.iterdir()):
        if entry.name not in besides:
            entry.rename(target / entry.name)
    sync_folder(target)
    sync_folder(source)
