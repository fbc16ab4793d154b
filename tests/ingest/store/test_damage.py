"""Every file of a library in turn missing, cut, flipped or read-only: no crash, a sentence, no original lost."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Library, Settings
from tests.conftest import ROOT, is_one_sentence, settings_in
from tests.ingest.store.stored import a_document, add_document
from tests.ingest.store.test_opening import flip

DAMAGES = ("missing", "cut to nothing", "cut to half", "flipped", "read-only")
# What takes from root the right to write to everything.
_SETPRIV = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
AS_ANYBODY = _SETPRIV if os.geteuid() == 0 and shutil.which("setpriv") else []
DATABASES = {"pinpoint.db", "chroma.sqlite3"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A closed library with an index of vectors on the disk, for which Chroma wants a thousand."""
    settings = settings_in(tmp_path_factory.mktemp("whole"))
    with Library(settings) as library:
        for number, passages in enumerate((1100, 3)):
            written = library.files.write([b"Text %d." % number * 40])
            library.files.place(written)
            add_document(library, a_document(written.hash, passages, number))
    return settings


class Opener:
    """The child that opens libraries."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [*AS_ANYBODY, sys.executable, "-m", "tests.ingest.store.open_many"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def open(self, folder: Path) -> dict[str, object]:
        """What it says of a library; fails where it has ended instead."""
        assert self._child.stdin
        assert self._child.stdout
        print(folder, file=self._child.stdin, flush=True)
        line = self._child.stdout.readline()
        assert line, f"the process ended with {self._child.wait()}"
        answer: dict[str, object] = json.loads(line)
        return answer

    def end(self) -> None:
        self._child.communicate()


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    started = Opener()
    yield started
    started.end()


def damage(path: Path, kind: str) -> None:
    match kind:
        case "missing":
            path.unlink()
        case "cut to nothing":
            os.truncate(path, 0)
        case "cut to half":
            os.truncate(path, path.stat().st_size // 2)
        case "flipped":
            flip(path)
        case _:
            path.chmod(0o444)


def files_of(folder: Path) -> list[Path]:
    """The files by their path in the folder, but for the lock and the reserve, which hold nothing."""
    found = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return sorted(path for path in found if path.name not in {"lock", "reserve"})


@pytest.mark.parametrize("kind", DAMAGES)
def test_no_damage_to_any_file_ends_the_process_or_loses_an_original(
    whole: Settings, opener: Opener, tmp_path: Path, kind: str
) -> None:
    if kind == "read-only" and not AS_ANYBODY and os.geteuid() == 0:
        pytest.skip("root may write to everything, and setpriv, which takes that from it, is missing")
    names = files_of(whole.library)
    assert len(names) == 9, names  # two originals, two databases, five files of the index
    originals = {path.name for path in (whole.library / "files").iterdir()}
    refused = set()
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        shutil.copytree(whole.library, folder)
        damage(folder / name, kind)
        answer = opener.open(folder)
        there = {path.name for path in (folder / "files").iterdir()}
        assert originals - there <= ({name.name} if kind == "missing" else set()), name
        if answer["sentence"]:
            refused.add(name.name)
            assert is_one_sentence(str(answer["sentence"])), (name, answer)
            assert "python -m ingest" in str(answer["sentence"]) or kind == "read-only", (name, answer)
        else:
            assert (answer["documents"], answer["found"]) == (2, 10), (name, answer)
        shutil.rmtree(folder)
    # A database that cannot be written to can still be read: one can ask.
    assert refused >= (DATABASES - {"pinpoint.db"} if kind == "read-only" else DATABASES), refused
    print(f"{kind}: refused with a sentence {sorted(refused)}, {len(names) - len(refused)} open and answer")
