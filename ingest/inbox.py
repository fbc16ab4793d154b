"""The inbox: files that wait to be added, kept on disk so that a restart goes on where the last run stopped.

Each has a sub-folder of its own, written aside, synced and renamed into place as mail is in a maildir. A file's name
is only ever data here, never a path.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import LibraryUnavailable

_FILE, _LETTER, _REASON = "file", "letter.json", "reason.txt"
_UNFINISHED = "."


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in the inbox. `id` sorts by arrival; `reason` says why it was not added, None while it waits."""

    id: str
    name: str
    path: Path
    reason: str | None


class Inbox:
    """The files that wait in one folder. One process at a time, the one that has the library open."""

    def __init__(self, folder: Path) -> None:
        """Open it, and clear away what was never completely written."""
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        for unfinished in self._folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(unfinished, ignore_errors=True)

    def put(self, name: str, content: Iterable[bytes]) -> Waiting:
        """Keep a file, given in portions, until it is taken. Raises LibraryUnavailable where the disk will not."""
        entry_id = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        aside, entry = self._folder / f"{_UNFINISHED}{entry_id}", self._folder / entry_id
        try:
            aside.mkdir()
            with (aside / _FILE).open("wb") as file:
                file.writelines(content)
                _sync(file.fileno())
            _write(aside / _LETTER, json.dumps({"name": name}))
            aside.rename(entry)
            _sync_folder(self._folder)
        except OSError as error:
            shutil.rmtree(aside, ignore_errors=True)
            raise LibraryUnavailable(
                "The file could not be kept: the disk is full or cannot be written to. Make room, then add it again."
            ) from error
        return Waiting(entry_id, name, entry / _FILE, None)

    def waiting(self) -> list[Waiting]:
        """Everything that is there, in order of arrival, failed ones included."""
        entries = (entry for entry in self._folder.iterdir() if not entry.name.startswith(_UNFINISHED))
        return [waiting for entry in sorted(entries) if (waiting := _read(entry)) is not None]

    def fail(self, entry_id: str, reason: str) -> None:
        """Remember why a file was not added; it stays, with its reason, until it is dismissed or tried again."""
        _write(self._folder / entry_id / _REASON, reason)

    def retry(self, entry_id: str) -> None:
        """Let a failed file wait again."""
        (self._folder / entry_id / _REASON).unlink(missing_ok=True)

    def discard(self, entry_id: str) -> None:
        """Take a file out for good: it was added, or somebody dismissed it."""
        gone = self._folder / f"{_UNFINISHED}{entry_id}"
        try:
            (self._folder / entry_id).rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone, ignore_errors=True)


def _read(entry: Path) -> Waiting | None:
    """The entry; None where it is none, or was taken out just now."""
    try:
        name = str(json.loads((entry / _LETTER).read_text(encoding="utf-8"))["name"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        reason = (entry / _REASON).read_text(encoding="utf-8")
    except FileNotFoundError:
        reason = None
    return Waiting(entry.name, name, entry / _FILE, reason)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        _sync(file.fileno())


def _sync(descriptor: int) -> None:
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows cannot open a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)
