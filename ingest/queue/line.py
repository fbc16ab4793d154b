"""The line of the files that wait: which is next, so that small files do not wait behind long ones.

Jobs of one name, and jobs with the same file, are worked on one after the other, in order of arrival: whoever comes
second is compared with what the first has become.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from heapq import heappop, heappush

from ingest.queue.jobs import Job, Jobs
from ingest.reading.file_types import file_type
from ingest.store.files import Files
from ingest.units import MEGABYTE

_LONG_BYTES = 1 * MEGABYTE  # a larger file may take minutes
_PICTURE_BYTES = MEGABYTE // 2  # a picture takes about as long as a text of so many bytes
_PICTURES = (*file_type("Picture").suffixes, *file_type("TIFF").suffixes)
_Place = tuple[int, int]  # the size and the id of a job: the smaller is next


class Line:
    """The jobs of one library that wait. Safe for several threads.

    At most so many jobs are worked on at once as there are lanes. All lanes but one may have a long file.

    Args:
        jobs: The jobs in the database.
        files: Where their files are.
        lanes: How many jobs are worked on at once.
    """

    def __init__(self, jobs: Jobs, files: Files, lanes: int) -> None:
        self._jobs = jobs
        self._files = files
        self._most_long = max(1, lanes - 1)
        self._changed = threading.Condition()
        self._quick: list[_Place] = []
        self._long: list[_Place] = []
        self._known: dict[int, Job] = {}  # the jobs that wait here or are worked on
        self._alike: dict[str, deque[int]] = {}  # the ids of those of one name, and of those with one file
        self._taken: dict[int, bool] = {}  # the jobs that are worked on, and whether each is long
        self._paused = False

    def put(self, job: Job) -> None:
        """A job waits from now on."""
        with self._changed:
            self._put(job)
            self._changed.notify_all()

    def look(self) -> None:
        """Look whether a job waits that another part has written into the database."""
        with self._changed:
            self._changed.notify_all()

    def take(self) -> Job:
        """The next job, which is being worked on from now on; waits until there is one.

        Raises LibraryUnavailable where the database cannot be written to. Nothing has changed then.
        """
        with self._changed:
            while True:
                job = None if self._paused else self._next()
                if job is not None:
                    return job
                self._changed.wait()

    def leave(self, job_id: int) -> None:
        """A job does not wait any more and is not worked on: it is over, or is gone."""
        with self._changed:
            self._leave(job_id)
            self._changed.notify_all()

    def put_back(self, job: Job) -> None:
        """A job that turned out to be long waits again, for the turn of a long one."""
        with self._changed:
            self._taken.pop(job.id, None)
            heappush(self._long, (self._size(job), job.id))
            self._changed.notify_all()

    def may_be_long(self, job_id: int) -> bool:
        """Whether a job that is worked on, and turns out to be long, may go on: small files still have a lane."""
        with self._changed:
            if not self._taken.get(job_id, True):
                if sum(self._taken.values()) >= self._most_long:
                    return False
                self._taken[job_id] = True
            return True

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Begin no job within the block, which begins when none is worked on."""
        with self._changed:
            self._paused = True
            while self._taken:
                self._changed.wait()
        try:
            yield
        finally:
            with self._changed:
                self._paused = False
                self._changed.notify_all()

    def _next(self) -> Job | None:
        if not self._quick:
            for job in self._jobs.all():
                if job.status == "waiting":
                    self._put(job)
        lines = (self._quick, self._long) if sum(self._taken.values()) < self._most_long else (self._quick,)
        for line in lines:
            while line:
                place = line[0]
                claimed = self._jobs.claim(place[1]) if place[1] in self._known else None
                heappop(line)
                if claimed is not None:
                    self._known[claimed.id] = claimed
                    self._taken[claimed.id] = line is self._long
                    return claimed
                self._leave(place[1])  # it was cancelled
        return None

    def _put(self, job: Job) -> None:
        if job.id in self._known:
            return
        self._known[job.id] = job
        for key in _keys(job):
            self._alike.setdefault(key, deque()).append(job.id)
        self._push_where_first(job)

    def _leave(self, job_id: int) -> None:
        job = self._known.pop(job_id, None)
        self._taken.pop(job_id, None)
        if job is None:
            return
        for key in _keys(job):
            others = self._alike[key]
            was_first = others[0] == job_id
            others.remove(job_id)
            if not others:
                del self._alike[key]
            elif was_first:
                self._push_where_first(self._known[others[0]])

    def _push_where_first(self, job: Job) -> None:
        """Let a job wait for its turn, unless an earlier one of its name, or with its file, is not over."""
        if all(self._alike[key][0] == job.id for key in _keys(job)):
            size = self._size(job)
            heappush(self._long if size > _LONG_BYTES else self._quick, (size, job.id))

    def _size(self, job: Job) -> int:
        if not job.file:
            return _LONG_BYTES + 1  # a web page: nobody knows how slow its server is
        path, size = self._files.path(job.file), 0
        with suppress(OSError):  # reading it will say what is wrong
            size = path.stat().st_size if path else 0
        return max(size, _PICTURE_BYTES) if job.name.lower().endswith(_PICTURES) else size


def _keys(job: Job) -> tuple[str, ...]:
    """A web page has no file until it is fetched."""
    return f"name {job.name}", *([f"file {job.file}"] if job.file else [])
