"""The worker: takes files from the inbox, one after the other, in a thread of its own, and adds them to the library."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ingest.add import Outcome, Progress, add
from ingest.errors import PinpointError
from ingest.inbox import Inbox, Waiting
from ingest.library import Library
from ingest.settings import Settings

logger = logging.getLogger(__name__)

_REMEMBERED = 200  # files that went well and are still shown


@dataclass(frozen=True, slots=True)
class Job:
    """One file's way through the worker. `reason` is the sentence of a failed one."""

    id: str
    name: str
    status: Literal["waiting", "working", "added", "unchanged", "failed"]
    progress: Progress | None = None
    outcome: Outcome | None = None
    reason: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.status in {"added", "unchanged", "failed"}


class Worker:
    """Adds what is put into the inbox, also what an earlier run left there. Safe for several threads."""

    def __init__(self, library: Library, settings: Settings) -> None:
        """Start the thread. It ends with the process: what is half added then is added anew at the next start."""
        self._library = library
        self._settings = settings
        self._inbox = Inbox(settings.library / "inbox")
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._changing = threading.Lock()
        self._something_waits = threading.Event()
        for waiting in self._inbox.waiting():
            self._know(waiting)
        threading.Thread(target=self._run, name="ingest", daemon=True).start()

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Let a file wait for its turn. Raises LibraryUnavailable where it cannot be kept."""
        self._know(self._inbox.put(name, content))

    def jobs(self) -> list[Job]:
        """Every file that waits, is worked on, failed, or went well lately, in order of arrival."""
        with self._changing:
            return list(self._jobs.values())

    def dismiss(self, job_id: str) -> None:
        """Forget a file that is over; a failed one leaves the inbox with that."""
        with self._changing:
            job = self._jobs.get(job_id)
            if job is None or not job.over:
                return
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

    def _know(self, waiting: Waiting) -> None:
        status: Literal["waiting", "failed"] = "failed" if waiting.reason else "waiting"
        with self._changing:  # the thread may have taken it already
            self._jobs.setdefault(waiting.id, Job(waiting.id, waiting.name, status, reason=waiting.reason))
        self._something_waits.set()

    def _run(self) -> None:
        while True:
            self._something_waits.wait()
            self._something_waits.clear()
            while (waiting := self._next()) is not None:
                self._take(waiting)

    def _next(self) -> Waiting | None:
        return next((waiting for waiting in self._inbox.waiting() if waiting.reason is None), None)

    def _take(self, waiting: Waiting) -> None:
        def progressed(progress: Progress) -> None:
            self._show(Job(waiting.id, waiting.name, "working", progress=progress))

        try:
            outcome = add(waiting.path, self._library, self._settings, name=waiting.name, progress=progressed)
        except PinpointError as error:
            self._fail(waiting, str(error))
        except Exception:  # the edge of the thread: one file's surprise must not end the work on the others
            logger.exception("a file could not be added")
            self._fail(waiting, "Something unforeseen went wrong with this file. Try it again, or save it anew.")
        else:
            if outcome.reason is not None:
                self._fail(waiting, outcome.reason)
            else:
                self._inbox.discard(waiting.id)
                self._show(Job(waiting.id, waiting.name, outcome.status, outcome=outcome))

    def _fail(self, waiting: Waiting, reason: str) -> None:
        self._inbox.fail(waiting.id, reason)
        self._show(Job(waiting.id, waiting.name, "failed", reason=reason))

    def _show(self, job: Job) -> None:
        with self._changing:
            self._jobs[job.id] = job
            gone_well = [job.id for job in self._jobs.values() if job.outcome is not None]
            for job_id in gone_well[:-_REMEMBERED]:
                del self._jobs[job_id]
