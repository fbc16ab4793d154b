"""A store that is missing, empty, another one, damaged or at another address: a sentence for each, nothing deleted."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ingest import Library, Settings
from ingest.errors import LibraryUnavailable
from ingest.store.examine import examine
from ingest.store.facts import FORMAT
from ingest.store.home import Home
from tests.conftest import ROOT, behind, is_one_sentence, settings_in
from tests.ingest.store.stored import BACK_TO_THE_SECOND, Server, a_document, add_document


def a_library(settings: Settings, *texts: bytes) -> list[str]:
    """A library of documents that stand on files of these bytes; the ids."""
    with Library(settings) as library:
        for minutes, text in enumerate(texts):
            written = library.files.write([text])
            library.files.place(written)
            add_document(library, a_document(written.hash, 3, minutes))
        return [document.id for document in library.documents()]


def refusal(settings: Settings) -> str:
    """The sentence with which a library is refused, the same one twice, with every file still there."""
    files = sorted(path.name for path in (settings.library / "files").iterdir())
    sentences = []
    for _ in range(2):
        with pytest.raises(LibraryUnavailable) as refused:
            Library(settings)
        sentences.append(str(refused.value))
    assert sorted(path.name for path in (settings.library / "files").iterdir()) == files
    assert sentences[0] == sentences[1]
    assert is_one_sentence(sentences[0])
    return sentences[0]


def flip(path: Path, count: int = 300) -> None:
    """Invert some bytes of a file."""
    content = bytearray(path.read_bytes())
    for place in random.Random(3).sample(range(len(content)), min(count, len(content))):
        content[place] ^= 255
    path.write_bytes(content)


@pytest.fixture
def two(settings: Settings) -> list[str]:
    return a_library(settings, b"One.", b"Two.")


# --- what was done in the folder


@pytest.mark.usefixtures("two")
def test_a_store_that_is_missing_is_said_and_how_to_make_it_anew(settings: Settings) -> None:
    shutil.rmtree(settings.library / "chroma")
    sentence = refusal(settings)
    assert "is missing, but the files of 2 documents" in sentence
    assert "python -m ingest rebuild" in sentence


@pytest.mark.usefixtures("two")
def test_a_store_cut_to_nothing_is_said_to_be_empty(settings: Settings) -> None:
    os.truncate(settings.library / "chroma" / "chroma.sqlite3", 0)
    assert "is empty, but the files of 2 documents" in refusal(settings)


def test_a_library_of_the_version_before_whose_store_is_missing_is_refused_too(settings: Settings) -> None:
    a_library(settings, b"One.")
    with closing(sqlite3.connect(settings.library / "pinpoint.db")) as connection:
        connection.executescript(BACK_TO_THE_SECOND)
    shutil.rmtree(settings.library / "chroma")
    sentence = refusal(settings)
    assert "is missing, but the files of 1 document of" in sentence
    assert "PINPOINT_CHROMA_URL" in sentence


@pytest.mark.usefixtures("two")
def test_a_store_that_lost_every_row_is_said_to_be_empty(settings: Settings) -> None:
    with behind(settings) as collection:
        collection.delete(ids=collection.get(include=[])["ids"])
    assert "is empty, but the files of 2 documents" in refusal(settings)


@pytest.mark.usefixtures("two")
def test_the_store_of_another_library_is_told_apart(settings: Settings, tmp_path: Path) -> None:
    other = settings_in(tmp_path / "other")
    a_library(other, b"Three.")
    shutil.rmtree(settings.library / "chroma")
    shutil.copytree(other.library / "chroma", settings.library / "chroma")
    assert "holds documents of another library" in refusal(settings)


def test_an_emptied_library_opens(settings: Settings) -> None:
    ids = a_library(settings, b"One.")
    with Library(settings) as library:
        assert library.delete(ids[0])
    with Library(settings) as library:
        assert library.documents() == []
    shutil.rmtree(settings.library / "chroma")  # it held nothing
    with Library(settings) as library:
        assert library.documents() == []


def test_a_library_of_a_newer_format_is_refused(settings: Settings) -> None:
    a_library(settings, b"One.")
    with Home(settings) as home:
        home.facts.write(format=FORMAT + 1)
    assert "newer version" in refusal(settings)


# --- damage

OPEN = (
    "import sys; from ingest import Library, Settings; Library(Settings(_env_file=None, library=sys.argv[1])).close()"
)


@pytest.mark.usefixtures("two")
def test_a_damaged_store_is_a_sentence_and_never_ends_the_process(settings: Settings) -> None:
    flip(settings.library / "chroma" / "chroma.sqlite3")
    tried = subprocess.run(
        [sys.executable, "-c", OPEN, str(settings.library)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert tried.returncode == 1, tried.stderr
    last = tried.stderr.strip().splitlines()[-1]
    assert "is damaged" in last
    assert "python -m ingest rebuild" in last


@pytest.mark.usefixtures("two")
def test_a_store_that_is_cut_is_damaged(settings: Settings) -> None:
    path = settings.library / "chroma" / "chroma.sqlite3"
    os.truncate(path, path.stat().st_size // 2)
    assert "is damaged" in refusal(settings)


@pytest.mark.usefixtures("two")
def test_a_store_that_is_as_it_was_is_not_looked_at(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []

    def counted(folder: Path) -> object:
        looked.append(folder)
        return examine(folder)

    monkeypatch.setattr("ingest.store.opening.examine", counted)
    Library(settings).close()
    assert looked == []
    (settings.library / "chroma" / "chroma.sqlite3").touch()
    Library(settings).close()
    assert looked == [settings.library / "chroma"]


# --- a folder, then a server, and the other way round


def test_a_folder_and_a_server_are_not_taken_for_each_other(server: Server, tmp_path: Path) -> None:
    folder, remote = settings_in(tmp_path), settings_in(tmp_path, chroma_url=server.url)
    ids = a_library(remote, b"One.")
    sentence = refusal(folder)
    assert f"on the Chroma server at {server.url}, but PINPOINT_CHROMA_URL is not set" in sentence
    with Library(remote) as library:
        assert [document.id for document in library.documents()] == ids
        assert library.files.path(ids[0]) is not None
    same = settings_in(tmp_path, chroma_url=server.url.replace("localhost", "127.0.0.1"))
    with Library(same) as library:  # another name of the same server
        assert [document.id for document in library.documents()] == ids


def test_a_library_in_a_folder_is_refused_on_a_server_without_its_documents(server: Server, tmp_path: Path) -> None:
    folder, remote = settings_in(tmp_path), settings_in(tmp_path, chroma_url=server.url)
    a_library(folder, b"One.")
    assert f"are in its folder, but PINPOINT_CHROMA_URL is set to {server.url}" in refusal(remote)
    Library(folder).close()
