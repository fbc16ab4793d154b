"""What is known of the files of followed folders: a restart finds it as it was left, whatever they are called."""

from pathlib import Path

from ingest import Database
from ingest.following.folders import FollowedFolders
from ingest.following.known_files import KnownFiles
from ingest.following.reconcile import Known
from ingest.following.scan import Stamp
from ingest.settings import Settings

NAMES = ["a.txt", "sub/a b.txt", 'quo"te.txt', "line\nbreak.txt", "日本語.pdf", "caf\udce9.txt", "%_'.txt"]


def test_rows_are_written_changed_and_deleted_whatever_the_files_are_called(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    with Database(settings.library) as database:
        folders = FollowedFolders(database, settings)
        folders.follow(str(tmp_path / "papers"))
        (folder,) = folders.all()
        files = KnownFiles(database)
        for name in NAMES:
            first = Known(name, Stamp(3, 5), "aa", "waiting", (), 7)
            changed = Known(name, Stamp(3, 2**62), "aa", "refused", ("bb",), None, "This file is empty.")
            assert files.write(folder.id, None, first)
            assert files.with_jobs() == {7: [(folder.id, first)]}
            assert not files.write(folder.id, changed, None)  # something else is known
            assert files.write(folder.id, first, changed)
            assert KnownFiles(database).of(folder.id) == files.of(folder.id) == {name: changed}
            assert files.write(folder.id, changed, None)
            assert KnownFiles(database).of(folder.id) == files.of(folder.id) == {}
        assert files.write(folder.id, None, first)
        folders.stop(str(tmp_path / "papers"))
        assert KnownFiles(database).of(folder.id) == {}
