"""The worker: takes files from the inbox, one after the other, in a thread of its own, and adds them to the library."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Literal

from ingest.embedding.bi_encoder import bi_encoder_name
from ingest.errors import PinpointError
from ingest.pipeline.add import Outcome, Progress, add, document_id_of, free_name
from ingest.pipeline.re_embed import update
from ingest.queue.inbox import Inbox, Waiting
from ingest.queue.jobs import Job, Pace
from ingest.settings import Settings
from ingest.store.library import Library

logger = logging.getLogger(__name__)

_REMEMBERED = 200  # files that went well and are still shown
_UNFORESEEN = "Something unexpected went wrong with this file. Try again, or save a new copy and add that."


class _CancelledError(Exception):
    """Somebody does not want the file any more."""


class Worker:
    """Adds what is put into the inbox, also what an earlier run left there. Safe for several threads."""

    def __init__(self, library: Library, settings: Settings) -> None:
        """Start the thread. It ends with the process: what is half added then is added anew at the next start."""
        self._library = library
        self._settings = settings
        self._inbox = Inbox(settings.library / "inbox", settings.free_megabytes)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._cancelled: set[str] = set()
        self._update: Progress | str | None = None
        self._update_wanted = False
        self._changing = threading.RLock()
        self._something_waits = threading.Event()
        for waiting in self._inbox.waiting():
            self._know(waiting)
        self._something_waits.set()
        threading.Thread(target=self._run, name="ingest", daemon=True).start()

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Let a file wait for its turn. Raises LibraryUnavailable where it cannot be kept."""
        self._know(self._inbox.put(name, content))
        self._something_waits.set()

    def jobs(self) -> list[Job]:
        """Every file that waits, is worked on, failed, or went well lately, in order of arrival."""
        with self._changing:
            return list(self._jobs.values())

    def cancel(self, job_id: str) -> None:
        """Forget a file that is not over: nothing of it will be in the library."""
        with self._changing:
            job = self._jobs.get(job_id)
            if job is None or job.over:
                return
            if job.status == "working":
                self._cancelled.add(job_id)  # its thread sees it at its next step
                return
            del self._jobs[job_id]
            self._inbox.discard(job_id)

    def dismiss(self, job_id: str) -> None:
        """Forget a file, also one that is just being tried again; a failed one leaves the inbox with that."""
        with self._changing:
            self.cancel(job_id)
            job = self._jobs.get(job_id)
            if job is not None and job.over:
                del self._jobs[job_id]
                self._inbox.discard(job_id)

    def retry(self, job_id: str) -> None:
        """Let a failed file wait again."""
        with self._changing:
            job = self._jobs.get(job_id)
            if job is None or job.status != "failed":
                return
            self._inbox.retry(job_id)
            self._jobs[job_id] = Job(job_id, job.name, "waiting")
        self._something_waits.set()

    def decide(self, job_id: str, clash: Literal["keep", "replace"]) -> None:
        """Say what is to be done with a file whose name another document bears: keep both, or replace the other."""
        with self._changing:
            job = self._jobs.get(job_id)
            if job is None or job.status != "asking":
                return
            self._inbox.clash(job_id, clash)
            self._jobs[job_id] = Job(job_id, job.name, "waiting")
        self._something_waits.set()

    def update(self) -> None:
        """Embed the library again with the bi-encoder that is set; questions go on with the old vectors meanwhile."""
        self._update_wanted = True
        self._something_waits.set()

    def updating(self) -> Progress | str | None:
        """How far embedding again is; the sentence why it failed; None where it is not going on."""
        return self._update

    # --- the thread

    def _run(self) -> None:
        while True:
            self._something_waits.wait()
            self._something_waits.clear()
            if self._update_wanted:
                self._update_library()
            while not self._update_wanted and (waiting := self._next()) is not None:
                self._take(waiting)

    def _next(self) -> Waiting | None:
        """The file that has waited longest, which is being worked on from now on."""
        with self._changing:
            for waiting in self._inbox.waiting():
                self._know(waiting)
                if self._jobs[waiting.id].status == "waiting":
                    self._jobs[waiting.id] = Job(waiting.id, waiting.letter.name, "working")
                    return waiting
        return None

    def _take(self, waiting: Waiting) -> None:
        try:
            if self._clashes(waiting):
                self._ask(waiting)
                return
            outcome = self._add(waiting)
        except _CancelledError:
            self._forget(waiting.id)
        except PinpointError as error:
            self._fail(waiting, str(error))
        except Exception:  # the edge of the thread: one file's surprise must not end the work on the others
            logger.exception("a file could not be added")
            self._fail(waiting, _UNFORESEEN)
        else:
            if outcome.reason is not None:
                self._fail(waiting, outcome.reason)
                return
            self._inbox.discard(waiting.id)
            self._cancelled.discard(waiting.id)
            self._show(Job(waiting.id, outcome.name, outcome.status, outcome=outcome))

    def _clashes(self, waiting: Waiting) -> bool:
        """Whether another document of this name is there and nobody has decided yet."""
        if waiting.letter.clash is not None or not waiting.path.stat().st_size:
            return False
        document_id = document_id_of(waiting.path)
        documents = self._library.documents()
        return any(document.name == waiting.letter.name for document in documents) and all(
            document.id != document_id for document in documents
        )

    def _add(self, waiting: Waiting) -> Outcome:
        pace = Pace()

        def progressed(progress: Progress) -> None:
            with self._changing:
                if waiting.id in self._cancelled:
                    raise _CancelledError
            seconds_left = pace.seconds_left(progress)
            self._show(Job(waiting.id, waiting.letter.name, "working", progress, seconds_left))

        name = waiting.letter.name
        if waiting.letter.clash == "keep":
            name = free_name(name, [document.name for document in self._library.documents()])
        outcome = add(waiting.path, self._library, self._settings, name=name, progress=progressed)
        if waiting.letter.clash == "replace" and outcome.reason is None:
            for document in self._library.documents():
                if document.name == name and document.id != outcome.document_id:
                    self._library.remove(document.id)
        return outcome

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

    # --- what is known

    def _know(self, waiting: Waiting) -> None:
        letter = waiting.letter
        asking = letter.clash == "ask"
        status: Literal["waiting", "asking", "failed"] = (
            "failed" if letter.reason else "asking" if asking else "waiting"
        )
        with self._changing:  # the thread may have taken it already
            self._jobs.setdefault(waiting.id, Job(waiting.id, letter.name, status, reason=letter.reason))

    def _ask(self, waiting: Waiting) -> None:
        with self._changing:
            if waiting.id in self._cancelled:
                self._forget(waiting.id)
                return
            self._inbox.clash(waiting.id, "ask")
            self._show(Job(waiting.id, waiting.letter.name, "asking"))

    def _fail(self, waiting: Waiting, reason: str) -> None:
        with self._changing:
            if waiting.id in self._cancelled:  # it failed before it could be stopped
                self._forget(waiting.id)
                return
            try:
                self._inbox.fail(waiting.id, reason)
            except OSError:  # the disk is full: it will be tried again at the next start
                logger.exception("why a file was not added could not be written down")
            self._show(Job(waiting.id, waiting.letter.name, "failed", reason=reason))

    def _forget(self, job_id: str) -> None:
        with self._changing:
            self._inbox.discard(job_id)
            self._cancelled.discard(job_id)
            self._jobs.pop(job_id, None)

    def _show(self, job: Job) -> None:
        with self._changing:
            self._jobs[job.id] = job
            gone_well = [job.id for job in self._jobs.values() if job.outcome is not None]
            for job_id in gone_well[:-_REMEMBERED]:
                del self._jobs[job_id]

    def needs_update(self) -> bool:
        """Whether the vectors were made by another bi-encoder than the one that is set now."""
        own = self._library.bi_encoder()
        return own not in {None, bi_encoder_name(self._settings)} and bool(self._library.documents())
