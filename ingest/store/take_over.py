"""A library of the version before the database: its inbox becomes jobs, its originals become files.

Nothing is copied. It can be interrupted at any moment and goes on at the next start.
"""

import hashlib
import json
import logging
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import insert, select

from ingest.errors import LibraryUnavailable
from ingest.store.database import Database
from ingest.store.files import Files
from ingest.store.tables import JOBS

logger = logging.getLogger(__name__)

_ORIGINAL = re.compile(r"[0-9a-f]{64}(\.removed)?")
_ENTRY = re.compile(r"(\d{20})-[0-9a-f]{8}")  # nanoseconds of its arrival
_FILE, _ABOUT = "file", "letter.json"
_UNFINISHED = "."


def take_over(folder: Path, database: Database, files: Files) -> None:
    """Bring the folder of a library into today's form. Raises LibraryUnavailable where the disk or database fails."""
    try:
        _take_originals(folder / "originals", files)
        _take_inbox(folder / "inbox", database, files)
    except OSError as error:
        logger.info("the library could not be taken over", exc_info=True)
        raise LibraryUnavailable(
            f"The library in {folder} is of an older version and could not be brought up to date: its folder cannot be "
            "written to. Nothing is lost. Check who may write to it, then try again."
        ) from error


def _take_originals(folder: Path, files: Files) -> None:
    """Move each original, also one whose removal was interrupted; a half copy is deleted."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if _ORIGINAL.fullmatch(path.name):
            files.take_in(path, path.name)
        elif path.name.startswith(_UNFINISHED):
            path.unlink()
    _remove_empty(folder)


def _take_inbox(folder: Path, database: Database, files: Files) -> None:
    """Make a job of each entry, in order of arrival; one that was never completely written is deleted."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(_UNFINISHED):
            shutil.rmtree(entry, ignore_errors=True)
        elif _ENTRY.fullmatch(entry.name):
            _take_entry(entry, database, files)
    _remove_empty(folder)


def _take_entry(entry: Path, database: Database, files: Files) -> None:
    """Write the row, move the file, delete the folder: whichever is interrupted is done at the next start."""
    path = entry / _FILE
    if path.is_file():
        try:
            job = _OldJob.read(entry)
        except (OSError, ValueError, KeyError):
            logger.exception("an entry of the old inbox cannot be read, and is left as it is")
            return
        with path.open("rb") as file:
            file_hash = hashlib.file_digest(file, "sha256").hexdigest()
        _write_job(job, file_hash, database)
        files.take_in(path, file_hash)
    shutil.rmtree(entry)


@dataclass(frozen=True, slots=True)
class _OldJob:
    """What the older version knew of a file in its inbox."""

    name: str
    reason: str | None
    clash: str | None
    put_at: str

    @classmethod
    def read(cls, entry: Path) -> Self:
        about = json.loads((entry / _ABOUT).read_text(encoding="utf-8"))
        arrived = datetime.fromtimestamp(int(entry.name.partition("-")[0]) / 1e9, UTC)
        return cls(about["name"], about.get("reason"), about.get("clash"), arrived.isoformat())

    @property
    def status(self) -> str:
        if self.reason:
            return "failed"
        return "asking" if self.clash == "ask" else "waiting"


def _write_job(job: _OldJob, file_hash: str, database: Database) -> None:
    with database.write() as connection:
        already = select(JOBS.c.id).where(JOBS.c.file == file_hash, JOBS.c.put_at == job.put_at)
        if connection.execute(already).first() is None:
            connection.execute(
                insert(JOBS).values(
                    file=file_hash,
                    name=job.name,
                    status=job.status,
                    clash=None if job.clash == "ask" else job.clash,
                    reason=job.reason,
                    put_at=job.put_at,
                    changed_at=job.put_at,
                )
            )


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # what a person has put there stays
        folder.rmdir()
