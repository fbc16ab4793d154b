"""Whole or not at all: the app is killed at random moments of adding and removing, and every promise is checked."""

import hashlib
import json
import os
import random
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest import Library, Settings
from ingest.queue.jobs import Jobs
from tests.started import start

DOCUMENTS = 20
# Each kill costs a start of the models. The whole test:
# PINPOINT_KILLS=100 python -m pytest -n 0 -s tests/ingest/queue/test_killed.py
KILLS = int(os.environ.get("PINPOINT_KILLS", "2"))
LONGEST_LIFE = 6.0  # seconds after the process is ready


@dataclass
class Promised:
    """What the killed processes have said: files that they keep, and documents that they have removed or may have."""

    kept: set[str] = field(default_factory=set)
    removing: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    removals: int = 0

    def hear(self, line: dict[str, str], ids: dict[str, str]) -> None:
        """Take one line of a process into account; `ids` are the documents' ids by file name."""
        if "kept" in line:
            self.kept.add(line["kept"])
            self.removing.discard(ids[line["kept"]])
            self.removed.discard(ids[line["kept"]])
        elif "removing" in line:
            self.removing.add(line["removing"])
        elif "removed" in line:
            self.removed.add(line["removed"])
            self.removals += 1


@pytest.mark.slow
def test_killed_at_any_moment_the_library_holds_all_of_a_document_or_none(tmp_path: Path) -> None:
    files, library = tmp_path / "files", tmp_path / "library"
    ids = write_documents(files)
    promised, chance = Promised(), random.Random(1)
    broken: list[str] = []
    for kill in range(KILLS):
        live_and_die(library, files, kill, chance.uniform(0, LONGEST_LIFE), promised, ids)
        broken += [f"kill {kill}: {what}" for what in broken_promises(library, promised, ids)]
    print(f"\n{KILLS} kills, {promised.removals} documents removed before, {len(broken)} broken promises")
    assert not broken


def write_documents(folder: Path) -> dict[str, str]:
    """Files of one to some dozens of passages; their documents' ids by name."""
    folder.mkdir()
    ids = {}
    for number in range(DOCUMENTS):
        paragraphs = [
            f"Rule {number}.{part}: room {number * 100 + part} is cleaned on day {part % 7} of every week, and whoever "
            f"finds it unclean tells the caretaker of house {number}, who keeps a list of it. " * 3
            for part in range(1 + number * 2)
        ]
        text = "\n\n".join(paragraphs)
        (folder / f"house-{number}.txt").write_text(text, encoding="utf-8")
        ids[f"house-{number}.txt"] = hashlib.sha256(text.encode()).hexdigest()
    return ids


def live_and_die(library: Path, files: Path, seed: int, life: float, promised: Promised, ids: dict[str, str]) -> None:
    """Start the app's parts, let them work for `life` seconds, kill them, and hear what they had promised."""
    with start("tests.ingest.queue.killed", str(library), str(files), str(seed)) as process:
        assert process.stdout
        assert "ready" in process.stdout.readline()
        threading.Event().wait(life)
        process.kill()
        for line in process.stdout:
            if line.endswith("\n"):
                promised.hear(json.loads(line), ids)


def broken_promises(folder: Path, promised: Promised, ids: dict[str, str]) -> list[str]:
    """Open the library as the next start does and look for anything that is not as it should be."""
    settings = Settings(library=folder, free_megabytes=0)
    broken = []
    with Library(settings) as library:
        stored = library.stored_documents()  # those in the trash, too
        for document in stored:
            passages = list(library.passages([document]))
            if [passage.ordinal for passage in passages] != list(range(document.passages)):
                broken.append(f"{document.name} is not whole")
            original = library.files.path(document.id)
            if original is None or hashlib.sha256(original.read_bytes()).hexdigest() != document.id:
                broken.append(f"the original of {document.name} is not there")
        if library.rows() != sum(document.passages for document in stored):
            broken.append("there are passages without a document")
        held = {document.id for document in library.documents()}
        jobs = [job for job in Jobs(library).all() if job.outcome is None]
        waiting = {ids[job.name] for job in jobs}
        broken += [f"the file of {job.name} is not there" for job in jobs if library.files.path(job.file) is None]
        spare = {path.name for path in (folder / "files").iterdir()} - {each.id for each in stored} - waiting
        broken += [f"{name} lies among the files and nobody needs it" for name in spare]
    broken += [f"{document_id} was removed and is back" for document_id in promised.removed & held - waiting]
    lost = {ids[name] for name in promised.kept} - held - waiting - promised.removing
    return broken + [f"{document_id} was lost" for document_id in lost]
