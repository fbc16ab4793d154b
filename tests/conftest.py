"""What the tests stand on: real models, real Chroma folders, and a few invented documents to put into them."""

import hashlib
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import chromadb
import hypothesis
import pytest
from chromadb.config import Settings as ChromaSettings
from tokenizers import Tokenizer
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from ingest import Database, Document, Library, Passage, Settings
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.embedding.bundled import BI_ENCODER, locate
from ingest.pipeline.add import add
from ingest.pipeline.make import add_passages
from ingest.reading import read as reading
from ingest.reading.box.forked import ForkedChild, ForkServer
from ingest.reading.box.run import fork_server
from ingest.reading.box.run import written as written_job
from tests.started import FORKS

if TYPE_CHECKING:
    from chromadb.api.client import Client

ROOT = Path(__file__).resolve().parents[1]
THOROUGH = os.environ.get("PINPOINT_THOROUGH") == "1"  # read as this file is loaded, before the variables are unset

# No test asserts a time, hypothesis's examples neither: the machine may have other work.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


# Files whose tests share started apps, each app with its models: one process runs them all. They take longest, so they
# are first.
ASKING = ("accessible", "answer", "choosing", "conversations", "help", "honest", "outcomes")
ADDING = ("background", "chat", "documents", "filters", "not_read", "plain", "trash")
TOGETHER = {
    f"tests/pages/test_{name}.py": group for group, names in (("asking", ASKING), ("adding", ADDING)) for name in names
}


class ByFile(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives all tests of a file, or of the files of one group, to one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return TOGETHER.get(file, file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Distribute the tests over the processes."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what takes longest run first."""
    order = {file: place for place, file in enumerate(TOGETHER)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))


@pytest.fixture(scope="session", autouse=True)
def _nothing_set_on_this_machine() -> Iterator[None]:
    """What whoever runs the tests has set for themselves does not reach them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith("PINPOINT_")]:
            patch.delenv(name)
        yield


class Forking(ForkServer):
    """Forks each child that reads a file, the first one too: in the app, the worker warms it up before that."""

    def fork(self, described: Callable[[int], IO[bytes]], answer: IO[bytes]) -> ForkedChild | None:
        if sys.platform == "linux" and not self.is_ready():
            self.warm_up(
                lambda: written_job(
                    {"tokenizer": bundled_tokenizer(), "tokens": Settings(_env_file=None).passage_tokens}
                )
            )
            until(self.is_ready)
        return super().fork(described, answer)


def bundled_tokenizer() -> str:
    """The tokenizer that counts the tokens of passages, without the model, which takes seconds to load."""
    tokenizer = Tokenizer.from_file(str(locate(BI_ENCODER) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer.to_str()


@pytest.fixture(scope="session", autouse=True)
def _children_are_forked() -> Iterator[None]:
    """What is read is read in forked children, as in the app: one that is started takes much more of the processor."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_server", Forking(reading._CHILD, reading._server._start))
        yield


@pytest.fixture(scope="session", autouse=True)
def _forked_processes_end() -> Iterator[None]:
    """What was forked ends with the tests."""
    yield
    FORKS.end()


@pytest.fixture
def started_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is read in children that are started anew, as where none can be forked."""
    monkeypatch.setattr(reading, "_server", fork_server(reading._CHILD))


def tries(number: int) -> int:
    """With how many examples a law is tried: a fifth of `number`, all of them with PINPOINT_THOROUGH=1."""
    return number if THOROUGH else max(number // 5, 1)


def settings_in(folder: Path, **changed: object) -> Settings:
    """The defaults, with a library in this folder; `.env` is not read."""
    return Settings(_env_file=None).model_copy(update={"library": folder / "library", **changed})


def written(folder: Path, name: str, text: str) -> Path:
    """A text file in this folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def put_in(library: Library, settings: Settings, name: str, *texts: str, pages: bool = False) -> Document:
    """A document of these passages in the library, embedded as any other but without a file; a page each on request."""
    document_id = hashlib.sha256("\n".join([name, *texts]).encode()).hexdigest()
    document = Document(document_id, name, "Text", len(texts) if pages else None, len(texts), 1, datetime.now(UTC))
    passages = [
        Passage(document_id, ordinal, text, ordinal + 1 if pages else None) for ordinal, text in enumerate(texts)
    ]
    add_passages(document, passages, library, load_bi_encoder(settings))
    return document


