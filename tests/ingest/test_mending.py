"""check, repair, rebuild: what agrees, what can be mended, and a store that is made anew and answers as before."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest import Document, Library, Settings, add
from ingest.__main__ import main
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import LibraryUnavailable
from ingest.pipeline import rebuild as rebuilding
from ingest.pipeline.outcome import Outcome
from ingest.store.files import Files
from ingest.store.home import Home
from ingest.store.opening import write_seen
from tests.conftest import behind, is_one_sentence, settings_in, written
from tests.ingest.store.test_opening import flip

Captured = pytest.CaptureFixture[str]

TEXTS = {
    "hours.txt": "The office opens at eight in the morning and closes at six.",
    "leave.md": "# Holidays\n\nEverybody has thirty days off a year.\n\n# Sickness\n\nCall your manager before nine.\n",
    "kitchen.txt": "The coffee machine is on the second floor. It is cleaned on Fridays.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A closed library of three documents, which is copied and never changed."""
    folder = tmp_path_factory.mktemp("made")
    settings = settings_in(folder)
    with Library(settings) as library:
        for name, text in TEXTS.items():
            assert add(written(folder, name, text), library, settings).status == "added"
    return settings


@pytest.fixture
def own(made: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of it, which the commands use too."""
    shutil.copytree(made.library, tmp_path / "library")
    with Home(settings_in(tmp_path)) as home:
        write_seen(home)  # a copy is looked at before it is opened, which takes seconds
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PINPOINT_LIBRARY", str(tmp_path / "library"))
    return settings_in(tmp_path)


def all_of(settings: Settings) -> tuple[list[Document], list[str], list[str]]:
    """The documents, their passages, and the order in which they answer a question."""
    vector = load_bi_encoder(settings).embed_question("When does the office open?")
    with Library(settings) as library:
        documents = library.documents()
        found = [passage.id for passage in library.nearest(vector, 10, documents)]
        return documents, [passage.text for passage in library.passages()], found


def printed(captured: Captured) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.readouterr().out.splitlines()]


# --- rebuild


@pytest.mark.parametrize("damage", ["sound", "missing", "flipped"])
def test_a_rebuilt_library_is_the_library_that_it_was(
    made: Settings, own: Settings, damage: str, capsys: Captured
) -> None:
    before, store = all_of(own), own.library / "chroma"
    if damage == "missing":
        shutil.rmtree(store)
    elif damage == "flipped":
        flip(store / "chroma.sqlite3")
    assert main(["rebuild"]) == 0
    assert "made anew with 3 of 3 documents" in capsys.readouterr().out
    assert all_of(own) == before
    assert sorted(path.name for path in own.library.iterdir()) == sorted(path.name for path in made.library.iterdir())
    assert main(["check"]) == 0


def test_an_interrupted_rebuild_leaves_the_old_store_in_use_and_goes_on_when_it_is_run_again(own: Settings) -> None:
    before = all_of(own)

    def stop(_: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(own, stop)
    assert all_of(own) == before
    statuses = [outcome.status for outcome in rebuilding.rebuild(own)]
    assert sorted(statuses) == ["added", "added", "unchanged"]
    assert all_of(own) == before


def test_a_document_without_its_file_is_made_of_the_old_text_else_the_old_store_stays(
    own: Settings, capsys: Captured
) -> None:
    documents, *_ = before = all_of(own)
    Path(own.library / "files" / documents[0].id).unlink()
    assert main(["rebuild"]) == 0
    assert all_of(own) == before
    flip(own.library / "chroma" / "chroma.sqlite3")
    capsys.readouterr()
    assert main(["rebuild", "--json"]) == 1
    lost, *others = printed(capsys)
    assert (lost["status"], lost["name"], [row["status"] for row in others]) == ("failed", "hours.txt", ["added"] * 2)
    assert is_one_sentence(str(lost["reason"]))
    assert all_of(own)[0] == documents[1:]
    (kept,) = own.library.glob("chroma-damaged-*")
    assert (kept / "chroma.sqlite3").is_file()


def test_a_library_that_has_lost_its_names_too_is_made_of_its_files(own: Settings) -> None:
    shutil.rmtree(own.library / "chroma")
    (own.library / "pinpoint.db").unlink()
    with pytest.raises(LibraryUnavailable, match=r"pinpoint\.db is missing"):
        Library(own)
    assert main(["repair"]) == 1
    assert main(["rebuild"]) == 0
    documents, passages, _ = all_of(own)
    assert len(documents) == 3
    assert all(document.name.startswith("Unnamed ") for document in documents)
    assert set(TEXTS["hours.txt"].split()) <= {word for text in passages for word in text.split()}


# --- check and repair


def test_what_does_not_agree_is_told_and_mended_as_far_as_it_can_be(own: Settings, capsys: Captured) -> None:
    documents, *_ = before = all_of(own)
    hours, leave, kitchen = documents
    with behind(own) as collection:
        collection.delete(ids=[f"{leave.id}:0"])
        collection.delete(where={"document_id": hours.id})
    files = Files(own.library / "files")
    files.place(files.write([b"Of no document."]))
    Path(own.library / "files" / kitchen.id).write_bytes(b"Other bytes.")
    assert main(["check", "--json"]) == 1
    found = printed(capsys)
    assert [(row["problem"], row["name"]) for row in found] == [
        ("not stored", "hours.txt"),
        ("not stored", "leave.md"),
        ("changed file", "kitchen.txt"),
        ("unnamed file", None),
    ]
    assert all(is_one_sentence(str(row["sentence"])) for row in found)
    assert main(["repair", "--json"]) == 1
    assert [row.get("status") or row["problem"] for row in printed(capsys)] == [
        "added",
        "added",
        "changed file",
        "unnamed file",
    ]
    assert all_of(own) == before


def test_repair_puts_back_a_passage_that_is_missing(own: Settings, capsys: Captured) -> None:
    documents, *_ = before = all_of(own)
    with behind(own) as collection:
        collection.delete(ids=[f"{documents[1].id}:1"])
    assert main(["check"]) == 1
    assert "some of its passages" in capsys.readouterr().out
    assert main(["repair"]) == 0
    assert all_of(own) == before
    assert main(["repair"]) == 0


@pytest.mark.parametrize("damage", ["missing", "empty", "half", "flipped"])
def test_a_damaged_database_is_a_sentence_and_repair_saves_what_can_be_read(own: Settings, damage: str) -> None:
    before, path = all_of(own), own.library / "pinpoint.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = [
            (f"Question {number}?", f"a:{number}", 1, "2024", '{"text": "' + "x" * 200 + '"}') for number in range(1500)
        ]
        connection.executemany(
            "INSERT INTO judgements (question, passage_id, up, given_at, body) VALUES (?,?,?,?,?)", rows
        )
    match damage:
        case "missing":
            path.unlink()
        case "empty":
            os.truncate(path, 0)
        case "half":
            os.truncate(path, path.stat().st_size // 2)
        case _:
            content = bytearray(path.read_bytes())
            middle = len(content) // 2
            content[middle : middle + 300] = bytes(byte ^ 255 for byte in content[middle : middle + 300])
            path.write_bytes(content)
    with pytest.raises(LibraryUnavailable, match="python -m ingest repair") as refused:
        Library(own)
    assert is_one_sentence(str(refused.value))
    assert main(["repair"]) == 0
    assert all_of(own) == before
    with closing(sqlite3.connect(path)) as connection:
        (saved,) = connection.execute("SELECT count(*) FROM judgements").fetchone()
    assert (saved > 0) == (damage == "flipped") or damage == "half"
