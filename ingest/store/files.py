"""The bytes of every file, in one folder: written once, hashed while they are written, named by their SHA-256.

What lies here is the file of a job, of a document, or of both. A file's name is data of ours, never a stranger's. A
whole file is never deleted because the store does not name it: the store may be damaged, missing or another one, and
the file may be the only copy that somebody has.
"""

import hashlib
import os
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import LibraryUnavailable
from ingest.store.durable import check_room, make_folder, sync_file, sync_folder

_UNFINISHED, _REMOVED = ".", ".removed"
_HASH = re.compile(r"[0-9a-f]{64}")
_ASIDE = re.compile(r"([0-9a-f]{64})\.removed")
_WRITTEN = re.compile(r"\.([0-9a-f]{64})-[0-9a-f]+")
_NOT_SAVED = (
    "The file could not be saved: the disk is full or cannot be written to. Free some space, then add it again."
)


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that is whole on the disk, under a name that the next start clears away where nobody needs the file.

    `hash` is the SHA-256 of its bytes, in hex.
    """

    hash: str
    path: Path


class Files:
    """One folder of files. Safe for several threads.

    Whoever decides whether a file is needed and acts on that holds `changing` meanwhile. It is taken before a
    transaction of the database and before the lock of the collections, never after them.
    """

    def __init__(self, folder: Path, reserve_megabytes: int = 0) -> None:
        """Open the folder, which is made where it is not there. Raises LibraryUnavailable."""
        self._folder = folder
        self._reserve_megabytes = reserve_megabytes
        self.changing = threading.RLock()
        make_folder(folder)

    def write(self, content: Iterable[bytes], expected_bytes: int = 0) -> WrittenFile:
        """Write a file, given in pieces, and hash it. It has no place yet: see `place` and `drop`.

        Raises LibraryUnavailable where the disk will not take it; what the iterable raises passes through.
        """
        unfinished = self._folder / f"{_UNFINISHED}{secrets.token_hex(8)}"
        try:
            check_room(self._folder, self._reserve_megabytes, expected_bytes)
            digest = hashlib.sha256()
            with unfinished.open("wb") as file:
                for piece in content:
                    file.write(piece)
                    digest.update(piece)
            sync_file(unfinished)
            written = WrittenFile(digest.hexdigest(), self._unplaced(digest.hexdigest()))
            unfinished.replace(written.path)
            sync_folder(self._folder)
        except OSError as error:
            raise LibraryUnavailable(_NOT_SAVED) from error
        finally:
            unfinished.unlink(missing_ok=True)
        return written

    def place(self, written: WrittenFile) -> None:
        """Give a file its place under its hash; it takes that of a file with the same bytes."""
        try:
            written.path.replace(self._folder / written.hash)
        except OSError as error:
            raise LibraryUnavailable(_NOT_SAVED) from error

    def unplace(self, file_hash: str) -> WrittenFile | None:
        """Undo `place`, before a file that nobody needs is dropped. None where it is not there."""
        path = self.path(file_hash)
        if path is None:
            return None
        written = WrittenFile(file_hash, self._unplaced(file_hash))
        path.replace(written.path)
        return written

    def drop(self, written: WrittenFile) -> None:
        """Delete a file that has no place; nothing is done where it has got one."""
        written.path.unlink(missing_ok=True)

    def path(self, file_hash: str) -> Path | None:
        """Where a file lies; None where it is not there, or where this is no hash."""
        path = self._folder / file_hash
        return path if _HASH.fullmatch(file_hash) and path.is_file() else None

    def hashes(self) -> list[str]:
        """The hashes of all files that have their place."""
        return sorted(name for name in self._names() if _HASH.fullmatch(name))

    # --- removal with a document

    def set_aside(self, file_hash: str) -> None:
        """Mark a file for deletion: a person has asked for it. `path` no longer finds it."""
        path = self.path(file_hash)
        if path:
            path.replace(self._aside(file_hash))

    def put_back(self, file_hash: str) -> None:
        """Undo `set_aside`: the document could not be removed."""
        with self.changing:
            if self.path(file_hash):
                self.discard(file_hash)
            elif _HASH.fullmatch(file_hash) and self._aside(file_hash).is_file():
                self._aside(file_hash).replace(self._folder / file_hash)

    def discard(self, file_hash: str) -> None:
        """Delete a file that is set aside; one with the same bytes that has come since stays."""
        if _HASH.fullmatch(file_hash):
            self._aside(file_hash).unlink(missing_ok=True)

    def is_aside(self, file_hash: str) -> bool:
        """Whether a file is set aside."""
        return bool(_HASH.fullmatch(file_hash)) and self._aside(file_hash).is_file()

    def asides(self) -> list[str]:
        """The hashes of the files that are set aside: their removal was asked for and was interrupted."""
        return [found[1] for name in self._names() if (found := _ASIDE.fullmatch(name))]

    # --- starting

    def sweep(self, is_needed: Callable[[str], bool], older_than_seconds: float = 0) -> None:
        """Delete what an interrupted process left half written; give files that were whole and are needed their place.

        Args:
            is_needed: Whether a job names the file of this hash.
            older_than_seconds: Leaves alone what is younger, where another process may be writing.
        """
        for name in self._names():
            path = self._folder / name
            with suppress(FileNotFoundError):
                if not name.startswith(_UNFINISHED) or time.time() - path.stat().st_mtime < older_than_seconds:
                    continue
                whole = _WRITTEN.fullmatch(name)
                if whole and is_needed(whole[1]):
                    self.place(WrittenFile(whole[1], path))
                elif path.is_file():
                    path.unlink()

    def take_in(self, path: Path, name: str) -> None:
        """Move a file of an older version's folder here, under its hash. Raises OSError."""
        path.replace(self._folder / name)

    def bytes(self) -> int:
        """The size of all that is kept."""
        with os.scandir(self._folder) as entries:
            return sum(entry.stat().st_size for entry in entries)

    def _unplaced(self, file_hash: str) -> Path:
        return self._folder / f"{_UNFINISHED}{file_hash}-{secrets.token_hex(8)}"

    def _aside(self, file_hash: str) -> Path:
        return self._folder / f"{file_hash}{_REMOVED}"

    def _names(self) -> list[str]:
        with os.scandir(self._folder) as entries:
            return [entry.name for entry in entries]
