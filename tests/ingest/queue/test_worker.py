"""The worker: adds what was put into the inbox, in its turn, and one bad file stops none of the others."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Job, Library, Settings, Worker
from ingest.queue.inbox import Inbox
from tests.conftest import is_one_sentence, until

HOURS = b"The office opens at eight in the morning."
KITCHEN = b"The coffee machine is on the second floor."


def all_over(worker: Worker) -> bool:
    return all(job.over for job in worker.jobs())


def statuses(worker: Worker) -> dict[str, str]:
    """What became of each file, once all are through."""
    until(lambda: all_over(worker))
    return {job.name: job.status for job in worker.jobs()}


def job_of(worker: Worker, name: str) -> Job:
    return next(job for job in worker.jobs() if job.name == name)


def names(library: Library) -> list[str]:
    return [document.name for document in library.documents()]


def waiting(settings: Settings) -> list[str]:
    return [entry.name for entry in (settings.library / "inbox").iterdir()]


def test_what_is_put_is_added_and_leaves_the_inbox(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    assert worker.jobs() == []
    worker.put("hours.txt", [HOURS[:10], HOURS[10:]])
    worker.put("kitchen.txt", [KITCHEN])
    assert statuses(worker) == {"hours.txt": "added", "kitchen.txt": "added"}
    assert names(library) == ["hours.txt", "kitchen.txt"]
    assert waiting(settings) == []
    outcome = job_of(worker, "hours.txt").outcome
    assert outcome is not None
    assert (outcome.name, outcome.status, outcome.passages) == ("hours.txt", "added", 1)
    assert outcome.document_id == library.documents()[0].id


def test_a_restart_goes_on_where_the_last_run_stopped(library: Library, settings: Settings) -> None:
    left = Inbox(settings.library / "inbox")
    left.put("hours.txt", [HOURS])
    left.fail(left.put("bad.txt", [b""]).id, "This file is empty.")
    left.put("kitchen.txt", [KITCHEN])
    worker = Worker(library, settings)
    assert [job.name for job in worker.jobs()] == ["hours.txt", "bad.txt", "kitchen.txt"]
    assert statuses(worker) == {"hours.txt": "added", "bad.txt": "failed", "kitchen.txt": "added"}
    assert job_of(worker, "bad.txt").reason == "This file is empty."
    assert names(library) == ["hours.txt", "kitchen.txt"]


def test_a_file_that_was_added_but_not_yet_taken_out_is_not_added_twice(library: Library, settings: Settings) -> None:
    first = Worker(library, settings)
    first.put("hours.txt", [HOURS])
    assert statuses(first) == {"hours.txt": "added"}
    Inbox(settings.library / "inbox").put("hours.txt", [HOURS])  # as if the last run had ended just before
    assert statuses(Worker(library, settings)) == {"hours.txt": "unchanged"}
    assert names(library) == ["hours.txt"]
    assert waiting(settings) == []


def test_one_bad_file_fails_with_its_sentence_and_the_others_are_added(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    worker.put("bad.pdf", [b"%PDF-1.7\nnothing of a PDF"])
    worker.put("kitchen.txt", [KITCHEN])
    assert statuses(worker) == {"hours.txt": "added", "bad.pdf": "failed", "kitchen.txt": "added"}
    assert names(library) == ["hours.txt", "kitchen.txt"]
    reason = job_of(worker, "bad.pdf").reason
    assert reason
    assert is_one_sentence(reason)


def test_a_failed_file_stays_over_restarts_until_it_is_dismissed(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("bad.txt", [b""])
    assert statuses(worker) == {"bad.txt": "failed"}
    again = Worker(library, settings)
    assert statuses(again) == {"bad.txt": "failed"}
    assert job_of(again, "bad.txt").reason == job_of(worker, "bad.txt").reason
    again.dismiss(job_of(again, "bad.txt").id)
    assert again.jobs() == []
    assert waiting(settings) == []
    assert Worker(library, settings).jobs() == []


def test_a_failed_file_can_be_tried_again(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [b""])
    assert statuses(worker) == {"hours.txt": "failed"}
    job = job_of(worker, "hours.txt")
    worker.retry(job.id)
    until(lambda: job_of(worker, "hours.txt").over)
    assert statuses(worker) == {"hours.txt": "failed"}
    (settings.library / "inbox" / job.id / "file").write_bytes(HOURS)  # what was wrong is right now
    worker.retry(job.id)
    until(lambda: job_of(worker, "hours.txt").status == "added")
    assert names(library) == ["hours.txt"]
    assert waiting(settings) == []


def test_a_file_that_went_well_can_be_dismissed_and_the_document_stays(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added"}
    worker.retry(job_of(worker, "hours.txt").id)
    assert job_of(worker, "hours.txt").status == "added"
    worker.dismiss(job_of(worker, "hours.txt").id)
    worker.dismiss("no such job")
    worker.retry("no such job")
    assert worker.jobs() == []
    assert names(library) == ["hours.txt"]


def test_the_same_file_again_is_unchanged(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    worker.put("copy.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added", "copy.txt": "unchanged"}
    assert names(library) == ["hours.txt"]
    assert waiting(settings) == []


@pytest.mark.parametrize("name", ["../../a/b.txt", "x" * 300, "line\nbreak.txt", "no ending", ".."])
def test_any_name_that_an_upload_can_have_is_kept(library: Library, settings: Settings, name: str) -> None:
    worker = Worker(library, settings)
    worker.put(name, [HOURS])
    assert statuses(worker) == {name: "added"}
    assert names(library) == [name]


def test_many_files_put_by_several_people_at_once_all_come_to_an_end(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)

    def upload(person: int) -> None:
        for number in range(10):
            worker.put(f"{person}-{number}.txt", [b""])

    people = [threading.Thread(target=upload, args=(person,)) for person in range(4)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    assert len(statuses(worker)) == 40
    assert set(statuses(worker).values()) == {"failed"}


@pytest.fixture
def threads_take_turns_often() -> Iterator[None]:
    """Let threads cut in on each other as often as they can, so that an order of events that is rare is met."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("threads_take_turns_often")
def test_no_file_is_said_to_wait_when_it_has_been_dealt_with(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added"}
    for number in range(190):
        worker.put(f"{number}.txt", [HOURS])
    until(lambda: waiting(settings) == [])
    until(lambda: all_over(worker), seconds=5)


@pytest.mark.usefixtures("threads_take_turns_often")
def test_files_are_dismissed_while_others_are_added(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    for number in range(40):
        worker.put(f"{number}.txt", [b""])
    until(lambda: any(job.over for job in worker.jobs()))

    def dismissed_all() -> bool:
        for job in worker.jobs():
            worker.dismiss(job.id)
        return worker.jobs() == []

    until(dismissed_all, seconds=15)
    assert waiting(settings) == []
    worker.put("hours.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added"}


def test_what_lies_in_the_inbox_by_mistake_stops_nobody(library: Library, settings: Settings) -> None:
    stray: Path = settings.library / "inbox" / "Thumbs.db"
    stray.parent.mkdir()
    stray.write_bytes(b"not ours")
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added"}
