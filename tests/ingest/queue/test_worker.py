"""The worker: adds the files of the jobs, each in its turn, and one bad file stops none of the others."""

import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from ingest import Document, Job, Library, Passage, Settings, Worker
from ingest.embedding.bi_encoder import Vectors
from ingest.errors import LibraryUnavailable
from ingest.queue.jobs import Jobs
from tests.conftest import is_one_sentence, until
from tests.ingest.reading.archives import mail, zipped

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


def spare_files(library: Library, settings: Settings) -> set[str]:
    """What lies in the folder of files and belongs to no document."""
    kept = {path.name for path in (settings.library / "files").iterdir()}
    return kept - {document.id for document in library.documents()}


def test_what_is_put_is_added_and_its_file_is_that_of_the_document(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    assert worker.jobs() == []
    worker.put("hours.txt", [HOURS[:10], HOURS[10:]])
    worker.put("kitchen.txt", [KITCHEN])
    assert statuses(worker) == {"hours.txt": "added", "kitchen.txt": "added"}
    assert sorted(names(library)) == ["hours.txt", "kitchen.txt"]
    assert spare_files(library, settings) == set()
    outcome = job_of(worker, "hours.txt").outcome
    assert outcome is not None
    assert (outcome.name, outcome.status, outcome.passages) == ("hours.txt", "added", 1)
    assert outcome.document_id == job_of(worker, "hours.txt").file


def test_a_restart_goes_on_where_the_last_run_stopped(library: Library, settings: Settings) -> None:
    left = Jobs(library)
    bad = left.put("bad.txt", [b""])
    left.claim()
    left.fail(bad.id, "This file is empty.")
    left.put("hours.txt", [HOURS])
    left.claim()
    left.put("kitchen.txt", [KITCHEN])
    worker = Worker(library, settings)
    assert [job.name for job in worker.jobs()] == ["bad.txt", "hours.txt", "kitchen.txt"]
    assert statuses(worker) == {"hours.txt": "added", "bad.txt": "failed", "kitchen.txt": "added"}
    assert job_of(worker, "bad.txt").reason == "This file is empty."
    assert sorted(names(library)) == ["hours.txt", "kitchen.txt"]


def test_a_file_that_was_added_but_not_yet_taken_out_is_not_added_twice(library: Library, settings: Settings) -> None:
    first = Worker(library, settings)
    first.put("hours.txt", [HOURS])
    assert statuses(first) == {"hours.txt": "added"}
    Jobs(library).put("hours.txt", [HOURS])  # as if the last run had ended just before
    assert statuses(Worker(library, settings)) == {"hours.txt": "unchanged"}
    assert names(library) == ["hours.txt"]
    assert spare_files(library, settings) == set()


def test_one_bad_file_fails_with_its_sentence_and_the_others_are_added(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    worker.put("bad.pdf", [b"%PDF-1.7\nnothing of a PDF"])
    worker.put("kitchen.txt", [KITCHEN])
    assert statuses(worker) == {"hours.txt": "added", "bad.pdf": "failed", "kitchen.txt": "added"}
    assert sorted(names(library)) == ["hours.txt", "kitchen.txt"]
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
    assert spare_files(library, settings) == set()
    assert Worker(library, settings).jobs() == []


def test_a_failed_file_can_be_tried_again(library: Library, settings: Settings, tmp_path: Path) -> None:
    job = Jobs(library).put("hours.txt", [HOURS])
    path = library.files.path(job.file)
    assert path is not None
    path.rename(tmp_path / "elsewhere")
    worker = Worker(library, settings)
    assert statuses(worker) == {"hours.txt": "failed"}
    reason = job_of(worker, "hours.txt").reason
    assert reason
    assert is_one_sentence(reason)
    worker.retry(job.id)
    until(lambda: job_of(worker, "hours.txt").over)
    assert statuses(worker) == {"hours.txt": "failed"}
    (tmp_path / "elsewhere").rename(path)  # what was wrong is right now
    worker.retry(job.id)
    until(lambda: job_of(worker, "hours.txt").status == "added")
    assert names(library) == ["hours.txt"]
    assert spare_files(library, settings) == set()


def test_on_a_full_disk_a_page_sees_how_it_went_and_it_is_written_down_when_there_is_room(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.queue.worker._RETRY_SECONDS", 0.05)
    worker = Worker(library, settings)
    database, write, full = library.database, library.database.write, threading.Event()

    def refusing() -> AbstractContextManager[Connection]:
        if full.is_set():
            raise LibraryUnavailable("The disk is full.")
        return write()

    monkeypatch.setattr(database, "write", refusing)
    worker.put("bad.txt", [b""])
    until(lambda: all_over(worker))
    full.set()
    with pytest.raises(LibraryUnavailable):
        worker.put("hours.txt", [HOURS])
    full.clear()
    finish = library.finish

    def finishing(document: Document, first: Passage, vector: Vectors) -> None:
        finish(document, first, vector)
        full.set()

    monkeypatch.setattr(library, "finish", finishing)
    worker.put("hours.txt", [HOURS])
    until(lambda: job_of(worker, "hours.txt").status == "added")
    (stored,) = (job for job in Jobs(library).all() if job.name == "hours.txt")
    assert stored.status == "working"
    full.clear()
    until(lambda: all(job.over for job in Jobs(library).all()))
    assert statuses(worker) == {"bad.txt": "failed", "hours.txt": "added"}


def test_a_file_that_went_well_can_be_dismissed_and_the_document_stays(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added"}
    worker.retry(job_of(worker, "hours.txt").id)
    assert job_of(worker, "hours.txt").status == "added"
    worker.dismiss(job_of(worker, "hours.txt").id)
    worker.dismiss(10**6)
    worker.retry(10**6)
    assert worker.jobs() == []
    assert names(library) == ["hours.txt"]


def test_the_same_file_again_is_unchanged(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [HOURS])
    worker.put("copy.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added", "copy.txt": "unchanged"}
    assert names(library) == ["hours.txt"]
    assert spare_files(library, settings) == set()


def test_a_document_that_was_removed_does_not_come_back_by_a_copy_that_waited(
    library: Library, settings: Settings
) -> None:
    jobs, content = Jobs(library), [b"The office opens at eight."]
    jobs.put("hours.txt", content)
    worker = Worker(library, settings)
    until(lambda: all(job.over for job in worker.jobs()))
    (document,) = library.documents()
    jobs.put("hours.txt", content)  # the worker does not know of it yet
    library.remove(document.id)
    worker.put("lift.txt", [b"The lift carries eight people."])
    until(lambda: all(job.over for job in worker.jobs()))
    assert [document.name for document in library.documents()] == ["lift.txt"]
    assert [job.name for job in worker.jobs()] == ["hours.txt", "lift.txt"]  # the first one had its own way in
    worker.put("hours.txt", content)
    until(lambda: all(job.over for job in worker.jobs()))
    assert {document.name for document in library.documents()} == {"lift.txt", "hours.txt"}


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
    until(lambda: not any(job.going for job in Jobs(library).all()))
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
    assert spare_files(library, settings) == set()
    worker.put("hours.txt", [HOURS])
    assert statuses(worker) == {"hours.txt": "added"}


# --- files inside files


def test_an_archive_leaves_no_file_of_its_own_and_its_outcome_is_kept(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("rules.zip", [zipped({"hours.txt": HOURS, "kitchen.txt": KITCHEN, "empty.txt": b""})])
    assert statuses(worker) == {"rules.zip": "added"}
    assert names(library) == ["rules.zip/hours.txt", "rules.zip/kitchen.txt"]
    assert spare_files(library, settings) == set()
    (kept,) = Jobs(library).all()
    assert kept.outcome is not None
    assert [file.status for file in kept.outcome.files] == ["added", "added"]
    assert kept.outcome.not_read[0].name == "empty.txt"


def test_what_was_in_already_when_an_archive_is_cancelled_stays_and_that_is_said(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, worker = library.finish, Worker(library, settings)

    def finishing(document: Document, first: Passage, vector: Vectors) -> None:
        finish(document, first, vector)
        worker.cancel(worker.jobs()[0].id)

    monkeypatch.setattr(library, "finish", finishing)
    worker.put("rules.zip", [zipped({"hours.txt": HOURS, "kitchen.txt": KITCHEN})])
    assert statuses(worker) == {"rules.zip": "failed"}
    assert "1 file in it was in the library by then" in str(job_of(worker, "rules.zip").reason)
    assert names(library) == ["rules.zip/hours.txt"]
    monkeypatch.undo()
    worker.retry(worker.jobs()[0].id)
    until(lambda: job_of(worker, "rules.zip").status == "added")
    assert names(library) == ["rules.zip/hours.txt", "rules.zip/kitchen.txt"]


def test_a_message_that_replaces_another_replaces_its_attachments(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("offer.eml", [mail({"hours.txt": HOURS, "old.txt": b"The old price is 12."})])
    statuses(worker)
    new = mail({"hours.txt": HOURS, "kitchen.txt": KITCHEN}, "Second offer")
    worker.put("offer.eml", [new])
    until(lambda: any(job.status == "asking" for job in worker.jobs()))
    worker.decide(next(job.id for job in worker.jobs() if job.status == "asking"), "replace")
    until(lambda: all_over(worker))
    assert sorted(names(library)) == ["offer.eml", "offer.eml/hours.txt", "offer.eml/kitchen.txt"]
    assert len(library.trash) == 2