@contextmanager
def behind(settings: Settings) -> Iterator[chromadb.Collection]:
    """The rows of a library that is closed, as Chroma itself has them."""
    telemetry_off = ChromaSettings(anonymized_telemetry=False)
    client = cast("Client", chromadb.PersistentClient(settings.library / "chroma", settings=telemetry_off))
    with closing(client):
        yield client.get_collection("passages", embedding_function=None)


def rows(settings: Settings) -> list[str]:
    """The ids of everything that a closed library has on the disk."""
    with behind(settings) as collection:
        return sorted(collection.get(include=[])["ids"])


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what another thread or process brings about; fail where it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"still not so after {seconds:.0f} seconds"
        threading.Event().wait(0.02)


def is_one_sentence(message: str) -> bool:
    """Whether a person can be shown this: a line or two of prose without the marks of a program's innards."""
    marks = ("Traceback", "Error(", "object at 0x", "\n")
    return 10 < len(message) < 500 and message[-1] in ".!" and not any(mark in message for mark in marks)


@contextmanager
def no_room(size: int) -> Iterator[None]:
    """The system refuses to let any file grow past this size, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a library that is not there yet."""
    return settings_in(tmp_path)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """An open library without documents, this test's own."""
    with Library(settings) as opened:
        yield opened


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The database of the same library, new."""
    with Database(settings.library) as opened:
        yield opened


@dataclass(frozen=True)
class SharedLibrary:
    """An open library that several tests share, so none of them may change it."""

    settings: Settings
    library: Library

    def named(self, name: str) -> Document:
        """The document of this name."""
        return next(document for document in self.library.documents() if document.name == name)


@pytest.fixture(scope="session")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedLibrary]:
    """Three small notes of an office; fewer passages than candidates."""
    folder = tmp_path_factory.mktemp("notes")
    settings = settings_in(folder)
    files = [
        written(folder, "opening hours.txt", "The office opens at eight in the morning and closes at six."),
        written(
            folder,
            "leave.md",
            "# Holidays\n\nEverybody has thirty days off a year.\n\n# Sickness\n\nCall your manager before nine.\n\n"
            "# Moving house\n\nOne day is given for it.\n",
        ),
        written(folder, "kitchen.txt", "The coffee machine is on the second floor. It is cleaned on Fridays."),
    ]
    with Library(settings) as library:
        for path in files:
            assert add(path, library, settings).status == "added"
        put_in(library, settings, "lift.pdf", "The lift carries eight people.", "It is checked in May.", pages=True)
        yield SharedLibrary(settings, library)


LOCKERS, KEYS = 130, 15


@pytest.fixture(scope="session")
def lockers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedLibrary]:
    """A list of 130 lockers and one of 15 keys, a passage each: more passages than candidates."""
    folder = tmp_path_factory.mktemp("lockers")
    settings = settings_in(folder, passage_tokens=32)
    long = [
        f"Locker {number} is for badge {number + 3000}; its owner wrote a name on the door in large blue letters."
        for number in range(1, LOCKERS + 1)
    ]
    short = [
        f"Key {number} hangs on hook {number + 700} behind the porter's desk, under the old station clock."
        for number in range(1, KEYS + 1)
    ]
    with Library(settings) as library:
        for path in (
            written(folder, "lockers.txt", "\n\n".join(long)),
            written(folder, "keys.txt", "\n\n".join(short)),
        ):
            assert add(path, library, settings).status == "added"
        yield SharedLibrary(settings, library)
