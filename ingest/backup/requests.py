"""A backup while the app has the library open: the command line asks for it, and the app's process makes it.

A request is a file in the library's folder, so that whoever may write there may ask, and nobody else.
"""

import json
import secrets
import threading
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ValidationError

from ingest.backup.manifest import Manifest
from ingest.backup.write import made_or_why, write_backup
from ingest.errors import LibraryInUse, LibraryUnavailable
from ingest.settings import Settings
from ingest.store.durable import write_bytes
from ingest.store.library import Library

_FOLDER = "requests"
_LOOK_SECONDS = 1.0
_PATIENCE = 20  # looks after which a process that has taken no request is thought not to answer any


class _Answer(BaseModel):
    """How it went: what is in the backup, or the sentence why there is none."""

    manifest: Manifest | None = None
    error: str | None = None


def make_backup(path: Path, settings: Settings) -> Manifest:
    """Write a backup of a library that is closed, or that a running app has open.

    Args:
        path: The file.
        settings: The library.

    Returns:
        What is in it.

    Raises:
        LibraryUnavailable: As `write_backup` does; also where another process has the library open and does not answer.
    """
    try:
        with Library(settings) as library:
            return write_backup(library, path)
    except LibraryInUse:
        return _ask(path.absolute(), settings)


def answer_requests(library: Library) -> None:
    """Make the backups that are asked for, without end: for a thread of the process that has the library open."""
    folder = library.database.folder / _FOLDER
    while True:
        with suppress(OSError, ValueError, KeyError):  # one that nobody of us wrote, or that was taken back
            for request in sorted(folder.glob("[!.]*.asked")) if folder.is_dir() else []:
                _answer(request, library)
        threading.Event().wait(_LOOK_SECONDS)


def _answer(request: Path, library: Library) -> None:
    """Make one backup; the name of its request says that it is being made."""
    path = Path(json.loads(request.read_text(encoding="utf-8"))["path"])
    taken = request.rename(request.with_suffix(".taken"))
    made = made_or_why(library, path)
    answer = _Answer(error=made) if isinstance(made, str) else _Answer(manifest=made)
    write_bytes(taken.with_suffix(".answered"), answer.model_dump_json().encode())
    taken.unlink()


def _ask(path: Path, settings: Settings) -> Manifest:
    folder = settings.library / _FOLDER
    request = folder / f"{secrets.token_hex(8)}.asked"
    try:
        folder.mkdir(exist_ok=True)
        write_bytes(request, json.dumps({"path": str(path)}).encode())
        return _wait(request, path, settings)
    except OSError as error:
        raise LibraryUnavailable(
            f"Pinpoint is running on the library in {settings.library}, and it could not be asked for a backup: the "
            "folder cannot be written to. Run this as the same user, or stop Pinpoint first."
        ) from error
    finally:
        for suffix in (".asked", ".answered"):
            with suppress(OSError):
                request.with_suffix(suffix).unlink(missing_ok=True)


def _wait(request: Path, path: Path, settings: Settings) -> Manifest:
    """Wait for the answer; where the process that has the library ends meanwhile, make the backup here."""
    looks = 0
    while True:
        threading.Event().wait(_LOOK_SECONDS)
        looks += 1
        with suppress(FileNotFoundError, ValidationError):
            answer = _Answer.model_validate_json(request.with_suffix(".answered").read_bytes())
            if answer.manifest is None:
                raise LibraryUnavailable(answer.error or "")
            return answer.manifest
        with suppress(LibraryInUse), Library(settings) as library:
            request.unlink(missing_ok=True)
            return write_backup(library, path)
        if request.exists() and looks >= _PATIENCE:
            raise LibraryUnavailable(
                f"The library in {settings.library} is in use by a program that does not answer. Wait until it is "
                "done, or stop it first."
            )
