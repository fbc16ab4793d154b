"""Whole or not at all: killed while documents go into the trash and back, while backups are made and restored, and
while the store is made anew.
"""

import json
import os
import random
import shutil
import threading
from pathlib import Path
from typing import Any

from ingest import Document, Library, Settings, add
from ingest.backup.read import open_backup
from ingest.backup.write import write_backup
from ingest.pipeline.rebuild import rebuild
from tests.conftest import written
from tests.ingest.store.stored import a_document, add_document, texts
from tests.started import start

# The whole test: PINPOINT_KILLS=100 python -m pytest -n 0 -s tests/ingest/backup/test_killed.py
KILLS = int(os.environ.get("PINPOINT_KILLS", "1"))
DOCUMENTS, LONGEST_LIFE = 12, 1.5  # seconds after the process is ready
LONGEST_REBUILD = 6.0


def document_of(number: int) -> Document:
    """One of the documents: its id says which."""
    return a_document(f"{number:064x}", number % 5 + 1, minutes=number)


def put_file(library: Library, number: int) -> None:
    """The original of a document, in its place."""
    path = library.database.folder / f"original {number}"
    path.write_text(f"original {number}", encoding="utf-8")
    library.files.take_in(path, f"{number:064x}")


def settings_of(home: Path) -> Settings:
    return Settings(_env_file=None).model_copy(update={"library": home / "library", "free_megabytes": 0})


def fill(home: Path) -> None:
    with Library(settings_of(home)) as library:
        for number in range(DOCUMENTS):
            put_file(library, number)
            add_document(library, document_of(number))


def live_and_die(home: Path, seed: int, what: str, life: float) -> list[dict[str, Any]]:
    """Start the process, kill it after `life` seconds, and hear what it has said."""
    with start("tests.ingest.backup.killed", str(home), str(seed), what) as process:
        assert process.stdout
        assert "ready" in process.stdout.readline()
        threading.Event().wait(life)
        assert process.poll() is None, "it ended by itself"
        process.kill()
        return [json.loads(line) for line in process.stdout if line.endswith("\n")]


def broken(library: Library, document: Document) -> list[str]:
    """What a document lacks that is in the library or in the trash."""
    number, lacks = int(document.id, 16), list[str]()
    original = library.files.path(document.id)
    if original is None or original.read_text(encoding="utf-8") != f"original {number}":
        lacks.append(f"the original of {document.name}")
    passages = list(library.passages([document]))
    if [passage.text for passage in passages] != [passage.text for passage in texts(document_of(number))]:
        lacks.append(f"passages of {document.name}")
    if len(library.vectors(passages)) != document.passages:
        lacks.append(f"vectors of {document.name}")
    return lacks


def test_killed_at_any_moment_a_document_is_in_the_library_or_in_the_trash_whole(tmp_path: Path) -> None:
    fill(tmp_path)
    chance, lacks, said, backups = random.Random(4), list[str](), 0, 0
    for kill in range(KILLS):
        lines = live_and_die(tmp_path, kill, "trash", chance.uniform(0, LONGEST_LIFE))
        said += len(lines)
        allowed = {lines[-1].get("emptying"), lines[-1].get("emptied"), lines[-1].get("adding")} if lines else set()
        with Library(settings_of(tmp_path)) as library:
            stored = library.stored_documents()
            lacks += [f"kill {kill}: {what}" for document in stored for what in broken(library, document)]
            both = {each.document.id for each in library.trash.documents()} & {each.id for each in library.documents()}
            lacks += [f"kill {kill}: {each} is in both" for each in both]
            missing = {document_of(number).id for number in range(DOCUMENTS)} - {document.id for document in stored}
            lacks += [f"kill {kill}: {each} was lost" for each in missing - allowed]
            if library.rows() != sum(document.passages for document in stored):
                lacks.append(f"kill {kill}: there are passages without a document")
            for each in missing:  # whole again for the next life
                put_file(library, int(each, 16))
                add_document(library, document_of(int(each, 16)))
        for path in tmp_path.glob("[!.]*.zip"):
            with open_backup(path) as backup:
                backup.check(tmp_path)
            path.unlink()
            backups += 1
    print(f"\n{KILLS} kills, {said // 4} emptied, {backups} whole backups, {len(lacks)} broken promises")
    assert not lacks


