"""Documents with made-up vectors to store, and a Chroma server to store them on."""

import socket
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ingest import Document, Library, Passage
from ingest.document import NotRead
from ingest.embedding.bi_encoder import Vectors
from tests.conftest import until

MODEL = "a model"
WIDTH = 8
START = datetime(2024, 5, 1, 12, tzinfo=UTC)
# Takes back what the migrations after the second one have made: a database of that version.
BACK_TO_THE_SECOND = """
    DROP TABLE kept_files; DROP TABLE facts; DROP TABLE trash; DROP TABLE passage_places;
    DROP TABLE document_tags; DROP TABLE document_collections; DROP TABLE collections;
    DROP TABLE followed_files; DROP TABLE followed_folders;
    ALTER TABLE jobs DROP COLUMN followed; ALTER TABLE jobs DROP COLUMN replaces;
    ALTER TABLE jobs DROP COLUMN collection; ALTER TABLE jobs DROP COLUMN address;
    DROP TABLE people; DROP TABLE sign_ins; DROP TABLE tries; DROP TABLE record;
    DROP INDEX conversations_by_shared; DROP INDEX conversations_by_owner;
    ALTER TABLE conversations DROP COLUMN owner; ALTER TABLE conversations DROP COLUMN shared;
    PRAGMA user_version = 2
"""


def a_document(document_id: str, passages: int, minutes: int = 0) -> Document:
    added_at = START + timedelta(minutes=minutes)
    lacks = (NotRead("attachment", "plan.dwg"), NotRead("chart"))
    known = document_id, f"{document_id}.pdf", "PDF", 3, passages, 1000, added_at, 1, lacks
    return Document(*known, source=f"https://example.org/{document_id}")


def texts(document: Document) -> list[Passage]:
    return [
        Passage(
            *(document.id, ordinal, f"Text {ordinal} of {document.name}.", ordinal % 3 + 1, "A heading", "iv"),
            cells=f"A{ordinal + 2}:D{ordinal + 9}",
        )
        for ordinal in range(document.passages)
    ]


def vectors(passages: Sequence[Passage]) -> Vectors:
    """Some vectors, the same for the same passages."""
    made = [np.random.default_rng(list(passage.id.encode())).normal(size=WIDTH) for passage in passages]
    return np.asarray(made, dtype=np.float32)


def store(library: Library, passages: Sequence[Passage]) -> None:
    library.prepare(MODEL, "cosine")
    library.store(passages, vectors(passages))


def add_document(library: Library, document: Document) -> None:
    """All that is done for a document that is added."""
    passages = texts(document)
    store(library, passages[1:])
    library.finish(document, passages[0], vectors(passages[:1])[0])


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        port: int = listener.getsockname()[1]
        return port


class Server:
    """A Chroma server of the test's own; `skip` says why it cannot be had."""

    def __init__(self, folder: Path) -> None:
        program = Path(sys.executable).parent / "chroma"
        if not program.exists():
            pytest.skip("there is no chroma command beside this Python, so no Chroma server can be started")
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._process = subprocess.Popen(
            [program, "run", "--path", folder / "server", "--port", str(self.port), "--host", "localhost"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            until(self._answers_or_ended)
        except AssertionError:
            self.stop()
        if self._process.poll() is not None:
            pytest.skip("the Chroma server did not start")

    def _answers_or_ended(self) -> bool:
        try:
            socket.create_connection(("localhost", self.port), timeout=5).close()
        except OSError:
            return self._process.poll() is not None
        return True

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait(30)
