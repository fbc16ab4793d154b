"""Add a file to the library: read, split, embed and store it. All of a document goes in, or nothing of it."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from ingest import priority
from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import BiEncoder, Vectors, bi_encoder_name, load_bi_encoder
from ingest.embedding.embed import embed
from ingest.errors import CannotRead
from ingest.pipeline.outcome import Outcome, Progress
from ingest.reading.read import check_readable, read
from ingest.reading.split import Cut, passages_of
from ingest.settings import Settings
from ingest.store.durable import check_room
from ingest.store.files import WrittenFile
from ingest.store.library import Library

# Passages per batch. Between two batches, waiting questions go first.
BATCH = 16

_PIECE = 1 << 20  # bytes per read
NOT_READ = "This file could not be read to the end. Add it again."


class PassageStore(Protocol):
    """Stores passages and then finishes their document: the library, or a collection of it."""

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

    A document that is in the trash comes back from there under its new name; nothing of it is read or embedded again.

    Args:
        path: The file.
        library: The open library.
        settings: The limits of reading, the models, and the room that must stay free on the disk.
        name: The document's name. By default it is the name of the file.
        progress: Called with each step. An exception from it is raised, and the document is then not in the library.

    Returns:
        The outcome. A file that cannot be read gives an outcome with the reason, not an exception.

    Raises:
        LibraryUnavailable: The library cannot be written to. This affects every file.
        ModelUnavailable: The bi-encoder cannot be loaded. This affects every file.

    Example:
        >>> import tempfile
        >>> from ingest import Library, Settings, add, example_documents
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     settings = Settings(library=folder, _env_file=None)
        ...     with Library(settings) as library:
        ...         add(example_documents()[0], library, settings).status
        'added'
    """
    shown = _shown(name or path.name)
    return _outcome(shown, lambda: _add_copy(path, shown, library, settings, progress))


def add_stored(
    file_hash: str,
    name: str,
    library: Library,
    settings: Settings,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Outcome:
    """Like `add`, for a file that is already in the library's folder of files. It is not copied or hashed again."""

    def work() -> tuple[Document, Literal["added", "unchanged"]]:
        library.check_model(bi_encoder_name(settings))
        path = library.files.path(file_hash)
        if path is None:
            raise CannotRead(NOT_READ)
        check_readable(path, settings)
        return _add(WrittenFile(file_hash, path), shown, library, library, settings, progress)

    shown = _shown(name)
    return _outcome(shown, work)


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


def _outcome(name: str, work: Callable[[], tuple[Document, Literal["added", "unchanged"]]]) -> Outcome:
    """Run `work` and make its outcome, with a sentence where the file cannot be read."""
    started = time.monotonic()
    try:
        document, status = work()
    except CannotRead as error:
        return Outcome(name, "failed", None, None, None, str(error), time.monotonic() - started)
    seconds = time.monotonic() - started
    return Outcome(name, status, document.id, document.pages, document.passages, None, seconds, document.not_read)


def _add_copy(
    path: Path, name: str, library: Library, settings: Settings, progress: Callable[[Progress], None]
) -> tuple[Document, Literal["added", "unchanged"]]:
    """Add a file from another folder. It is hashed while it is copied, and the copy is read."""
    library.check_model(bi_encoder_name(settings))
    check_readable(path, settings)
    size = path.stat().st_size
    if any(
        document.bytes == size for document in library.documents()
    ):  # then it may already be there and is not copied
        known = library.document(hash_of(path))
        if known is not None:
            return known, "unchanged"
    written = library.files.write(_pieces(path), size)
    try:
        return _add(written, name, library, _FileFirst(library, written), settings, progress)
    finally:
        library.files.drop(written)


def _add(
    file: WrittenFile,
    name: str,
    library: Library,
    store: PassageStore,
    settings: Settings,
    progress: Callable[[Progress], None],
) -> tuple[Document, Literal["added", "unchanged"]]:
    known = library.document(file.hash)
    if known is not None:
        return known, "unchanged"
    restored = library.trash.restore(file.hash, name)
    if restored is not None:
        if library.files.path(file.hash) is None:
            library.files.place(file)
        return restored, "added"
    check_room(settings.library, settings.free_megabytes)
    encoder = load_bi_encoder(settings)
    document, passages = read_document(file, name, encoder, settings, progress)
    already = add_passages(document, passages, library, encoder, progress, store)
    return (already, "unchanged") if already else (document, "added")


def read_document(
    file: WrittenFile, name: str, encoder: BiEncoder, settings: Settings, progress: Callable[[Progress], None]
) -> tuple[Document, list[Passage]]:
    """Read a file and split it for this bi-encoder: the document, added now, and its passages. Raises CannotRead."""
    progress(Progress("reading"))
    reading = read(
        file.path,
        name,
        settings,
        lambda done, total, ocr_pages: progress(Progress("reading", done, total, ocr_pages)),
        Cut(encoder.tokenizer.to_str(), min(settings.passage_tokens, encoder.passage_limit)),
    )
    passages = list(passages_of(reading.sections, file.hash))
    document = Document(
        id=file.hash,
        name=name,
        type=reading.type,
        pages=reading.pages,
        passages=len(passages),
        bytes=file.path.stat().st_size,
        added_at=datetime.now(UTC),
        ocr_pages=reading.ocr_pages,
        not_read=reading.not_read,
    )
    return document, passages


def add_passages(
    document: Document,
    passages: Sequence[Passage],
    library: Library,
    encoder: BiEncoder,
    progress: Callable[[Progress], None] = lambda _: None,
    store: PassageStore | None = None,
) -> Document | None:
    """Embed the passages of a document, store them, and finish the document. Where this fails, no passage stays.

    They go into `store`. By default, this is the library. Returns the document where another process on the Chroma
    server has added it meanwhile, else None.
    """
    with library.adding(document.id, lambda: progress(Progress("embedding", 0, len(passages)))) as already:
        if already is None:
            library.prepare(encoder.name, encoder.distance)
            library.keep_places(document.id, passages)
            embed_into(store or library, document, passages, encoder, progress)
    return already


@dataclass(frozen=True, slots=True)
class _FileFirst:
    """The library, for a document whose file is moved to its place just before the document is finished."""

    library: Library
    file: WrittenFile

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        self.library.store(passages, vectors)

    def finish(self, document: Document, first: Passage, vector: Vectors) -> None:
        self.library.files.place(self.file)
        try:
            self.library.finish(document, first, vector)
        except BaseException:
            self.library.drop_file(self.file.hash)
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


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises CannotRead where they cannot be read."""
    digest = hashlib.sha256()
    for piece in _pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece. Raises CannotRead where they cannot be read."""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError as error:
        raise CannotRead(NOT_READ) from error
