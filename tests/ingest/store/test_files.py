"""The folder of files: each is there whole, once, under its hash, until a person has it removed."""

import hashlib
from pathlib import Path

import pytest

from ingest import Library, Settings
from ingest.errors import LibraryUnavailable
from ingest.pipeline.add import add
from ingest.queue.jobs import Jobs
from ingest.store.files import Files
from tests.conftest import is_one_sentence, settings_in, written
from tests.ingest.store.stored import a_document, add_document

TEXT = "The office opens at eight."
HASH = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def names(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.library / "files").iterdir())


def test_a_file_is_written_in_pieces_and_lies_under_its_hash_once_it_has_its_place(files: Files) -> None:
    file = files.write([TEXT.encode()[:7], TEXT.encode()[7:]])
    assert file.hash == HASH
    assert files.path(HASH) is None
    files.place(file)
    path = files.path(HASH)
    assert path is not None
    assert path.read_text(encoding="utf-8") == TEXT
    files.drop(file)
    assert files.path(HASH) == path


def test_the_same_bytes_written_twice_are_one_file(files: Files) -> None:
    for _ in range(2):
        files.place(files.write([TEXT.encode()]))
    assert files.bytes() == len(TEXT)


def test_a_file_is_set_aside_put_back_and_discarded(files: Files) -> None:
    files.place(files.write([TEXT.encode()]))
    files.set_aside(HASH)
    assert files.path(HASH) is None
    assert files.asides() == [HASH]
    files.put_back(HASH)
    assert files.path(HASH) is not None
    assert files.asides() == []
    files.set_aside(HASH)
    files.discard(HASH)
    assert files.bytes() == 0
    for change in (files.set_aside, files.put_back, files.discard):
        change(HASH)  # nothing is there, and nothing happens


def test_what_came_again_after_it_was_set_aside_stays(files: Files) -> None:
    files.place(files.write([TEXT.encode()]))
    files.set_aside(HASH)
    files.place(files.write([TEXT.encode()]))
    files.discard(HASH)
    assert files.path(HASH) is not None
    assert files.asides() == []


@pytest.mark.parametrize("name", ["", ".", "..", "../outside", "Thumbs.db", "f" * 63, "F" * 64])
def test_only_a_hash_names_a_file(files: Files, tmp_path: Path, name: str) -> None:
    for path in (tmp_path / "outside", tmp_path / "files" / "Thumbs.db", tmp_path / "files" / "Thumbs.db.removed"):
        path.write_text(TEXT, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for change in (files.path, files.unplace, files.set_aside, files.put_back, files.discard):
        assert change(name) is None
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file in its place", encoding="utf-8")
    with pytest.raises(LibraryUnavailable) as refused:
        Files(tmp_path / "files")
    assert is_one_sentence(str(refused.value))


# --- at the start of a library


def test_a_removal_that_was_interrupted_is_ended_only_where_nobody_needs_the_file(settings: Settings) -> None:
    with Library(settings) as library:
        jobs = Jobs(library)
        gone, job, again = (library.files.write([text]) for text in (b"gone", b"of a job", b"came again"))
        for file in (gone, again):
            library.files.place(file)
            add_document(library, a_document(file.hash, 2))
        assert jobs.put("job.txt", [b"of a job"]).file == job.hash
        library.files.drop(job)
        for file in (gone, job, again):
            library.files.set_aside(file.hash)
        library.files.place(library.files.write([b"came again"]))
    with Library(settings) as library:
        assert [document.id for document in library.documents()] == [again.hash]
    assert names(settings) == sorted([job.hash, again.hash])


def test_a_whole_file_that_nothing_names_stays(settings: Settings) -> None:
    with Library(settings) as library:
        library.files.place(library.files.write([TEXT.encode()]))
    Library(settings).close()
    assert names(settings) == [HASH]


def test_where_others_may_be_writing_only_old_files_are_swept(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.write([b"being written"])
    files.sweep(lambda _: False, older_than_seconds=3600)
    assert files.bytes() > 0
    files.sweep(lambda _: False)
    assert files.bytes() == 0


# --- a file that is added from a path


def test_a_file_that_is_added_is_read_from_its_copy_and_is_there_with_its_document(
    settings: Settings, tmp_path: Path
) -> None:
    with Library(settings) as library:
        assert add(written(tmp_path, "hours.txt", TEXT), library, settings).document_id == HASH
        assert names(settings) == [HASH]
        before = (settings.library / "files" / HASH).stat()
        assert add(tmp_path / "hours.txt", library, settings).status == "unchanged"
        assert (settings.library / "files" / HASH).stat() == before
        library.delete(HASH)
    assert names(settings) == []


@pytest.mark.parametrize("stage", ["reading", "embedding"])
def test_a_file_that_is_not_added_leaves_no_copy(
    library: Library, settings: Settings, tmp_path: Path, stage: str
) -> None:
    def stop(progress: object) -> None:
        assert len(names(settings)) == 1
        if getattr(progress, "stage", None) == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(written(tmp_path, "hours.txt", TEXT), library, settings, progress=stop)
    assert names(settings) == []


def test_a_document_that_cannot_be_finished_leaves_no_file_but_that_of_a_job(
    library: Library, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise LibraryUnavailable("The library could not be written.")

    monkeypatch.setattr(library, "finish", fails)
    path = written(tmp_path, "hours.txt", TEXT)
    with pytest.raises(LibraryUnavailable):
        add(path, library, settings)
    assert names(settings) == []
    Jobs(library).put("hours.txt", [TEXT.encode()])
    with pytest.raises(LibraryUnavailable):
        add(path, library, settings)
    assert names(settings) == [HASH]


def test_a_file_that_is_there_already_is_not_copied_where_the_disk_is_full(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    path = written(tmp_path, "hours.txt", TEXT)
    with Library(settings) as library:
        add(path, library, settings)
    settings = settings_in(tmp_path, free_megabytes=10**9)
    with Library(settings) as library:
        assert add(path, library, settings).status == "unchanged"
        with pytest.raises(LibraryUnavailable, match="almost full"):
            add(written(tmp_path, "other.txt", "The office opens at nine."), library, settings)
    assert names(settings) == [HASH]
