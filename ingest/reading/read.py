"""Read a file in a process of its own, so that whatever is in it, the app goes on.

The child gets a time limit and a memory limit and is killed whole when it runs over. Where the system has no
`resource` module (Windows) there is no memory limit.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.reading.file_types import EMPTY
from ingest.settings import Settings

log = logging.getLogger(__name__)

_CHILD = Path(__file__).resolve().with_name("child.py")
_MEGABYTE = 1024 * 1024
_LOGGED_BYTES = 20_000
# How long reading a page from its picture may take on top of the file's own time: ten times what it takes.
_PICTURE_SECONDS = 30
_LOOK_EVERY = 0.1

_TOO_MUCH_MEMORY = (
    "This file needs too much memory to read (more than {megabytes} MB). Split it into parts and add those."
)
_TOO_LONG = "This file took too long to read (more than {seconds} seconds). Split it into parts and add those."
_BROKE_OFF = (
    "This file could not be read to the end: it is damaged or needs too much memory. Save a new copy or split it into "
    "parts, and add that."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read. `type` is the name of a row of FILE_TYPES; `pages` is None where it has none.

    `ocr_pages` says how many of the pages had no text of their own, so that it was read from their pictures.
    """

    type: str
    pages: int | None
    sections: tuple[Section, ...]
    ocr_pages: int = 0


def read(
    path: Path,
    name: str,
    settings: Settings,
    progress: Callable[[int, int, int], object] = lambda _done, _total, _pictures: None,
) -> Reading:
    """The sections of the file at `path`, which its owner calls `name`, within the limits of the settings.

    `progress` is told, several times a second, how many pages of how many have been looked at, 0 of 0 where the file
    has none that take long, and how many of them are read from their pictures; what it raises passes through, and the
    file is not read further. Each page that is read from its picture adds to the time allowed.
    Raises CannotRead whatever is wrong with the file; its message reads well after the file's name.
    """
    check_readable(path, settings)
    with tempfile.TemporaryDirectory(prefix="pinpoint-") as folder:
        answer, errors = Path(folder, "answer"), Path(folder, "errors")
        job: dict[str, object] = {
            "path": str(path.resolve()),
            "name": name,
            "answer": str(answer),
            "seconds": settings.read_seconds,
            "picture_seconds": _PICTURE_SECONDS,
            "megabytes": settings.read_megabytes,
            "characters": settings.read_characters,
        }
        follower = _Follower(answer, progress)
        status = _run(job, errors, follower, settings.read_seconds)
        _log_errors(errors)
        if status is None or status == -getattr(signal, "SIGXCPU", 24):
            raise CannotRead(_TOO_LONG.format(seconds=settings.read_seconds + follower.more_seconds))
        if status == -getattr(signal, "SIGKILL", 9):
            # Nobody else kills it: the system does, where memory has run out.
            raise CannotRead(_TOO_MUCH_MEMORY.format(megabytes=settings.read_megabytes))
        if status != 0 or not answer.exists():
            raise CannotRead(_BROKE_OFF)
        return _reading(answer, settings)


def check_readable(path: Path, settings: Settings) -> None:
    """Raise CannotRead where a file cannot be taken, as far as that can be said without looking into it."""
    try:
        if path.is_dir():
            raise CannotRead("This is a folder, not a file. Add the files in it.")
        size = path.stat().st_size
        if not path.is_file():
            raise CannotRead("This is not an ordinary file, so it cannot be read.")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise CannotRead("This file was not found. It may have been moved, renamed or deleted.") from error
    except (OSError, ValueError) as error:
        raise CannotRead("This file cannot be opened. Check that you have permission to read it.") from error
    if size == 0:
        raise CannotRead(EMPTY)
    if size > settings.file_megabytes * _MEGABYTE:
        raise CannotRead(
            f"This file is too large: it has {size / _MEGABYTE:,.0f} MB, and the limit is {settings.file_megabytes} "
            "MB. Split it into parts and add those."
        )


class _Follower:
    """Reads what the child says of its progress while it is at work."""

    def __init__(self, answer: Path, progress: Callable[[int, int, int], object]) -> None:
        self._answer = answer
        self._progress = progress
        self._read = 0
        self._over = False
        self._pages = 0, 0, 0

    @property
    def more_seconds(self) -> int:
        """How long the file may take on top of its own time."""
        return _PICTURE_SECONDS * self._pages[2]

    def look(self) -> None:
        """Pass on how far the child is. The sections, which come after its last word on that, are left for later."""
        self._look()
        self._progress(*self._pages)

    def _look(self) -> None:
        if self._over or not self._answer.exists():
            return
        with self._answer.open("rb") as lines:
            lines.seek(self._read)
            last: dict[str, int] = {}
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                self._read += len(line)
                if line.startswith(b'{"pages_read"'):
                    last = json.loads(line)
                elif not line.startswith(b'{"type"'):
                    self._over = True
                    break
        if last:
            self._pages = last["pages_read"], last["of"], last["pictures"]


def _run(job: dict[str, object], errors: Path, follower: _Follower, seconds: int) -> int | None:
    """The child's exit status, or None where it ran out of time."""
    with errors.open("wb") as stderr:
        child = subprocess.Popen(  # noqa: S603 - our own module, the file's name goes in as data
            # -P: the folder of readers, whose names are those of formats, is no place to import from.
            [sys.executable, "-P", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            start_new_session=True,
        )
        started = time.monotonic()
        try:
            unsent: bytes | None = json.dumps(job).encode()
            while time.monotonic() < started + seconds + follower.more_seconds:
                with suppress(subprocess.TimeoutExpired):
                    child.communicate(unsent, _LOOK_EVERY)
                    return child.returncode
                unsent = None
                follower.look()
            return None
        finally:
            _kill(child)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child, with all that it may have started, if it has not ended by itself."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()


def _log_errors(errors: Path) -> None:
    with errors.open("rb") as file:
        file.seek(max(0, errors.stat().st_size - _LOGGED_BYTES))
        written = file.read().decode(errors="replace").strip()
    if written:
        log.debug("the reading process wrote: %s", written)


def _reading(answer: Path, settings: Settings) -> Reading:
    try:
        with answer.open("rb") as lines:
            head = json.loads(next(lines))
            if "type" not in head:
                raise _refusal(head, settings)
            sections, pictures = _sections(lines, settings)
        return Reading(str(head["type"]), head["pages"], tuple(sections), pictures)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        log.exception("the reading process gave an answer that makes no sense")
        raise CannotRead(_BROKE_OFF) from error


def _sections(lines: Iterator[bytes], settings: Settings) -> tuple[list[Section], int]:
    """The sections up to the child's last word, which says whether all went well, and how many pages were pictures."""
    sections: list[Section] = []
    pictures = 0
    for line in lines:
        found = json.loads(line)
        if "text" in found:
            sections.append(Section(found["text"], found["page"], found["heading"]))
        elif "pages_read" in found:
            pictures = int(found["pictures"])
        elif "done" in found:
            return sections, pictures
        else:
            raise _refusal(found, settings)
    raise CannotRead(_BROKE_OFF)


def _refusal(line: dict[str, object], settings: Settings) -> CannotRead:
    if "memory" in line:
        return CannotRead(_TOO_MUCH_MEMORY.format(megabytes=settings.read_megabytes))
    return CannotRead(str(line["refused"]))
