"""The worker: claims one job after the other, in a thread of its own, and adds its file to the library."""

import logging
import threading
from collections.abc import Iterable
from dataclasses import replace

from ingest.embedding.bi_encoder import bi_encoder_name
from ingest.errors import CannotRead, LibraryUnavailable, PinpointError
from ingest.pipeline.add import NOT_READ, add_stored
from ingest.pipeline.outcome import Outcome, Progress
from ingest.pipeline.re_embed import update
from ingest.queue.jobs import Clash, Job, Jobs
from ingest.queue.time_left import Pace
from ingest.settings import Settings
from ingest.store.free_name import free_name
from ingest.store.library import Library

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 2.0  # how long to wait where the database cannot be written to
_AN_HOUR = 3600.0  # how often it is looked whether something has been in the trash for long enough
_STOPPED = "Adding it was cancelled. {files} in the library by then, and {they} there."
_UNFORESEEN = "Something unexpected went wrong with this file. Try again, or save a new copy and add that."


class _CancelledError(Exception):
    """Somebody does not want the file any more. So many files inside it are in the library by then."""

    def __init__(self, added: int = 0) -> None:
        super().__init__()
        self.added = added


class Worker:
    """Adds the files of the jobs, also of those that an earlier run left. Safe for several threads.

    The jobs are in the database. In memory are only how far the one is that is worked on, and that it is cancelled.
    """

    def __init__(self, library: Library, settings: Settings) -> None:
        """Start the thread. It ends with the process: what is half added then is added anew at the next start."""
        self._library = library
        self._settings = settings
        self._jobs = Jobs(library)
        self._current: Job | None = None  # the job that is worked on, as a page is to show it
        self._cancelled: set[int] = set()
        self._update: Progress | str | None = None
        self._update_wanted = False
        self._changing = threading.RLock()
        self._something_waits = threading.Event()
        self._jobs.start_again()
        self._something_waits.set()
        threading.Thread(target=self._run, name="ingest", daemon=True).start()

    def put(self, name: str, content: Iterable[bytes], collection: int | None = None) -> None:
        """Let a file, given in pieces, wait for its turn; its document goes into this collection, if one is named.

        Raises LibraryUnavailable where the file cannot be kept.
        """
        self._jobs.put(name, content, collection)
        self.wake()

    def wake(self) -> None:
        """Look whether a file waits: one was put into the database by another part."""
        self._something_waits.set()

    def jobs(self) -> list[Job]:
        """Every file that waits, is worked on, failed, or went well lately, in order of arrival."""
        with self._changing:
            jobs, current = self._jobs.all(), self._current
        return [current if current and job.id == current.id and job.status == "working" else job for job in jobs]

    def cancel(self, job_id: int) -> None:
        """Forget a file that is not over: nothing of it will be in the library."""
        with self._changing:
            job = self._jobs.find(job_id)
            if job and job.status == "working":
                self._cancelled.add(job_id)  # its thread sees it at its next step
            elif not self._jobs.dismiss(job_id, "waiting", "asking") and job and job.status == "waiting":
                self._cancelled.add(job_id)  # it was claimed just now

    def dismiss(self, job_id: int) -> None:
        """Forget a file, also one that is just being tried again; one that failed is deleted with that."""
        with self._changing:
            self.cancel(job_id)
            self._jobs.dismiss(job_id, "failed", "done")

    def retry(self, job_id: int) -> None:
        """Let a failed file wait again."""
        with self._changing:
            self._jobs.retry(job_id)
        self._something_waits.set()

    def decide(self, job_id: int, clash: Clash) -> None:
        """Say what is to be done with a file whose name another document bears: keep both, or replace the other."""
        with self._changing:
            self._jobs.decide(job_id, clash)
        self._something_waits.set()

    def update(self) -> None:
        """Embed the library again with the bi-encoder that is set; questions go on with the old vectors meanwhile."""
        self._update_wanted = True
        self._something_waits.set()

    def updating(self) -> Progress | str | None:
        """How far embedding again is; the sentence why it failed; None where it is not going on."""
        return self._update

    def needs_update(self) -> bool:
        """Whether the vectors were made by another bi-encoder than the one that is set now."""
        own = self._library.bi_encoder()
        return own not in {None, bi_encoder_name(self._settings)} and not self._library.is_empty()

    # --- the thread

    def _run(self) -> None:
        while True:
            self._empty_trash()
            if not self._something_waits.wait(_AN_HOUR):
                self._library.database.reserve.keep()
            self._something_waits.clear()
            if self._update_wanted:
                self._update_library()
            while not self._update_wanted and (job := self._claimed()) is not None:
                ended = self._worked_on(job)
                while not self._is_written_down(ended):
                    threading.Event().wait(_RETRY_SECONDS)

    def _empty_trash(self) -> None:
        """Delete for good what has been in the trash for long enough; where that fails, in an hour."""
        try:
            self._library.empty_trash(self._library.trash.expired())
        except Exception:  # the edge of the thread: the files that wait must not wait for this
            logger.exception("the trash could not be emptied")

    def _claimed(self) -> Job | None:
        """The job that has waited longest, as soon as the database lets it be claimed."""
        while True:
            try:
                self._current = self._jobs.claim()
            except LibraryUnavailable:
                logger.warning("no job could be claimed", exc_info=True)
                threading.Event().wait(_RETRY_SECONDS)
            else:
                return self._current

    def _worked_on(self, job: Job) -> Job:
        """The job as it is after the work on it; still "working" where it was cancelled."""
        try:
            self._check_wanted(job)
            if self._clashes(job):
                return replace(job, status="asking")
            outcome = self._add(job)
        except _CancelledError as cancelled:
            return self._cancelled_job(job, cancelled.added)
        except PinpointError as error:
            return replace(job, status="failed", reason=str(error))
        except Exception:  # the edge of the thread: one file's surprise must not end the work on the others
            logger.exception("a file could not be added")
            return replace(job, status="failed", reason=_UNFORESEEN)
        if outcome.reason is not None:
            return replace(job, status="failed", reason=outcome.reason)
        return replace(job, status=outcome.status, outcome=outcome)

    def _cancelled_job(self, job: Job, added: int) -> Job:
        """A job that was cancelled: it goes without a word, unless files inside it are in the library already."""
        if not added:
            return job
        with self._changing:
            self._cancelled.discard(job.id)
        files, they = ("1 file in it was", "it stays") if added == 1 else (f"{added:,} files in it were", "they stay")
        return replace(job, status="failed", reason=_STOPPED.format(files=files, they=they))

    def _is_written_down(self, ended: Job) -> bool:
        """Write down how it went with a job; False where that failed, as on a full disk. A page sees it all the same.

        One that was cancelled too late to be stopped is deleted, unless it is in the library already.
        """
        with self._changing:
            self._current = ended
            try:
                if ended.outcome is not None:
                    self._jobs.done(ended.id, ended.outcome)
                elif ended.id in self._cancelled:
                    self._jobs.dismiss(ended.id, "working")
                elif ended.status == "asking":
                    self._jobs.ask(ended.id)
                else:
                    self._jobs.fail(ended.id, ended.reason or _UNFORESEEN)
            except LibraryUnavailable:
                logger.warning("how it went with a file could not be written down", exc_info=True)
                return False
            self._current = None
            self._cancelled.discard(ended.id)
            return True

    def _check_wanted(self, job: Job) -> None:
        """Give up a file whose document somebody has removed since: it was added twice, and would come back.

        Raises _CancelledError.
        """
        removed_at = self._library.trash.removed_at().get(job.file)
        if removed_at and job.put_at and job.put_at < removed_at:
            self._cancelled.add(job.id)
            raise _CancelledError

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

    def _add(self, job: Job) -> Outcome:
        pace = Pace()

        def progressed(progress: Progress) -> None:
            with self._changing:
                if job.id in self._cancelled:
                    raise _CancelledError(progress.added)
                self._current = replace(job, progress=progress, seconds_left=pace.seconds_left(progress))

        name = job.name
        if job.clash == "keep":
            others = [each for each in self._library.documents() if each.id not in {job.file, *job.replaces}]
            name = free_name(name, [each.name for each in others])
        replacing = job.clash == "replace" or bool(job.replaces)
        outcome = add_stored(job.file, name, self._library, self._settings, progressed, replacing=replacing)
        if job.clash == "replace" and outcome.reason is None:
            self._remove_replaced(outcome)
        if job.collection and outcome.reason is None:
            added = [each.document_id for each in (outcome, *outcome.files) if each.document_id]
            self._library.shelf.put(job.collection, added)
        return outcome

    def _remove_replaced(self, new: Outcome) -> None:
        """Remove the other documents of this name, each with what was inside it."""
        documents = self._library.documents()
        kept = {new.document_id, *(file.document_id for file in new.files)}
        replaced = [document for document in documents if document.name == new.name and document.id not in kept]
        if any(document.files for document in replaced):
            replaced += [each for each in documents if each.name.startswith(f"{new.name}/") and each.id not in kept]
        for document in replaced:
            if document.name == new.name and new.document_id:
                self._library.shelf.take_over(document.id, new.document_id)
            self._library.remove(document.id)

    def _update_library(self) -> None:
        self._update = Progress("embedding")

        def progressed(progress: Progress) -> None:
            self._update = progress

        try:
            update(self._library, self._settings, progressed)
            self._update = None
        except PinpointError as error:
            self._update = str(error)
        except Exception:  # the edge of the thread; the old vectors go on serving
            logger.exception("the library could not be updated")
            self._update = "The library could not be updated, and works as before. Try again."
        self._update_wanted = False
