"""Names that are taken, files that nobody wants any more, and a disk that is full."""

import shutil
from pathlib import Path

import pytest

from ingest import Library, Settings, Worker
from ingest.errors import LibraryUnavailable
from ingest.queue.jobs import Jobs
from tests.conftest import settings_in, until

OLD, NEW = b"The office opens at eight.", b"The office opens at nine."


def settled(worker: Worker) -> list[str]:
    """What became of each file, once nothing goes on by itself."""
    until(lambda: not any(job.going for job in worker.jobs()))
    return [job.status for job in worker.jobs()]


def held(library: Library) -> dict[str, str]:
    """The text of each document by its name."""
    return {
        document.name: " ".join(passage.text for passage in library.passages([document]))
        for document in library.documents()
    }


@pytest.fixture
def asking(library: Library, settings: Settings) -> Worker:
    """A worker that asks what to do with a changed file of a name that is taken."""
    worker = Worker(library, settings)
    worker.put("hours.txt", [OLD])
    assert settled(worker) == ["added"]
    worker.put("hours.txt", [NEW])
    assert settled(worker) == ["added", "asking"]
    assert held(library) == {"hours.txt": OLD.decode()}
    return worker


def test_a_changed_file_of_the_same_name_replaces_the_other_where_that_is_wanted(
    asking: Worker, library: Library
) -> None:
    asking.decide(asking.jobs()[-1].id, "replace")
    assert settled(asking) == ["added", "added"]
    assert held(library) == {"hours.txt": NEW.decode()}


def test_a_document_that_is_replaced_leaves_its_collections_and_tags_to_the_new_one(
    asking: Worker, library: Library
) -> None:
    rules, old = library.shelf.make("Rules"), library.documents()[0].id
    library.shelf.put(rules.id, [old])
    library.shelf.tag([old], "office")
    asking.decide(asking.jobs()[-1].id, "replace")
    assert settled(asking) == ["added", "added"]
    (new,) = library.documents()
    assert new.id != old
    assert library.shelf.now().of(new.id) == (["Rules"], ["office"])


def test_a_changed_file_of_the_same_name_is_kept_beside_the_other_where_that_is_wanted(
    asking: Worker, library: Library
) -> None:
    asking.decide(asking.jobs()[-1].id, "keep")
    assert settled(asking) == ["added", "added"]
    assert held(library) == {"hours.txt": OLD.decode(), "hours (2).txt": NEW.decode()}


def test_a_file_that_waits_for_a_decision_still_does_after_a_restart(
    asking: Worker, library: Library, settings: Settings
) -> None:
    again = Worker(library, settings)
    assert settled(again) == ["asking"]
    again.cancel(again.jobs()[0].id)
    assert [job.status for job in again.jobs()] == ["cancelled"]
    assert Jobs(library).all() == []
    assert [path.name for path in (settings.library / "files").iterdir()] == [library.documents()[0].id]
    assert held(library) == {"hours.txt": OLD.decode()}


def test_a_file_that_is_cancelled_while_it_is_embedded_leaves_nothing(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("long.txt", ["\n\n".join(f"Rule {n} says {n} things about room {n}." * 9 for n in range(600)).encode()])
    until(lambda: any(job.progress and job.progress.done for job in worker.jobs()))
    worker.cancel(worker.jobs()[0].id)
    until(lambda: [job.status for job in worker.jobs()] == ["cancelled"])
    assert library.documents() == []
    until(lambda: Jobs(library).all() == [])
    assert library.rows() == 0
    assert library.files.bytes() == 0
    worker.dismiss(worker.jobs()[0].id)
    assert worker.jobs() == []


def test_the_original_is_kept_as_it_was_and_goes_with_its_document(library: Library, settings: Settings) -> None:
    worker = Worker(library, settings)
    worker.put("hours.txt", [OLD])
    assert settled(worker) == ["added"]
    (document,) = library.documents()
    original = library.files.path(document.id)
    assert original is not None
    assert original.read_bytes() == OLD
    library.delete(document.id)
    assert library.files.path(document.id) is None
    assert not original.exists()


@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_an_original_is_not_deleted_because_the_store_does_not_name_it(settings: Settings, damage: str) -> None:
    with Library(settings) as library:
        worker = Worker(library, settings)
        worker.put("hours.txt", [OLD])
        assert settled(worker) == ["added"]
        (document,) = library.documents()
    shutil.rmtree(settings.library / "chroma")
    if damage == "empty":
        (settings.library / "chroma").mkdir()
    for _ in range(2):
        with pytest.raises(LibraryUnavailable, match="is missing"):
            Library(settings)
        assert (settings.library / "files" / document.id).read_bytes() == OLD


def test_a_removal_that_was_interrupted_is_brought_to_its_end_at_the_next_start(settings: Settings) -> None:
    with Library(settings) as library:
        worker = Worker(library, settings)
        worker.put("hours.txt", [OLD])
        worker.put("late.txt", [b"The late shift ends at ten."])
        assert settled(worker) == ["added", "added"]
        removed, kept = sorted(library.documents(), key=lambda document: document.name)
        library.files.set_aside(removed.id)
        assert library.files.path(removed.id) is None
    with Library(settings) as library:
        assert library.documents() == [kept]
        assert [path.name for path in (settings.library / "files").iterdir()] == [kept.id]


def test_a_removal_that_fails_leaves_the_original(library: Library) -> None:
    written = library.files.write([OLD])
    library.files.place(written)
    library.close()
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever Chroma raises once it is closed)
        library.remove(written.hash)
    assert library.files.path(written.hash) is not None


def test_a_full_disk_is_said_before_anything_is_lost(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, free_megabytes=10**9)
    with Library(settings) as library:
        worker = Worker(library, settings)
        with pytest.raises(LibraryUnavailable, match="disk is almost full"):
            worker.put("hours.txt", [OLD])
        assert worker.jobs() == []
        assert library.nearly_full()
