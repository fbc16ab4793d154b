"""The inbox: files that wait to be added, kept on disk so that a restart goes on where the last run stopped.

Each has a sub-folder of its own, written aside, synced and renamed into place as mail is in a maildir. A file's name
is only ever data here, never a path.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from ingest.errors import LibraryUnavailable
from ingest.store.durable import check_room, sync_file, sync_folder, write_text

_FILE, _LETTER = "file", "letter.json"
_UNFINISHED = "."

Clash = Literal["ask", "keep", "replace"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes with a file in the inbox.

    `reason` says why it was not added, None while it waits. `clash` is None until the library turns out to hold another
    document of the same name; then "ask", until a person says whether to "keep" both or "replace" the other one.
    """

    name: str
    reason: str | None = None
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in the inbox. `id` sorts by arrival."""

    id: str
    path: Path
    letter: Letter


class Inbox:
    """The files that wait in one folder. One process at a time, the one that has the library open."""

    def __init__(self, folder: Path, reserve_megabytes: int = 0) -> None:
        """Open it, and clear away what was never completely written."""
        self._folder = folder
        self._reserve_megabytes = reserve_megabytes
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryUnavailable(
                f"The folder {folder} cannot be created. Set PINPOINT_LIBRARY to a folder that can be written to."
            ) from error
        for unfinished in self._folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(unfinished, ignore_errors=True)

    def put(self, name: str, content: Iterable[bytes]) -> Waiting:
        """Keep a file, given in portions, until it is taken. Raises LibraryUnavailable where the disk will not."""
        entry_id = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        aside, entry = self._folder / f"{_UNFINISHED}{entry_id}", self._folder / entry_id
        letter = Letter(name)
        try:
            check_room(self._folder, self._reserve_megabytes)
            aside.mkdir()
            with (aside / _FILE).open("wb") as file:
                file.writelines(content)
            sync_file(aside / _FILE)
            write_text(aside / _LETTER, json.dumps(asdict(letter)))
            aside.rename(entry)
            sync_folder(self._folder)
        except OSError as error:
            shutil.rmtree(aside, ignore_errors=True)
            raise LibraryUnavailable(
                "The file could not be saved: the disk is full or cannot be written to. Free some space, then add it "
                "again."
            ) from error
        return Waiting(entry_id, entry / _FILE, letter)

    def waiting(self) -> list[Waiting]:
        """Everything that is there, in order of arrival, failed ones included."""
        entries = (entry for entry in self._folder.iterdir() if not entry.name.startswith(_UNFINISHED))
        found = []
        for entry in sorted(entries):
            with suppress(FileNotFoundError, NotADirectoryError):  # none of ours, or taken out just now
                found.append(self._read(entry.name))
        return found

    def fail(self, entry_id: str, reason: str) -> None:
        """Remember why a file was not added; it stays, with its reason, until it is dismissed or tried again."""
        self._write(entry_id, replace(self._read(entry_id).letter, reason=reason))

    def retry(self, entry_id: str) -> None:
        """Let a failed file wait again."""
        self._write(entry_id, replace(self._read(entry_id).letter, reason=None))

    def clash(self, entry_id: str, clash: Clash) -> None:
        """Remember that a file's name is taken, or what is to be done about it."""
        self._write(entry_id, replace(self._read(entry_id).letter, clash=clash))

    def discard(self, entry_id: str) -> None:
        """Take a file out for good: it was added, or somebody dismissed it."""
        gone = self._folder / f"{_UNFINISHED}{entry_id}"
        try:
            (self._folder / entry_id).rename(gone)
        except FileNotFoundError:
            return
        shutil.rmtree(gone, ignore_errors=True)

    def _read(self, entry_id: str) -> Waiting:
        entry = self._folder / entry_id
        return Waiting(entry_id, entry / _FILE, Letter(**json.loads((entry / _LETTER).read_text(encoding="utf-8"))))

    def _write(self, entry_id: str, letter: Letter) -> None:
        write_text(self._folder / entry_id / _LETTER, json.dumps(asdict(letter)))
