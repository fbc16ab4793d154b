"""A backup that is put back on a page: the open library goes on, and the next start has the other one."""

from pathlib import Path

import pytest

from ingest import BackupRestorer, Library, People, Record, Settings, SignIns
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.errors import LibraryUnavailable
from ingest.following.folders import FollowedFolders
from tests.conftest import is_one_sentence, settings_in, until
from tests.ingest.backup.test_backup import fill, state
from tests.ingest.store.stored import a_document, add_document


@pytest.fixture
def backup(tmp_path: Path) -> bytes:
    """A backup of another machine's library."""
    with Library(settings_in(tmp_path / "another machine")) as library:
        fill(library)
        write_backup(library, tmp_path / "backup.zip")
    return (tmp_path / "backup.zip").read_bytes()


def is_over(restorer: BackupRestorer) -> bool:
    return restorer.progress is None


def test_it_takes_its_place_at_the_next_start_and_not_before(backup: bytes, settings: Settings, tmp_path: Path) -> None:
    with Library(settings) as library:
        add_document(library, a_document("f" * 64, 2))
        before = state(library)
        restorer = BackupRestorer(settings)
        restorer.start(backup)
        until(lambda: is_over(restorer))
        assert restorer.error is None
        assert restorer.ready
        assert (restorer.ready.documents, restorer.ready.in_trash) == (3, 1)
        assert state(library) == before
        add_document(library, a_document("e" * 64, 2))  # it goes on being used
    with Library(settings) as restored, Library(settings_in(tmp_path / "another machine")) as other:
        assert state(restored) == state(other)
    assert sorted(path.name for path in settings.library.iterdir()) == [
        *("backups", "chroma", "files", "lock", "pinpoint.db"),
    ]
    assert list((settings.library / "backups").iterdir()) == []


def test_the_library_is_kept_after_all(backup: bytes, settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("f" * 64, 2))
        restorer = BackupRestorer(settings)
        for _ in range(2):  # again, while one is ready
            restorer.start(backup)
            until(lambda: is_over(restorer))
            assert restorer.ready
        restorer.cancel()
        assert restorer.ready is None
    with Library(settings) as library:
        assert [document.id for document in library.documents()] == ["f" * 64]


def test_what_is_no_backup_is_one_sentence_that_names_no_path(settings: Settings, backup: bytes) -> None:
    with Library(settings) as library:
        add_document(library, a_document("f" * 64, 2))
        restorer = BackupRestorer(settings)
        for content in (b"", b"no archive", backup[: len(backup) // 2]):
            restorer.start(content)
            until(lambda: is_over(restorer))
            assert restorer.ready is None
            assert restorer.error
            assert is_one_sentence(restorer.error)
            assert str(settings.library) not in restorer.error
    with Library(settings) as library:
        assert [document.id for document in library.documents()] == ["f" * 64]


def test_a_library_at_a_server_is_not_restored_into(settings: Settings) -> None:
    at_server = settings.model_copy(update={"chroma_url": "http://localhost:8000"})
    restorer = BackupRestorer(at_server)
    restorer.start(b"a backup")
    until(lambda: is_over(restorer))
    assert restorer.error
    assert "PINPOINT_CHROMA_URL" in restorer.error


def test_bytes_that_cannot_be_kept_are_one_sentence(settings: Settings) -> None:
    settings.library.mkdir(parents=True)
    (settings.library / "backups").write_text("in the way", encoding="utf-8")
    restorer = BackupRestorer(settings)
    with pytest.raises(LibraryUnavailable) as refused:
        restorer.start(b"a backup")
    assert is_one_sentence(str(refused.value))
    assert restorer.progress is None


def test_no_folder_of_this_machine_is_followed_because_a_backup_names_it(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    with Library(settings) as library:
        FollowedFolders(library.database, settings).follow(str(tmp_path / "papers"))
        write_backup(library, tmp_path / "backup.zip")
    target = settings.model_copy(update={"library": tmp_path / "restored"})
    restore_backup(tmp_path / "backup.zip", target)
    with Library(target) as library:
        assert FollowedFolders(library.database, target).all() == []


def test_a_sign_in_that_was_ended_does_not_come_back_with_a_backup(settings: Settings, tmp_path: Path) -> None:
    with Library(settings) as library:
        sign_ins = SignIns(library.database, Record(library.database, 365), 14)
        token = sign_ins.first_owner("Ada", "a password of words", "192.0.2.7")
        assert sign_ins.person(token)
        write_backup(library, tmp_path / "backup.zip")
    restore_backup(tmp_path / "backup.zip", settings, replace=True)
    with Library(settings) as library:
        sign_ins = SignIns(library.database, Record(library.database, 365), 14)
        assert [person.name for person in People(library.database, lambda: None).listed()] == ["Ada"]
        assert sign_ins.person(token) is None
