"""A file into the library: read, split, embed, store. All of a document goes in, or nothing of it."""

import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from ingest import priority
from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import BiEncoder, Vectors, bi_encoder_name, load_bi_encoder
from ingest.embedding.embed import embed
from ingest.errors import CannotRead, LibraryUnavailable
from ingest.pipeline.split import split
from ingest.reading.file_types import without_suffix
from ingest.reading.read import check_readable, read
from ingest.settings import Settings
from ingest.store.durable import check_room
from ingest.store.library import Library

# Passages embedded and stored at a time; between two batches a waiting question goes first.
BATCH = 16

Stage = Literal["reading", "embedding"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done: `done` of `total` pages are read, or of passages are in the library; 0 of 0 is unknown.

    `pictures` says how many pages so far had no text, so that it is read from their pictures, which takes seconds each.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one file. `reason` is the sentence for a person where it failed, else None."""

    name: str
    status: Literal["added", "unchanged", "failed"]
    document_id: str | None
    pages: int | None
    passages: int | None
    reason: str | None
    seconds: float


class PassageStore(Protocol):
    """What takes passages and then finishes their document: the library, or a collection of it."""

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None: ...
    def finish(self, document: Document, first: Passage, vector: Vectors) -> None: ...


def add(
    path: Path,
    library: Library,
    settings: Settings,
    *,
    name: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Outcome:
    """Put one file into the library: read, split, embed and store it. All of it goes in, or nothing.

    Args:
        path: The file.
        library: The open library.
        settings: The limits of reading, the models, and the room that must stay free on the disk.
        name: The document's name, where it is not that of the file.
        progress: Called with each step; what it raises passes through, and the document is then not in the library.

    Returns:
        What became of the file. A file that cannot be read gives an outcome with the reason, not an exception.

    Raises:
        LibraryUnavailable: The library cannot be written to, which concerns every file.
        ModelUnavailable: The bi-encoder cannot be loaded, which concerns every file.

    Example:
        >>> import tempfile
        >>> from ingest import Library, Settings, add, example_documents
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     settings = Settings(library=folder, _env_file=None)
        ...     with Library(settings) as library:
        ...         add(example_documents()[0], library, settings).status
        'added'
    """
    started = time.monotonic()
    shown = (name or path.name).encode("utf-8", "replace").decode()
    try:
        document, status = _add(path, shown, library, settings, progress)
    except CannotRead as error:
        return Outcome(shown, "failed", None, None, None, str(error), time.monotonic() - started)
    return Outcome(shown, status, document.id, document.pages, document.passages, None, time.monotonic() - started)


def _add(
    path: Path, name: str, library: Library, settings: Settings, progress: Callable[[Progress], None]
) -> tuple[Document, Literal["added", "unchanged"]]:
    library.check_model(bi_encoder_name(settings))
    check_readable(path, settings)
    document_id = document_id_of(path)
    known = library.document(document_id)
    if known is not None:
        return known, "unchanged"
    check_room(settings.library, settings.free_megabytes, path.stat().st_size)
    progress(Progress("reading"))
    reading = read(
        path, name, settings, lambda done, total, pictures: progress(Progress("reading", done, total, pictures))
    )
    encoder = load_bi_encoder(settings)
    budget = min(settings.passage_tokens, encoder.passage_limit)
    passages = list(split(reading.sections, document_id, encoder.tokenizer, budget))
    document = Document(
        id=document_id,
        name=name,
        type=reading.type,
        pages=reading.pages,
        passages=len(passages),
        bytes=path.stat().st_size,
        added_at=datetime.now(UTC),
        ocr_pages=reading.ocr_pages,
    )
    try:
        library.originals.keep(document_id, path)
    except OSError as error:
        raise LibraryUnavailable(
            "The file could not be saved: the disk is full or cannot be written to. Free some space, then try again."
        ) from error
    add_passages(document, passages, library, encoder, progress)
    return document, "added"


def add_passages(
    document: Document,
    passages: Sequence[Passage],
    library: Library,
    encoder: BiEncoder,
    progress: Callable[[Progress], None] = lambda _: None,
) -> None:
    """Embed the passages of a document, store them, and finish the document; nothing of it stays where that fails."""
    try:
        library.prepare(encoder.name, encoder.distance)
        embed_into(library, document, passages, encoder, progress)
    except BaseException:
        library.remove(document.id)
        raise


def embed_into(
    store: PassageStore,
    document: Document,
    passages: Sequence[Passage],
    encoder: BiEncoder,
    progress: Callable[[Progress], None],
) -> None:
    """Embed the passages of a document and store them, passage 0 with the document's metadata last."""
    for start in range(1, len(passages), BATCH):
        progress(Progress("embedding", start - 1, len(passages)))
        priority.questions.wait_until_idle()
        batch = passages[start : start + BATCH]
        store.store(batch, embed(batch, document.name, encoder))
    progress(Progress("embedding", len(passages) - 1, len(passages)))
    first = embed(passages[:1], document.name, encoder)
    store.finish(document, passages[0], first[0])


def document_id_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises CannotRead where they cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CannotRead("This file could not be read to the end. Add it again.") from error


def free_name(name: str, taken: Collection[str]) -> str:
    """`name`, or the first name of its kind with a number that is not taken.

    >>> free_name("plan.docx", ["plan.docx", "plan (2).docx"])
    'plan (3).docx'
    """
    stem = without_suffix(name)
    ending = name[len(stem) :]
    number = 2
    free = name
    while free in taken:
        free, number = f"{stem} ({number}){ending}", number + 1
    return free
