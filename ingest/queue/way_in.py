"""The way of one job's file into the library: whether it is still wanted, whether its name is free, and adding it."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import CannotRead, PinpointError
from ingest.pipeline.add import NOT_READ
from ingest.pipeline.make import cut_for
from ingest.pipeline.outcome import Progress
from ingest.queue.adding import add_file, fetch_page
from ingest.queue.jobs import Job, Jobs
from ingest.queue.line import Line
from ingest.queue.time_left import Pace
from ingest.queue.under_way import CancelledError, UnderWay
from ingest.reading.read import check_readable, warm_up
from ingest.reading.recognise import check_first_bytes
from ingest.settings import Settings
from ingest.store.library import Library
from ingest.web.fetch import Reach

logger = logging.getLogger(__name__)

_STOPPED = "Adding it was cancelled. {files} in the library by then, and {they} there."
_MANY_PAGES = 100
UNFORESEEN = "Something unexpected went wrong with this file. Try again, or save a new copy and add that."


class _TooLongError(Exception):
    """The file turned out to take long, and the last free lane is for small ones."""


class WayIn:
    """Adds the files of jobs. Safe for several threads, each with a job of its own.

    Args:
        library: The open library.
        settings: The limits of reading, and the models.
        under_way: Where each step is shown, and where it is said that a file is not wanted.
        line: Where a file that turns out to take long may have to wait again.
        jobs: Where the name and the file of a web page are written down when it was fetched.
        reach: From where web pages may be fetched.
    """

    def __init__(
        self, library: Library, settings: Settings, under_way: UnderWay, line: Line, jobs: Jobs, reach: Reach
    ) -> None:
        self._library = library
        self._settings = settings
        self._under_way = under_way
        self._line = line
        self._jobs = jobs
        self._reach = reach

    def go(self, job: Job) -> Job:
        """The job as it is after the work on it; "waiting" where it is to wait for the turn of a long one."""
        try:
            self._under_way.check(job)
            if self._was_removed(job):
                return replace(job, status="cancelled")
            job = fetch_page(job, self._jobs, self._library, self._settings, self._reach, self._progressed(job))
            return self._went(job)
        except CancelledError as cancelled:
            return _cancelled(job, cancelled.added)
        except _TooLongError:
            return replace(job, status="waiting")
        except PinpointError as error:
            return replace(job, status="failed", reason=str(error))
        except Exception:  # the edge of the thread: one file's surprise must not end the work on the others
            logger.exception("a file could not be added")
            return replace(job, status="failed", reason=UNFORESEEN)

    def _went(self, job: Job) -> Job:
        if self._clashes(job):
            return replace(job, status="asking")
        self._warm_up()
        outcome = add_file(job, self._library, self._settings, self._progressed(job))
        if outcome.reason is not None:
            return replace(job, status="failed", reason=outcome.reason)
        return replace(job, status=outcome.status, outcome=outcome)

    def _warm_up(self) -> None:
        with suppress(PinpointError):  # adding will say it
            warm_up(cut_for(load_bi_encoder(self._settings), self._settings))

    def _was_removed(self, job: Job) -> bool:
        """Whether somebody has removed the file's document since: it was added twice, and would come back."""
        removed_at = self._library.trash.removed_at().get(job.file)
        return bool(removed_at and job.put_at and job.put_at < removed_at)

    def _clashes(self, job: Job) -> bool:
        """Whether another document of this name is there and nobody has decided yet."""
        path = self._library.files.path(job.file)
        if path is None:
            raise CannotRead(NOT_READ)
        if job.clash is not None or not path.stat().st_size:
            return False
        documents = self._library.documents()
        return any(document.name == job.name for document in documents) and all(
            document.id != job.file for document in documents
        )

    def _progressed(self, job: Job) -> Callable[[Progress], None]:
        """What shows how far a job is, and ends the work on one that nobody wants any more."""
        pace = Pace()

        def progressed(progress: Progress) -> None:
            self._under_way.check(job, progress)
            if _takes_long(progress) and not self._line.may_be_long(job.id) and not progress.files:
                raise _TooLongError
            self._under_way.show(replace(job, progress=progress, seconds_left=pace.seconds_left(progress)))

        return progressed


def _takes_long(progress: Progress) -> bool:
    """Whether a file that is being read is a scan of several pages, or has many."""
    return progress.stage == "reading" and progress.total > (1 if progress.ocr_pages else _MANY_PAGES)


def refused_at_once(path: Path, name: str, settings: Settings) -> str | None:
    """The sentence why a file cannot be read, where its size or its first bytes tell; None where they do not."""
    try:
        with suppress(OSError):
            check_readable(path, settings)
            check_first_bytes(path, name)
    except CannotRead as error:
        return str(error)
    return None


def _cancelled(job: Job, added: int) -> Job:
    """A job that was cancelled; where files inside it are in the library already, it says so."""
    if not added:
        return replace(job, status="cancelled")
    files, they = ("1 file in it was", "it stays") if added == 1 else (f"{added:,} files in it were", "they stay")
    return replace(job, status="failed", reason=_STOPPED.format(files=files, they=they))
