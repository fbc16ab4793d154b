"""How long a job takes in the database while others wait: put in, claimed and finished.

`python -m tests.benchmarks.jobs [--jobs 1000]`: so many small files are put in, then all are claimed and finished. The
medians of one job, in milliseconds, around the moments at which 10, 100 and so on are waiting. Nothing is read or
embedded: this is what the queue itself costs. The list that a page shows is timed at the same moments.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ingest import Library, Outcome, Settings
from ingest.queue.jobs import Jobs
from tests.benchmarks.report import machine

AROUND = 10  # jobs that are timed on either side of a number of waiting ones


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A job's time by the number of jobs that wait.")
    parser.add_argument("--jobs", type=int, default=1000)
    total = parser.parse_args().jobs
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        settings = Settings(library=Path(home) / "library", chroma_url=None, free_megabytes=0)
        with Library(settings) as library:
            jobs = Jobs(library)
            putting = [timed(partial(put, jobs, number)) for number in range(total)]
            listing: dict[int, float] = {}
            claiming, finishing = [0.0] * total, [0.0] * total
            for waiting in range(total, 0, -1):
                if waiting in moments(total):
                    listing[waiting] = timed(jobs.all)
                started = time.perf_counter()
                job = jobs.claim()
                claimed = time.perf_counter()
                if job is None:
                    raise SystemExit(f"{waiting} jobs should be waiting, and none is.")
                jobs.done(job.id, Outcome(job.name, "added", job.file, None, 1, None, 0.0))
                claiming[waiting - 1] = (claimed - started) * 1000
                finishing[waiting - 1] = (time.perf_counter() - claimed) * 1000
            for waiting in moments(total):
                one, two, three = (around(times, waiting) for times in (putting, claiming, finishing))
                print(f"{waiting:>6,} waiting: put {one:.2f} ms, claim {two:.2f} ms, finish {three:.2f} ms,", end=" ")
                print(f"together {one + two + three:.2f} ms; the list {listing[waiting]:.2f} ms")
    print(machine())


def moments(total: int) -> list[int]:
    """10, 100, 1,000 and so on, as far as there are so many jobs."""
    return [10**power for power in range(1, 9) if 10**power <= total]


def around(times: list[float], waiting: int) -> float:
    """The median of the times near a number of waiting jobs."""
    return statistics.median(times[max(waiting - AROUND, 0) : waiting + AROUND])


def timed(work: Callable[[], object]) -> float:
    """The milliseconds that it takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def put(jobs: Jobs, number: int) -> None:
    """A small file of its own."""
    jobs.put(f"{number}.txt", [f"The note of number {number}.".encode()])


if __name__ == "__main__":
    main()