def test_killed_while_a_backup_is_put_back_the_library_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    fill(tmp_path)
    chance, lacks, restored = random.Random(5), list[str](), 0
    with Library(settings_of(tmp_path)) as library:
        for number in range(DOCUMENTS // 2):
            library.remove(document_of(number).id)
        write_backup(library, tmp_path / "good.zip")
    for kill in range(KILLS):
        with Library(settings_of(tmp_path)) as library:  # the old one has a document that the new one has not
            put_file(library, 99)
            add_document(library, document_of(99))
        lines = live_and_die(tmp_path, kill, "restore", chance.uniform(0, LONGEST_LIFE))
        restored += len(lines)
        with Library(settings_of(tmp_path)) as library:
            stored = library.stored_documents()
            lacks += [f"kill {kill}: {what}" for document in stored for what in broken(library, document)]
            numbers = {int(document.id, 16) for document in stored}
            if numbers - {99} != set(range(DOCUMENTS)) or (lines and 99 in numbers):
                lacks.append(f"kill {kill}: {sorted(numbers)}")
            if len(library.trash.documents()) != DOCUMENTS // 2:
                lacks.append(f"kill {kill}: another trash")
        left = {path.name for path in (tmp_path / "library").iterdir()}
        if left - {"chroma", "files", "lock", "pinpoint.db"}:
            lacks.append(f"kill {kill}: left behind {left}")
    print(f"\n{KILLS} kills, {restored} restored before, {len(lacks)} broken promises")
    assert not lacks


def with_texts(settings: Settings, folder: Path) -> dict[str, list[str]]:
    """A library of six small files, two of them in the trash: the texts of each."""
    with Library(settings) as library:
        for number in range(6):
            path = written(
                folder, f"rule {number}.txt", f"Rule {number}: the gate closes at {number + 1} in the evening."
            )
            assert add(path, library, settings).status == "added"
        for document in library.documents()[:2]:
            library.remove(document.id)
        return texts_of(library)


def texts_of(library: Library) -> dict[str, list[str]]:
    stored = library.stored_documents()
    return {document.id: [passage.text for passage in library.passages([document])] for document in stored}


def damage_store(chroma: Path, chance: random.Random) -> None:
    """The store is gone, cut, or damaged, or nothing has happened to it."""
    kind, database = chance.choice(["sound", "missing", "cut", "flipped"]), chroma / "chroma.sqlite3"
    if kind == "missing":
        shutil.rmtree(chroma, ignore_errors=True)
    elif database.exists() and kind != "sound":
        content = database.read_bytes()
        at = len(content) // 2
        flipped = content[:at] + bytes(255 - byte for byte in content[at : at + 300]) + content[at + 300 :]
        database.write_bytes(content[:at] if kind == "cut" else flipped)


def test_killed_while_the_store_is_made_anew_nothing_is_lost(tmp_path: Path) -> None:
    settings, chance, lacks, rebuilt = settings_of(tmp_path), random.Random(6), list[str](), 0
    before = with_texts(settings, tmp_path)
    for kill in range(KILLS):
        damage_store(settings.library / "chroma", chance)
        lines = live_and_die(tmp_path, kill, "rebuild", chance.uniform(0, LONGEST_REBUILD))
        rebuilt += len(lines)
        lacks += [f"kill {kill}: {line}" for line in lines if line["failed"]]
        gone = [name for name in before if not (settings.library / "files" / name).is_file()]
        lacks += [f"kill {kill}: the file {name} was lost" for name in gone]
        if chance.random() < 0.3 or kill == KILLS - 1:  # else the next life goes on with what this one has left
            lacks += [f"kill {kill}: {outcome}" for outcome in rebuild(settings) if outcome.status == "failed"]
            with Library(settings) as library:
                if texts_of(library) != before or len(library.trash.documents()) != 2:
                    lacks.append(f"kill {kill}: not what it was")
                if library.rows() != sum(len(texts) for texts in before.values()):
                    lacks.append(f"kill {kill}: passages without a document")
    print(f"\n{KILLS} kills, {rebuilt} rebuilt before, {len(lacks)} broken promises")
    assert not lacks
