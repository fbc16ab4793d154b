"""A backup from the command line, while the app has the library open and while nobody has."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest import Library, Settings, answer_requests
from ingest.__main__ import main
from ingest.backup import requests
from ingest.backup.requests import make_backup
from ingest.errors import LibraryUnavailable
from tests.conftest import ROOT, is_one_sentence, until
from tests.ingest.backup.test_backup import fill, same

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def own_library(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The library that the commands use."""
    monkeypatch.chdir(settings.library.parent)
    monkeypatch.setenv("PINPOINT_LIBRARY", str(settings.library))
    return settings


def serve(library: Library) -> None:
    """Answer requests as the app does, until this test's process ends."""
    threading.Thread(target=answer_requests, args=[library], daemon=True).start()


def test_backup_and_restore_print_what_they_did(own_library: Settings, capsys: Captured) -> None:
    with Library(own_library) as library:
        fill(library)
    assert main(["backup", "backup.zip", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row == {
        "file": "backup.zip",
        "status": "backed up",
        "documents": 3,
        "in_trash": 1,
        "passages": 9,
        "bytes": Path("backup.zip").stat().st_size,
    }
    assert main(["backup", "backup.zip"]) == 1
    assert is_one_sentence(capsys.readouterr().err.strip())
    assert main(["restore", "backup.zip"]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", "backup.zip", "--replace"]) == 0
    assert capsys.readouterr().out.startswith("3 documents (1 in the trash) with 9 passages")
    assert main(["restore", "not there.zip", "--replace"]) == 1
    assert is_one_sentence(capsys.readouterr().err.strip())


def test_a_running_app_makes_the_backup_that_another_process_asks_for(own_library: Settings, tmp_path: Path) -> None:
    with Library(own_library) as library:
        fill(library)
        serve(library)
        command = [sys.executable, "-m", "ingest", "backup", str(tmp_path / "backup.zip")]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
        assert (run.returncode, run.stderr) == (0, "")
        assert run.stdout.startswith("3 documents (1 in the trash)")
        assert list((own_library.library / "requests").iterdir()) == []
        command[3:4] = ["backup"]
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
        assert again.returncode == 1
        assert "already" in again.stderr  # what the app says reaches whoever asked
    other = own_library.model_copy(update={"library": tmp_path / "other"})
    from ingest.backup.restore import restore_backup

    restore_backup(tmp_path / "backup.zip", other)
    with Library(own_library) as library, Library(other) as restored:
        same(restored, library)


def test_where_nobody_answers_that_is_said_in_one_sentence(
    own_library: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "_PATIENCE", 2)
    with Library(own_library), pytest.raises(LibraryUnavailable, match="does not answer") as refused:
        make_backup(tmp_path / "backup.zip", own_library)
    assert is_one_sentence(str(refused.value))
    assert list((own_library.library / "requests").iterdir()) == []


def test_where_the_app_ends_meanwhile_the_backup_is_made_all_the_same(own_library: Settings, tmp_path: Path) -> None:
    library = Library(own_library)
    fill(library)
    made: list[int] = []
    asking = threading.Thread(target=lambda: made.append(make_backup(tmp_path / "backup.zip", own_library).documents))
    asking.start()
    until(lambda: any(own_library.library.glob("requests/*.asked")))
    library.close()
    asking.join(60)
    assert made == [3]
