"""The command line of the documents: add, list, remove; JSON for programs, sentences for people."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert

from ingest import Library, load_settings
from ingest.__main__ import main
from ingest.store.tables import COLLECTIONS
from tests.conftest import ROOT, is_one_sentence, written
from tests.ingest.reading import files
from tests.ingest.reading.archives import zipped

ADDED = ["name", "status", "document_id", "pages", "passages", "reason", "seconds", "not_read", "files", "note"]
LISTED = ["document_id", "name", "type", "pages", "passages", "bytes", "added_at", "dated", "language", "source"]
LISTED += ["not_read", "collections", "tags"]
REMOVED = ["document_id", "status"]

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library that the commands use, found in the environment as a person sets it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PINPOINT_LIBRARY", str(tmp_path / "library"))
    return tmp_path / "library"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return written(tmp_path, "Öffnung.txt", "The office opens at eight in the morning.")


def rows(captured: Captured) -> list[dict[str, object]]:
    """What was printed, all of which has to be JSON, an object a line."""
    out, err = captured.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


def test_add_list_and_remove_print_the_promised_json(note: Path, capsys: Captured) -> None:
    assert main(["add", str(note), "--json"]) == 0
    (added,) = rows(capsys)
    assert list(added) == ADDED
    assert (added["name"], added["status"], added["passages"]) == ("Öffnung.txt", "added", 1)
    assert (added["pages"], added["reason"]) == (None, None)
    assert isinstance(added["seconds"], float)

    assert main(["add", str(note), "--json"]) == 0
    (again,) = rows(capsys)
    assert list(again) == ADDED
    assert (again["status"], again["document_id"]) == ("unchanged", added["document_id"])

    assert main(["list", "--json"]) == 0
    (listed,) = rows(capsys)
    assert list(listed) == LISTED
    assert listed["document_id"] == added["document_id"]
    assert (listed["name"], listed["passages"], listed["bytes"]) == ("Öffnung.txt", 1, note.stat().st_size)

    assert main(["remove", str(added["document_id"]), "--json"]) == 0
    assert rows(capsys) == [{"document_id": added["document_id"], "status": "removed"}]
    assert main(["list", "--json"]) == 0
    assert rows(capsys) == []


def test_one_file_that_fails_makes_the_exit_code_1_and_the_others_are_added(
    note: Path, tmp_path: Path, capsys: Captured
) -> None:
    paths = [str(written(tmp_path, "empty.txt", "")), str(note), str(tmp_path / "not there.txt")]
    assert main(["add", *paths, "--json"]) == 1
    added = rows(capsys)
    assert [list(row) for row in added] == [ADDED] * 3
    assert [row["status"] for row in added] == ["failed", "added", "failed"]
    for row in (added[0], added[2]):
        assert is_one_sentence(str(row["reason"]))
        assert (row["document_id"], row["passages"]) == (None, None)


def test_a_folder_is_gone_through_with_a_line_for_each_file(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "papers"
    for name in ("b.txt", "inner/a.txt", ".hidden.txt", "inner/~$a.txt", ".git/c.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"The office {name} opens at eight.", encoding="utf-8")
    assert main(["add", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert [line.partition(":")[0] for line in out.splitlines()] == ["b.txt", "a.txt"]
    assert err.splitlines() == ["1 of 2: b.txt", "2 of 2: a.txt"]
    (tmp_path / "empty").mkdir()
    assert main(["add", str(tmp_path / "empty"), "--json"]) == 1
    (refused,) = rows(capsys)
    assert refused["reason"] == "This is a folder, not a file. Add the files in it."


def test_an_unknown_document_is_not_removed_and_makes_the_exit_code_1(note: Path, capsys: Captured) -> None:
    assert main(["add", str(note), "--json"]) == 0
    (added,) = rows(capsys)
    unknown, known = "0" * 64, str(added["document_id"])
    assert main(["remove", unknown, known, "--json"]) == 1
    removed = rows(capsys)
    assert [list(row) for row in removed] == [REMOVED] * 2
    assert [row["status"] for row in removed] == ["unknown", "removed"]


def test_people_are_told_in_words(note: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["list"]) == 0
    assert "No documents" in capsys.readouterr().out
    assert main(["add", str(note), str(written(tmp_path, "empty.txt", ""))]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 2
    assert printed[0].startswith("Öffnung.txt: added")
    assert printed[1].startswith("empty.txt: ")
    assert "empty" in printed[1]
    assert main(["add", str(note)]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["list"]) == 0
    assert "Öffnung.txt" in capsys.readouterr().out
    assert main(["remove", "0" * 64]) == 1
    assert "no such document" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["add"], ["remove"], ["eat"], ["list", "--yaml"], ["trash"], ["trash", "restore"]]
)
def test_wrong_usage_makes_the_exit_code_2(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: python -m ingest")


def refused(arguments: list[str], captured: Captured) -> str:
    assert main(arguments) == 1
    out, err = captured.readouterr()
    assert out == ""
    assert is_one_sentence(err.strip())
    return err


def test_a_library_that_is_in_use_is_said_in_one_sentence(capsys: Captured) -> None:
    with Library(load_settings()):
        assert "in use" in refused(["list", "--json"], capsys)


def test_a_wrong_setting_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("PINPOINT_PASSAGE_TOKENS", "many")
    assert "PINPOINT_PASSAGE_TOKENS" in refused(["list"], capsys)


def test_a_library_of_another_model_is_said_in_one_sentence(
    note: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert main(["add", str(note)]) == 0
    capsys.readouterr()
    monkeypatch.setenv("PINPOINT_BI_ENCODER", "another-model")
    sentence = refused(["add", str(note), "--json"], capsys)
    assert "another-model" in sentence
    assert "PINPOINT_BI_ENCODER" in sentence


def test_it_runs_as_a_program_of_its_own(note: Path, tmp_path: Path) -> None:
    empty = written(tmp_path, "empty.txt", "")
    run = subprocess.run(
        [sys.executable, "-m", "ingest", "add", str(note), str(empty), "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    assert run.returncode == 1
    assert run.stderr == ""
    added = [json.loads(line) for line in run.stdout.splitlines()]
    assert [(row["name"], row["status"]) for row in added] == [("Öffnung.txt", "added"), ("empty.txt", "failed")]


def test_slides_and_sheets_are_called_so(tmp_path: Path, capsys: Captured) -> None:
    assert main(["add", str(files.slides(tmp_path / "talk.pptx")), str(files.workbook(tmp_path / "prices.xlsx"))]) == 0
    talk, prices = capsys.readouterr().out.splitlines()
    assert talk.startswith("talk.pptx: added, 3 slides, ")
    assert " sheets, " in prices


# --- the trash


def test_what_is_removed_is_listed_in_the_trash_restored_and_deleted_for_good(note: Path, capsys: Captured) -> None:
    assert main(["add", str(note), "--json"]) == 0
    document_id = str(rows(capsys)[0]["document_id"])
    assert main(["remove", document_id[:8]]) == 0
    assert "trash restore" in capsys.readouterr().out
    assert main(["trash", "list", "--json"]) == 0
    (removed,) = rows(capsys)
    assert list(removed) == ["document_id", "name", "bytes", "removed_at", "ends_at"]
    assert (removed["document_id"], removed["name"]) == (document_id, "Öffnung.txt")

    assert main(["trash", "restore", "0" * 64, document_id[:8], "--json"]) == 1
    unknown, restored = rows(capsys)
    assert unknown == {"document_id": "0" * 64, "status": "unknown"}
    assert restored == {"document_id": document_id, "status": "restored"}
    assert main(["list", "--json"]) == 0
    assert [row["document_id"] for row in rows(capsys)] == [document_id]

    assert main(["remove", document_id, "--json"]) == 0
    assert rows(capsys) == [{"document_id": document_id, "status": "removed"}]
    assert main(["trash", "empty", document_id, "--json"]) == 0
    assert rows(capsys) == [{"document_id": document_id, "status": "deleted"}]
    assert main(["trash", "restore", document_id]) == 1
    assert "no such document in the trash" in capsys.readouterr().out


def test_the_trash_is_emptied_at_once_and_people_are_told_in_words(note: Path, capsys: Captured) -> None:
    assert main(["trash", "list"]) == 0
    assert capsys.readouterr().out == "The trash is empty.\n"
    assert main(["add", str(note)]) == 0
    assert main(["list", "--json"]) == 0
    document_id = json.loads(capsys.readouterr().out.splitlines()[-1])["document_id"]
    assert main(["remove", document_id]) == 0
    capsys.readouterr()
    assert main(["trash", "list"]) == 0
    assert "Öffnung.txt  (deleted for good after " in capsys.readouterr().out
    assert main(["trash", "empty"]) == 0
    assert capsys.readouterr().out == "Deleted for good: 1 document.\n"
    assert main(["trash", "empty", "--json"]) == 0
    assert rows(capsys) == [{"status": "deleted", "documents": 0}]


def test_why_a_file_in_an_archive_was_not_read_is_said_below_it(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "rules.zip"
    path.write_bytes(zipped({"lifts.txt": b"The lift carries eight people.", "plan.dwg": bytes(range(256)) * 20}))
    assert main(["add", str(path)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "rules.zip: 1 file in it was added. 1 file was not read: plan.dwg."
    assert second == "  rules.zip/plan.dwg: not added. Pinpoint cannot read this kind of file."


def test_a_web_page_is_refused_with_the_name_of_the_setting(capsys: Captured) -> None:
    assert main(["add", "https://example.org/hours.html", "--json"]) == 1
    (row,) = rows(capsys)
    assert list(row) == ADDED
    assert row["status"] == "failed"
    assert "PINPOINT_WEB_PAGES" in str(row["reason"])


def test_a_page_of_this_machine_is_refused_also_where_web_pages_are_allowed(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("PINPOINT_WEB_PAGES", "true")
    assert main(["add", "http://localhost/"]) == 1
    assert "private network" in capsys.readouterr().out


def test_a_list_that_is_not_read_to_its_end_ends_without_a_word(own_library: Path) -> None:
    names = [f"A collection with a long enough name, {number}" for number in range(3000)]
    with Library(load_settings()) as library, library.database.write() as connection:
        rows = [{"name": name, "name_folded": name, "made_at": ""} for name in names]
        connection.execute(insert(COLLECTIONS), rows)
    command = [sys.executable, "-m", "ingest", "collections", "list", "--json"]
    environment = {**os.environ, "PINPOINT_LIBRARY": str(own_library)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""


def test_a_folder_is_followed_listed_and_followed_no_more(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "papers").mkdir()
    with Library(load_settings()):  # as while the app runs
        assert main(["follow", str(tmp_path / "papers"), "--collections"]) == 0
        assert "followed" in capsys.readouterr().out
        assert main(["following", "--json"]) == 0
        assert rows(capsys) == [{"folder": str(tmp_path / "papers"), "by_setting": False, "files": {}}]
        assert main(["follow", str(tmp_path / "papers"), "--json"]) == 1
        assert is_one_sentence(capsys.readouterr().err.strip())
        assert main(["unfollow", str(tmp_path / "papers"), "--json"]) == 0
        assert rows(capsys) == [{"folder": str(tmp_path / "papers"), "status": "done"}]
        assert main(["following"]) == 0
        assert "No folder is followed" in capsys.readouterr().out
