"""A new store beside the old one in the library's folder, which takes its place when it is complete.

It can be interrupted at any moment: before the switch the old store is still in use and the new one is gone on with;
within the switch, the next start brings it to its end.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from ingest.errors import LibraryUnavailable
from ingest.store.durable import sync_file, sync_folder

_NEXT, _OLD = "chroma-next", "chroma-old"
_COMPLETE = "complete"  # a file in a new store that lacks only its place; in it, the name that the old one gets


def next_folder(chroma: Path) -> Path:
    """Where the store that is to take the place of `chroma` is made."""
    return chroma.with_name(_NEXT)


def switch(chroma: Path, *, keep_old: bool) -> None:
    """Let the new store take the old one's place.

    Args:
        chroma: The folder of the old store, which need not be there.
        keep_old: Whether the old store stays beside it, under a name with the time, because it may be needed.

    Raises:
        LibraryUnavailable: The folder cannot be written to.
    """
    following = next_folder(chroma)
    try:
        for path in following.rglob("*"):
            if path.is_file():
                sync_file(path)
        kept_as = f"chroma-damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}" if keep_old else ""
        (following / _COMPLETE).write_text(kept_as, encoding="utf-8")
        sync_file(following / _COMPLETE)
        sync_folder(following)
        if chroma.exists():
            _remove(chroma.with_name(_OLD))
            chroma.replace(chroma.with_name(_OLD))
        complete_switch(chroma)
    except OSError as error:
        raise LibraryUnavailable(
            f"The new store could not take its place in {chroma.parent}: the folder cannot be written to or is full. "
            "Nothing is lost. Check who may write to it and make room, then run it again."
        ) from error


def complete_switch(chroma: Path) -> None:
    """Bring to its end a switch that was interrupted; nothing is done where there is none. Raises OSError."""
    following, old = next_folder(chroma), chroma.with_name(_OLD)
    if not chroma.exists():
        if (following / _COMPLETE).exists():
            following.replace(chroma)
        elif old.exists():
            old.replace(chroma)
    mark = chroma / _COMPLETE
    if mark.exists():
        kept_as = mark.read_text(encoding="utf-8")
        if kept_as and old.exists():
            old.replace(chroma.with_name(kept_as))
        _remove(old)
        mark.unlink()
        sync_folder(chroma.parent)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
