"""What a folder holds: its files with size and time, and their bytes. Nothing outside the folder is ever opened.

Symbolic links are passed over. A file is opened from its folder down, link by link refused, so that none that is put in
between leads out of the folder.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CannotFollow, CannotRead
from ingest.following.left_alone import is_left_alone, is_marked_hidden

_PIECE = 1 << 20  # bytes per read
_LISTED = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_OUT_OF_REACH = (
    "The folder {folder} cannot be reached. Connect its drive, or check that it is still there. What came from it "
    "stays in the library."
)
CLOSED = "This file cannot be opened. Close the program that has it open, or check who may read it."
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class NotQuiet(Exception):
    """A file that changed while it was read, or is not the one that was seen: it is looked at again later."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file is known again without reading it: its size in bytes, and when it was changed last."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Scan:
    """The files of a folder by their paths in it, with "/" between names.

    `unread` are the paths that could not be looked at, a folder with "/" at its end: nothing is known of what is there.
    """

    files: dict[str, Stamp]
    unread: tuple[str, ...] = ()

    def is_gone(self, path: str) -> bool:
        """Whether a file that was there is certainly not there any more."""
        return path not in self.files and not any(
            path == each or (each.endswith("/") and path.startswith(each)) for each in self.unread
        )


def scan(root: Path) -> Scan:
    """List the files of a folder and of all folders in it. Raises CannotFollow where the folder is out of reach."""
    files: dict[str, Stamp] = {}
    unread: list[str] = []
    try:
        waiting = [("", _entries(root))]
    except OSError as error:
        raise CannotFollow(_OUT_OF_REACH.format(folder=root)) from error
    while waiting:
        prefix, entries = waiting.pop()
        for entry in entries:
            path = prefix + entry.name
            try:
                about = entry.stat(follow_symlinks=False)
                if is_left_alone(entry.name) or is_marked_hidden(about):
                    continue
                if stat.S_ISDIR(about.st_mode):
                    waiting.append((f"{path}/", _entries(Path(entry.path))))
                elif stat.S_ISREG(about.st_mode):
                    files[path] = Stamp(about.st_size, about.st_mtime_ns)
            except FileNotFoundError:
                continue
            except OSError:
                unread += [path, f"{path}/"]
    return Scan(files, tuple(unread))


def pieces(root: Path, path: str, stamp: Stamp) -> Iterator[bytes]:
    """The bytes of a file, piece by piece.

    Args:
        root: The folder.
        path: The file's path in it, as `scan` gives it.
        stamp: What it must be before the first piece and after the last.

    Raises:
        NotQuiet: It is another one, or it changes.
        CannotRead: It cannot be read.
    """
    try:
        with os.fdopen(_opened(root, path), "rb") as file:
            _check(file.fileno(), stamp)
            while piece := file.read(_PIECE):
                yield piece
            _check(file.fileno(), stamp)
    except FileNotFoundError as error:
        raise NotQuiet from error
    except OSError as error:
        raise CannotRead(CLOSED) from error


def hash_of(root: Path, path: str, stamp: Stamp) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises NotQuiet and CannotRead as `pieces` does."""
    digest = hashlib.sha256()
    for piece in pieces(root, path, stamp):
        digest.update(piece)
    return digest.hexdigest()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _check(descriptor: int, stamp: Stamp) -> None:
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode) or Stamp(about.st_size, about.st_mtime_ns) != stamp:
        raise NotQuiet


def _opened(root: Path, path: str) -> int:
    """A descriptor of the file, where no part of its path below `root` is a link."""
    if os.open not in os.supports_dir_fd:  # Windows
        return os.open(root / path, _READ)
    *parents, name = path.split("/")
    with ExitStack() as opened:
        folder = os.open(root, _LISTED)
        opened.callback(os.close, folder)
        for parent in parents:
            folder = os.open(parent, _LISTED | _NO_LINK, dir_fd=folder)
            opened.callback(os.close, folder)
        return os.open(name, _READ, dir_fd=folder)
