"""A file into the library: all of it goes in, or nothing of it, and no file harms another."""

import hashlib
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from ingest import Document, Library, Outcome, Passage, Progress, Settings
from ingest.embedding.bi_encoder import bi_encoder_name
from ingest.errors import WrongModel
from ingest.pipeline.add import add
from tests.conftest import LOCKERS, SharedLibrary, is_one_sentence, rows, written

TEXT = "The office opens at eight in the morning."


class Stopped(Exception):
    """What a page raises in the middle of things when its reader goes away."""


def test_a_file_is_added_and_what_became_of_it_is_said(library: Library, settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, "hours.txt", TEXT)
    outcome = add(path, library, settings)
    document_id = hashlib.sha256(path.read_bytes()).hexdigest()
    assert outcome == Outcome("hours.txt", "added", document_id, None, 1, None, outcome.seconds)
    (document,) = library.documents()
    assert document == Document(
        document_id, "hours.txt", document.type, None, 1, path.stat().st_size, document.added_at
    )
    assert document.added_at <= datetime.now(UTC)
    assert list(library.passages([document])) == [Passage(document_id, 0, TEXT)]
    assert library.bi_encoder() == bi_encoder_name(settings)


def test_a_file_uploaded_twice_is_one_document(library: Library, settings: Settings, tmp_path: Path) -> None:
    first = add(written(tmp_path, "hours.txt", TEXT), library, settings)
    again = add(written(tmp_path, "copy of hours.txt", TEXT), library, settings)
    assert (first.status, again.status) == ("added", "unchanged")
    assert again.document_id == first.document_id
    assert (again.passages, again.reason) == (1, None)
    assert [document.name for document in library.documents()] == ["hours.txt"]
    assert len(list(library.passages(library.documents()))) == 1


def test_a_changed_file_of_the_same_name_is_another_document(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    add(written(tmp_path, "hours.txt", TEXT), library, settings)
    add(written(tmp_path, "hours.txt", "The office opens at nine."), library, settings)
    assert [document.name for document in library.documents()] == ["hours.txt", "hours.txt"]


def test_a_removed_file_can_be_added_again(library: Library, settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, "hours.txt", TEXT)
    document_id = add(path, library, settings).document_id
    assert document_id
    library.remove(document_id)
    assert add(path, library, settings).status == "added"


def test_a_file_can_go_by_another_name_than_the_one_it_lies_under(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    outcome = add(written(tmp_path, "file", "# Hours\n\n" + TEXT), library, settings, name="Opening hours.md")
    assert outcome.name == "Opening hours.md"
    (document,) = library.documents()
    assert document.name == "Opening hours.md"
    assert [passage.heading for passage in library.passages([document])] == ["Hours"]


def test_every_passage_of_a_long_document_is_in_the_library_in_its_order(lockers: SharedLibrary) -> None:
    document = lockers.named("lockers.txt")
    passages = list(lockers.library.passages([document]))
    assert [passage.ordinal for passage in passages] == list(range(LOCKERS))
    assert [passage.text.split()[1] for passage in passages] == [str(number) for number in range(1, LOCKERS + 1)]


# --- one bad file


def failed(path: Path, library: Library, settings: Settings) -> str:
    outcome = add(path, library, settings)
    assert (outcome.name, outcome.status) == (path.name, "failed")
    assert (outcome.document_id, outcome.pages, outcome.passages) == (None, None, None)
    assert outcome.reason
    assert is_one_sentence(outcome.reason)
    return outcome.reason


def test_what_cannot_be_read_is_an_outcome_with_a_sentence_and_leaves_nothing_behind(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7\nnothing of a PDF")
    for bad in (written(tmp_path, "empty.txt", ""), damaged, tmp_path, tmp_path / "not there.txt"):
        failed(bad, library, settings)
    assert library.documents() == []
    assert library.bi_encoder() is None


def test_the_other_files_are_unharmed_by_a_bad_one(library: Library, settings: Settings, tmp_path: Path) -> None:
    names = ["one.txt", "bad.txt", "two.txt"]
    paths = [written(tmp_path, name, "" if name == "bad.txt" else f"This is {name}.") for name in names]
    assert [add(path, library, settings).status for path in paths] == ["added", "failed", "added"]
    assert [document.name for document in library.documents()] == ["one.txt", "two.txt"]
    assert [passage.text for passage in library.passages(library.documents())] == [
        "This is one.txt.",
        "This is two.txt.",
    ]


def test_a_file_whose_name_is_no_unicode_is_added_or_refused_as_any_other(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")  # a name from an old disk
    try:
        path.write_text(TEXT, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes only names in Unicode")
    outcome = add(path, library, settings)
    assert outcome.status in {"added", "failed"}
    assert outcome.status == "added" or (outcome.reason and is_one_sentence(outcome.reason))
    assert len(library.documents()) == (outcome.status == "added")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(library: Library, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    outcomes: list[Outcome] = []
    adding = threading.Thread(target=lambda: outcomes.append(add(path, library, settings)), daemon=True)
    adding.start()
    adding.join(15)
    waited = adding.is_alive()
    if waited:  # let it go before the library is closed
        path.open("wb").close()
        adding.join(15)
    assert not waited
    assert [outcome.status for outcome in outcomes] == ["failed"]


def test_a_library_of_another_model_takes_no_file(library: Library, settings: Settings, tmp_path: Path) -> None:
    passage = Passage("old", 0, "Text.")
    library.prepare("another model", "cosine")
    library.finish(
        Document("old", "old.txt", "Text", None, 1, 5, datetime.now(UTC)), passage, np.ones(8, dtype=np.float32)
    )
    with pytest.raises(WrongModel):
        add(written(tmp_path, "hours.txt", TEXT), library, settings)
    assert [document.name for document in library.documents()] == ["old.txt"]


# --- progress


def three_passages(folder: Path) -> Path:
    return written(folder, "three.md", "".join(f"# Part {part}\n\nThis is part {part}.\n\n" for part in range(3)))


def test_progress_goes_from_reading_to_embedding_and_never_back(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    seen: list[Progress] = []
    add(three_passages(tmp_path), library, settings, progress=seen.append)
    stages = [step.stage for step in seen]
    reading = stages.count("reading")  # reported several times where reading takes long
    assert reading >= 1
    assert stages == ["reading"] * reading + ["embedding"] * (len(seen) - reading)
    embedding = seen[reading:]
    assert {step.total for step in embedding} == {3}
    done = [step.done for step in embedding]  # the same number while others are embedded or asked
    assert done == sorted(done)
    assert all(0 <= step.done <= 3 for step in embedding)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_an_adding_that_breaks_off_leaves_nothing_behind(
    library: Library, settings: Settings, tmp_path: Path, step: int
) -> None:
    steps = iter(range(10))

    def stop(_: Progress) -> None:
        if next(steps) == step:
            raise Stopped

    other = add(written(tmp_path, "other.txt", TEXT), library, settings)
    with pytest.raises(Stopped):
        add(three_passages(tmp_path), library, settings, progress=stop)
    assert [document.id for document in library.documents()] == [other.document_id]
    library.close()
    assert [row.partition(":")[0] for row in rows(settings)] == [other.document_id]


def test_a_file_that_broke_off_can_be_added_again(library: Library, settings: Settings, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.done:
            raise Stopped

    with pytest.raises(Stopped):
        add(three_passages(tmp_path), library, settings, progress=stop)
    assert add(three_passages(tmp_path), library, settings).status == "added"
    assert [passage.ordinal for passage in library.passages(library.documents())] == [0, 1, 2]
