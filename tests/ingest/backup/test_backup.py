"""A backup holds everything, and what is restored from it is the same, on another folder too."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import Library, Settings
from ingest.backup.manifest import Manifest
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.document import Place
from ingest.errors import LibraryUnavailable
from ingest.pipeline.add import add
from ingest.queue.jobs import Jobs
from qa import Conversations, Judgements, Turn
from tests.conftest import is_one_sentence, settings_in, written
from tests.ingest.store.stored import a_document, add_document, texts, vectors

PLACES = (Place(0, 4, 720, 700, 1200, 820), Place(5, 9, 720, 830, 1200, 950))
IDS = [f"{number:064x}" for number in range(1, 4)]


def fill(library: Library) -> None:
    """Two documents, a third one in the trash, a file that waits, a conversation."""
    for number, document_id in enumerate(IDS):
        document = a_document(document_id, number + 2, minutes=number)
        library.keep_places(document_id, [replace(passage, places=PLACES) for passage in texts(document)])
        add_document(library, document)
        library.files.take_in(written(library.database.folder, f"file {number}", f"original {number}"), document_id)
    library.remove(IDS[2])
    Jobs(library).put("waiting.txt", [b"The office opens at eight."])
    conversations = Conversations(library.database)
    conversations.add(conversations.start(), Turn("When?", None, "There are no documents yet."))


def state(library: Library) -> tuple[object, ...]:
    """All that a library holds, in words that can be compared."""
    documents = library.stored_documents()
    passages = list(library.passages(documents))
    return (
        library.documents(),
        [(each.document, each.removed_at) for each in library.trash.documents()],
        passages,
        [library.home.places.of(passage) for passage in passages],
        # Chroma norms what it compares by cosine, each time that it is stored: the last digits may differ.
        {key: [round(float(each), 3) for each in value] for key, value in library.vectors(passages).items()},
        {job.name: (job.file, job.status) for job in Jobs(library).all()},
        [(each.name, each.id, each.changed_at) for each in Conversations(library.database).listed("")],
        len(Judgements(library.database)),
        {path.name: path.read_bytes() for path in (library.database.folder / "files").iterdir()},
        library.bi_encoder(),
    )


def same(one: Library, other: Library) -> None:
    """Both hold the same."""
    for mine, others in zip(state(one), state(other), strict=True):
        assert mine == others


def manifest_of(path: Path) -> Manifest:
    with zipfile.ZipFile(path) as archive:
        return Manifest.model_validate_json(archive.read("manifest.json"))


@pytest.fixture
def backup(settings: Settings, tmp_path: Path) -> Path:
    """A backup of the library of `settings`, which is closed."""
    path = tmp_path / "backup.zip"
    with Library(settings) as library:
        fill(library)
        write_backup(library, path)
    return path


def test_everything_is_restored_as_it_was(backup: Path, settings: Settings, tmp_path: Path) -> None:
    other = settings_in(tmp_path / "another machine")
    told: list[tuple[int, int]] = []
    manifest = restore_backup(backup, other, progress=lambda done, total: told.append((done, total)))
    assert (manifest.documents, manifest.in_trash, manifest.passages) == (3, 1, 9)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with Library(settings) as library, Library(other) as restored:
        same(restored, library)
        assert restored.trash.restore(IDS[2])
        document = a_document(IDS[2], 4)
        for passage, vector in zip(texts(document), vectors(texts(document)), strict=True):
            assert restored.nearest(vector, 1, [document]) == [passage]
    assert sorted(path.name for path in other.library.iterdir()) == ["chroma", "files", "lock", "pinpoint.db"]


def test_the_manifest_says_what_is_there(backup: Path) -> None:
    manifest = manifest_of(backup)
    with zipfile.ZipFile(backup) as archive:
        assert set(archive.namelist()) == {*manifest.members, "manifest.json"}
        assert archive.testzip() is None
        first = json.loads(archive.read(f"documents/{IDS[0]}.jsonl").splitlines()[0])
    assert (first["name"], first["passages"], first["removed_at"]) == (f"{IDS[0]}.pdf", 2, None)
    assert (manifest.bi_encoder, manifest.distance, manifest.width) == ("a model", "cosine", 8)


def test_an_empty_library_is_backed_up_and_restored(settings: Settings, tmp_path: Path) -> None:
    with Library(settings) as library:
        write_backup(library, tmp_path / "backup.zip")
    other = settings_in(tmp_path / "other")
    assert restore_backup(tmp_path / "backup.zip", other).documents == 0
    with Library(other) as restored:
        assert restored.documents() == []
        add_document(restored, a_document(IDS[0], 2))


def test_a_library_that_is_not_empty_is_replaced_only_when_told(
    backup: Path, tmp_path: Path, settings: Settings
) -> None:
    other = settings_in(tmp_path / "other")
    with Library(other) as library:
        add_document(library, a_document("f" * 64, 2))
        before = state(library)
    with pytest.raises(LibraryUnavailable, match="--replace") as refused:
        restore_backup(backup, other)
    assert is_one_sentence(str(refused.value))
    with Library(other) as library:
        assert state(library) == before
    restore_backup(backup, other, replace=True)
    with Library(settings) as library, Library(other) as restored:
        same(restored, library)


def test_a_damaged_library_is_replaced_when_told(backup: Path, settings: Settings) -> None:
    for name in ("chroma/chroma.sqlite3", "pinpoint.db"):
        (settings.library / name).write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryUnavailable, match="--replace"):
        restore_backup(backup, settings)
    restore_backup(backup, settings, replace=True)
    with Library(settings) as restored:
        assert len(restored.documents()) == 2


def test_a_library_that_is_in_use_is_not_replaced(backup: Path, settings: Settings) -> None:
    with Library(settings) as library:
        before = state(library)
        with pytest.raises(LibraryUnavailable, match="in use"):
            restore_backup(backup, settings, replace=True)
        assert state(library) == before


def test_a_file_that_is_there_is_not_overwritten(library: Library, tmp_path: Path) -> None:
    kept = written(tmp_path, "thesis.zip", "my only copy")
    with pytest.raises(LibraryUnavailable, match="already"):
        write_backup(library, kept)
    assert kept.read_text(encoding="utf-8") == "my only copy"


def test_what_comes_and_goes_meanwhile_is_in_the_backup_whole_or_not_at_all(settings: Settings, tmp_path: Path) -> None:
    late = a_document("e" * 64, 3)
    with Library(settings) as library:
        fill(library)

        def meddle(done: int, _: int) -> None:
            if done == 1:
                library.delete(IDS[1])
                library.empty_trash([IDS[2]])
                add_document(library, late)
                Jobs(library).dismiss(Jobs(library).all()[0].id, "waiting")

        manifest = write_backup(library, tmp_path / "backup.zip", meddle)
    assert (manifest.documents, manifest.in_trash, manifest.passages) == (1, 0, 2)
    other = settings_in(tmp_path / "other")
    restore_backup(tmp_path / "backup.zip", other)
    with Library(other) as restored:
        assert [document.id for document in restored.documents()] == [IDS[0]]
        assert restored.trash.documents() == []
        assert Jobs(restored).all() == []  # its file is not in the backup


def test_a_library_that_is_embedded_again_meanwhile_is_said_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    with Library(settings) as library:
        fill(library)

        def switch(done: int, _: int) -> None:
            if done == 1:
                following = library.next_collection("another model", "cosine")
                for document in library.stored_documents():
                    passages = texts(document)
                    following.store(passages[1:], vectors(passages[1:]))
                    following.finish(document, passages[0], vectors(passages[:1])[0])
                assert library.switch()

        with pytest.raises(LibraryUnavailable, match="once more") as refused:
            write_backup(library, tmp_path / "backup.zip", switch)
    assert is_one_sentence(str(refused.value))
    assert [path.name for path in tmp_path.iterdir()] == ["library"]


def test_real_documents_are_found_after_restoring_as_before(settings: Settings, tmp_path: Path) -> None:
    with Library(settings) as library:
        add(written(tmp_path, "office.md", "# Hours\n\nThe office opens at eight."), library, settings)
        write_backup(library, tmp_path / "backup.zip")
        before = state(library)
    other = settings_in(tmp_path / "other")
    restore_backup(tmp_path / "backup.zip", other)
    with Library(other) as restored:
        assert state(restored) == before
        assert add(tmp_path / "office.md", restored, other).status == "unchanged"
