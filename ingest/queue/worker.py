"""The worker: adds the files of the jobs to the library, several at once, each lane in a thread of its own."""

import logging
import threading
from collections.abc import Iterable

from ingest.embedding.bi_encoder import bi_encoder_name
from ingest.errors import CannotRead, LibraryUnavailable
from ingest.pipeline.outcome import Progress
from ingest.queue.jobs import Clash, Job, Jobs
from ingest.queue.line import Line
from ingest.queue.under_way import UnderWay
from ingest.queue.upkeep import Upkeep
from ingest.queue.way_in import UNFORESEEN, WayIn, refused_at_once
from ingest.settings import Settings
from ingest.store.library import Library
from ingest.web.fetch import INTERNET, OFF, Reach, address_of

logger = logging.getLogger(__name__)

_RETRY_SECONDS = 2.0  # how long to wait where the database cannot be written to


class Worker:
    """Adds the files of the jobs, also of those that an earlier run left. Safe for several threads.

    The jobs are in the database. In memory are only how far those are that are worked on, and which are cancelled.
    """

    def __init__(self, library: Library, settings: Settings, reach: Reach = INTERNET) -> None:
        """Start the threads. They end with the process: what is half added then is added anew at the next start.

        `reach` says from where web pages may be fetched.
        """
        self._library, self._settings, self._reach = library, settings, reach
        self._jobs = Jobs(library)
        self._under_way = UnderWay()
        self._jobs.start_again()
        self._line = Line(self._jobs, library.files, settings.readers)
        self._way_in = WayIn(library, settings, self._under_way, self._line, self._jobs, reach)
        self._upkeep = Upkeep(library, settings, self._line)
        for number in range(settings.readers):
            threading.Thread(target=self._run, name=f"ingest-{number}", daemon=True).start()

    def put(self, name: str, content: Iterable[bytes], collection: int | None = None) -> None:
        """Let a file, given in pieces, wait for its turn; its document goes into this collection, if one is named.

        A file whose first bytes tell that it cannot be read does not wait: it has failed at once.
        Raises LibraryUnavailable where the file cannot be kept.
        """
        job = self._jobs.put(name, content, collection, lambda path: refused_at_once(path, name, self._settings))
        if job.status == "waiting":
            self._line.put(job)

    def put_page(self, typed: str, collection: int | None = None) -> None:
        """Let a web page, by the address that somebody typed, wait until it is fetched and added in the background.

        Raises CannotRead where this is no address or web pages are not allowed, LibraryUnavailable as `put` does.
        """
        if not self._settings.web_pages:
            raise CannotRead(OFF)
        self._line.put(self._jobs.put_page(address_of(typed, self._reach), collection))

    def wake(self) -> None:
        """Look whether a file waits: one was put into the database by another part."""
        self._line.look()

    def jobs(self) -> list[Job]:
        """Every file that waits, is worked on, failed, was cancelled or went well lately, in order of arrival."""
        with self._under_way.changing:
            return self._under_way.shown(self._jobs.all())

    def cancel(self, job_id: int) -> None:
        """Forget a file that is not over: nothing of it will be in the library. That it was cancelled is told."""
        with self._under_way.changing:
            job = self._jobs.find(job_id)
            if job is None or job.over:
                return
            if job.status != "working" and self._jobs.dismiss(job_id, "waiting", "asking"):
                self._under_way.tell(job)
                self._line.leave(job_id)
            else:  # its thread sees it at its next step; it may have been claimed just now
                self._under_way.cancel(job_id)

    def dismiss(self, job_id: int) -> None:
        """Forget a file, also one that is just being tried again; one that failed is deleted with that."""
        with self._under_way.changing:
            self.cancel(job_id)
            self._jobs.dismiss(job_id, "failed", "done")
            self._under_way.forget(job_id)

    def retry(self, job_id: int) -> None:
        """Let a failed file wait again."""
        self._jobs.retry(job_id)
        self._wait_again(job_id)

    def decide(self, job_id: int, clash: Clash) -> None:
        """Say what is to be done with a file whose name another document bears: keep both, or replace the other."""
        self._jobs.decide(job_id, clash)
        self._wait_again(job_id)

    def update(self) -> None:
        """Embed the library again with the bi-encoder that is set; questions go on with the old vectors meanwhile."""
        self._upkeep.update()

    def updating(self) -> Progress | str | None:
        """How far embedding again is; the sentence why it failed; None where it is not going on."""
        return self._upkeep.state

    def needs_update(self) -> bool:
        """Whether the vectors were made by another bi-encoder than the one that is set now."""
        own = self._library.bi_encoder()
        return own not in {None, bi_encoder_name(self._settings)} and not self._library.is_empty()

    def _wait_again(self, job_id: int) -> None:
        job = self._jobs.find(job_id)
        if job and job.status == "waiting":
            self._line.put(job)

    # --- a lane

    def _run(self) -> None:
        while True:
            job = self._taken()
            ended = self._way_in.go(job)
            while not self._is_written_down(ended):
                threading.Event().wait(_RETRY_SECONDS)
            if ended.status == "waiting":
                self._line.put_back(ended)
            else:
                self._line.leave(ended.id)

    def _taken(self) -> Job:
        """The next job, as soon as the database lets it be claimed."""
        while True:
            try:
                return self._line.take()
            except Exception:  # the edge of the thread: a lane goes on, whatever was wrong for a moment
                logger.warning("no job could be claimed", exc_info=True)
                threading.Event().wait(_RETRY_SECONDS)

    def _is_written_down(self, ended: Job) -> bool:
        """Write down how it went with a job; False where that failed, as on a full disk. A page sees it all the same.

        One that was cancelled too late to be stopped is deleted, unless it is in the library already.
        """
        with self._under_way.changing:
            self._under_way.show(ended)
            try:
                if ended.outcome is not None:
                    self._jobs.done(ended.id, ended.outcome)
                elif ended.status == "cancelled":
                    self._jobs.dismiss(ended.id, "working")
                elif self._under_way.is_unwanted(ended.id):
                    self._under_way.tell(ended)
                    self._jobs.dismiss(ended.id, "working")
                elif ended.status == "asking":
                    self._jobs.ask(ended.id)
                elif ended.status == "waiting":
                    self._jobs.wait_again(ended.id)
                else:
                    self._jobs.fail(ended.id, ended.reason or UNFORESEEN)
            except LibraryUnavailable:
                logger.warning("how it went with a file could not be written down", exc_info=True)
                return False
            self._under_way.end(ended.id)
            return True
