"""What a page sees of the files that are being added: how far each is, what is being cancelled, and what was.

This is in memory only. What must outlive the process is in the database (`jobs.py`).
"""

import threading
from dataclasses import replace

from ingest.pipeline.outcome import Progress
from ingest.queue.jobs import Job

_REMEMBERED = 200  # cancelled files that are still told


class CancelledError(Exception):
    """Somebody does not want the file any more. So many files inside it are in the library by then."""

    def __init__(self, added: int = 0) -> None:
        super().__init__()
        self.added = added


class UnderWay:
    """The jobs that are worked on now, and those that were cancelled. Safe for several threads.

    A job is shown as "cancelling" from the click on, and as "cancelled" as soon as the work on it has stopped: what it
    has left behind, which nobody can see, is cleared away after that.
    """

    def __init__(self) -> None:
        self.changing = threading.RLock()
        self._now: dict[int, Job] = {}
        self._unwanted: set[int] = set()
        self._cancelled: dict[int, Job] = {}

    def show(self, job: Job) -> None:
        """Let this be what a page sees of a job that is worked on."""
        with self.changing:
            self._now[job.id] = job

    def check(self, job: Job, progress: Progress | None = None) -> None:
        """Raise CancelledError where somebody does not want the file any more."""
        with self.changing:
            if job.id not in self._unwanted:
                return
            added = progress.added if progress else 0
            if added:
                self._unwanted.discard(job.id)  # it has been heard, and the job stays to say what is in the library
            else:
                self.tell(job)
        raise CancelledError(added)

    def cancel(self, job_id: int) -> None:
        """A job that is worked on is not wanted any more: its thread sees it at its next step."""
        with self.changing:
            self._unwanted.add(job_id)

    def is_unwanted(self, job_id: int) -> bool:
        """Whether somebody has cancelled a job that is worked on."""
        return job_id in self._unwanted

    def tell(self, job: Job) -> None:
        """A job is over, because it was cancelled: a page tells this until it is forgotten."""
        with self.changing:
            self._cancelled[job.id] = replace(job, status="cancelled", progress=None, seconds_left=None)
            for oldest in sorted(self._cancelled)[:-_REMEMBERED]:
                del self._cancelled[oldest]

    def forget(self, job_id: int) -> None:
        """Somebody has read that a job was cancelled."""
        with self.changing:
            self._cancelled.pop(job_id, None)

    def end(self, job_id: int) -> None:
        """Nothing is done with a job any more, and the database says how it went."""
        with self.changing:
            self._now.pop(job_id, None)
            self._unwanted.discard(job_id)

    def shown(self, jobs: list[Job]) -> list[Job]:
        """These jobs of the database as a page is to show them, with those that were cancelled, in order of arrival."""
        with self.changing:
            seen = {job.id: self._seen(job) for job in jobs}
            return [job for _, job in sorted((seen | self._cancelled).items())]

    def _seen(self, job: Job) -> Job:
        if job.status != "working":
            return job
        now = self._now.get(job.id, job)
        return replace(now, status="cancelling") if now.going and job.id in self._unwanted else now
