"""Several files at once: small ones do not wait behind long ones, and what is cancelled is told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest import Job, Library, Settings, Worker
from ingest.pipeline.outcome import Progress
from ingest.queue.jobs import Jobs
from ingest.queue.line import Line
from ingest.queue.under_way import UnderWay
from tests.conftest import until
from tests.ingest.reading.pdfs import page_scan, scans

LONG = "\n\n".join(f"Rule {n} says {n} things about room {n} and its keys." * 9 for n in range(3000)).encode()


def job_of(worker: Worker, name: str) -> Job:
    return next(job for job in worker.jobs() if job.name == name)


def put(library: Library, line: Line, name: str, content: bytes) -> Job:
    """A job that waits in this line."""
    job = Jobs(library).put(name, [content])
    line.put(job)
    return job


def line_of(library: Library, lanes: int) -> Line:
    return Line(Jobs(library), library.files, lanes)


# --- the line


def test_small_files_are_next_and_long_ones_never_have_every_lane(library: Library) -> None:
    line = line_of(library, 3)
    for number in range(3):
        put(library, line, f"long-{number}.txt", b"%d" % number * 1_000_001)
    put(library, line, "large.txt", b"b" * 2000)
    put(library, line, "small.txt", b"s" * 1000)
    taken = [line.take().name for _ in range(4)]
    assert taken == ["small.txt", "large.txt", "long-0.txt", "long-1.txt"]
    waiting = threading.Thread(target=lambda: taken.append(line.take().name), daemon=True)
    waiting.start()
    put(library, line, "late.txt", b"l")
    waiting.join(60)
    assert taken[-1] == "late.txt"


def test_a_file_that_turns_out_to_be_long_waits_again_where_the_others_are_long(library: Library) -> None:
    line = line_of(library, 2)
    one, two = put(library, line, "one.pdf", b"1"), put(library, line, "two.pdf", b"22")
    assert (line.take(), line.take()) == (one_working(library, one), one_working(library, two))
    assert line.may_be_long(one.id)
    assert line.may_be_long(one.id)
    assert not line.may_be_long(two.id)
    Jobs(library).wait_again(two.id)
    line.put_back(two)
    small = put(library, line, "small.txt", b"333")
    assert line.take().id == small.id
    line.leave(one.id)
    assert line.take().id == two.id


def test_files_of_one_name_and_copies_of_one_file_go_in_order_of_arrival(library: Library) -> None:
    line = line_of(library, 8)
    first = put(library, line, "hours.txt", b"The first version is the longer one.")
    second = put(library, line, "hours.txt", b"The second.")
    copy = put(library, line, "copy.txt", b"The second.")
    assert line.take().id == first.id
    other = put(library, line, "other.txt", b"Another file that is even longer than the first version.")
    assert line.take().id == other.id
    line.leave(first.id)
    assert line.take().id == second.id
    line.leave(second.id)
    assert line.take().id == copy.id


def test_a_file_that_was_cancelled_while_it_waited_holds_up_no_other(library: Library) -> None:
    line = line_of(library, 2)
    gone = put(library, line, "hours.txt", b"The first.")
    later = put(library, line, "hours.txt", b"The second version.")
    Jobs(library).dismiss(gone.id, "waiting")
    assert line.take().id == later.id


def test_nothing_begins_while_the_line_is_paused(library: Library) -> None:
    line, taken = line_of(library, 2), list[int]()
    put(library, line, "hours.txt", b"The office opens at eight.")
    with line.paused():
        waiting = threading.Thread(target=lambda: taken.append(line.take().id), daemon=True)
        waiting.start()
        waiting.join(0.3)
        assert taken == []
    waiting.join(60)
    assert len(taken) == 1


def one_working(library: Library, job: Job) -> Job:
    found = Jobs(library).find(job.id)
    assert found
    return found


# --- the worker


def test_small_files_are_in_while_a_long_one_and_scans_are_still_read(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    worker = Worker(library, settings)
    worker.put("long.txt", [LONG])
    for number in range(2):
        sheets = [page_scan([f"Sheet {page} of folder {number} is here."]) for page in range(12)]
        scan = scans(tmp_path / "scan.pdf", sheets)
        worker.put(f"scan-{number}.pdf", [scan.read_bytes()])
    for number in range(6):
        worker.put(f"note-{number}.txt", [f"Note {number} is short.".encode()])
    until(lambda: all(job_of(worker, f"note-{number}.txt").status == "added" for number in range(6)), seconds=300)
    going = [job for job in worker.jobs() if job.going]
    assert going
    for job in worker.jobs():
        worker.cancel(job.id)
    until(lambda: not any(job.going for job in worker.jobs()))


def test_every_file_that_a_killed_process_was_reading_is_read_again(library: Library, settings: Settings) -> None:
    left = Jobs(library)
    for number in range(4):
        left.put(f"note-{number}.txt", [f"Note {number} is short.".encode()])
    assert [job.status for _ in range(3) if (job := left.claim())] == ["working"] * 3
    worker = Worker(library, settings)
    until(lambda: all(job.status == "added" for job in worker.jobs()), seconds=300)
    assert len(library.documents()) == 4


@contextmanager
def stopped_at(monkeypatch: pytest.MonkeyPatch, wanted: Callable[[Progress], bool]) -> Iterator[threading.Event]:
    """Hold the work on a file at its first step that is wanted until the block ends; the event tells when."""
    reached, go_on = threading.Event(), threading.Event()
    check = UnderWay.check

    def checked(under_way: UnderWay, job: Job, progress: Progress | None = None) -> None:
        if progress and wanted(progress) and not reached.is_set():
            reached.set()
            go_on.wait(60)
        check(under_way, job, progress)

    monkeypatch.setattr(UnderWay, "check", checked)
    yield reached
    go_on.set()


STAGES: dict[str, Callable[[Progress], bool]] = {
    "reading": lambda step: step.stage == "reading",
    "embedding": lambda step: step.stage == "embedding" and step.done > 0,
    "storing": lambda step: step.stage == "embedding" and step.done == step.total - 1,
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_file_that_is_cancelled_is_said_to_be_at_once_and_told_when_it_is_over(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    worker = Worker(library, settings)
    with stopped_at(monkeypatch, STAGES[stage]) as reached:
        worker.put("rules.txt", [LONG[:30_000]])
        assert reached.wait(60)
        worker.cancel(worker.jobs()[0].id)
        assert [job.status for job in worker.jobs()] == ["cancelling"]
    until(lambda: [job.status for job in worker.jobs()] == ["cancelled"])
    until(lambda: Jobs(library).all() == [])
    assert (library.documents(), library.rows(), library.files.bytes()) == ([], 0, 0)


def test_a_file_that_is_cancelled_while_it_waits_is_told_too(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    with worker._line.paused():
        worker.put("hours.txt", [b"The office opens at eight."])
        (job,) = worker.jobs()
        worker.cancel(job.id)
        assert [(each.name, each.status) for each in worker.jobs()] == [("hours.txt", "cancelled")]
    worker.dismiss(job.id)
    assert worker.jobs() == []


def test_what_cannot_be_read_by_its_first_bytes_is_refused_before_it_waits(
    library: Library, settings: Settings
) -> None:
    worker = Worker(library, settings.model_copy(update={"file_megabytes": 1}))
    refused = {
        "empty.txt": b"",
        "photo.psd": b"8BPS\0\1" + bytes(50),
        "files.rar": b"Rar!\x1a\x07\x01\0" + bytes(50),
        "noise.pdf": bytes(range(256)) * 20,
        "large.txt": b"The office opens at eight. " * 40_000,
    }
    with worker._line.paused():
        for name, content in refused.items():
            worker.put(name, [content])
        worker.put("hours.txt", [b"The office opens at eight."])
        assert {job.name: job.status for job in worker.jobs()} == {
            **dict.fromkeys(refused, "failed"),
            "hours.txt": "waiting",
        }
        assert all(job.reason for job in worker.jobs() if job.status == "failed")
    until(lambda: job_of(worker, "hours.txt").status == "added")
