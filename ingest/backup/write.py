"""Make a backup of an open library while it is used: each document is in it whole or not at all.

The database and the list of documents are of one moment. What is added later is not in it; a document that is deleted
for good before its turn comes is left out.
"""

import logging
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from chromadb.errors import NotFoundError

from ingest import priority
from ingest.backup.archive import Archive, file_pieces, path_pieces
from ingest.backup.manifest import (
    DATABASE,
    FORMAT,
    MANIFEST,
    DocumentLine,
    Manifest,
    PassageLine,
    document_member,
    file_member,
    vectors_member,
)
from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import Vectors
from ingest.errors import LibraryUnavailable, PinpointError
from ingest.store.collection import Collection
from ingest.store.database import Database
from ingest.store.durable import sync_file, sync_folder
from ingest.store.library import Library
from ingest.store.tables import files_of_jobs

logger = logging.getLogger(__name__)

_AT_ONCE = 2000  # vectors that are read at a time
UNFORESEEN = "Something unexpected went wrong with the backup. Try again; if it happens again, see the log of Pinpoint."


@dataclass(frozen=True, slots=True)
class _Moment:
    """The library at one moment: a copy of its database, what was in the collection, and what in the trash."""

    database: Path
    collection: Collection | None
    documents: list[Document]
    removed_at: Mapping[str, datetime]
    waiting: list[str]  # the hashes of the files of jobs


def write_backup(library: Library, path: Path, progress: Callable[[int, int], None] = lambda *_: None) -> Manifest:
    """Write a backup of an open library to a new file, which is there only once it is whole.

    Args:
        library: The open library, which may be used meanwhile.
        path: The file.
        progress: Called with how many documents are written, and of how many. An exception from it is raised.

    Returns:
        What is in it.

    Raises:
        LibraryUnavailable: There is such a file already, the disk is full, or the library cannot be read. Then there is
            no file.
    """
    if path.exists():
        raise LibraryUnavailable(f"There is a file {path} already. Choose another name for the backup.")
    unfinished = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(prefix=".pinpoint-backup-", dir=path.parent) as aside:
            moment = _moment(library, Path(aside) / DATABASE)
            with unfinished.open("xb") as file, Archive(file) as archive:
                manifest = _write(archive, moment, library, progress)
        sync_file(unfinished)
        unfinished.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        logger.info("the backup could not be written", exc_info=True)
        raise LibraryUnavailable(
            f"The backup could not be written to {path}: the disk is full or the folder cannot be written to. Choose a "
            "folder with more room. The library is as it was."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return manifest


def made_or_why(library: Library, path: Path, progress: Callable[[int, int], None] = lambda *_: None) -> Manifest | str:
    """Write a backup for somebody who waits elsewhere: what is in it, or the sentence why there is none."""
    try:
        return write_backup(library, path, progress)
    except PinpointError as error:
        return str(error)
    except Exception:  # the edge of a thread: whoever asked must not wait for ever
        logger.exception("a backup could not be made")
        return UNFORESEEN


def _moment(library: Library, copy: Path) -> _Moment:
    with library.unchanged():
        library.database.copy(copy)
        documents, removed_at = library.stored_documents(), library.trash.removed_at()
        collection = library.collection()
    with Database(copy.parent) as copied, copied.read() as connection:
        waiting = files_of_jobs(connection)
    return _Moment(copy, collection, documents, removed_at, waiting)


def _write(archive: Archive, moment: _Moment, library: Library, progress: Callable[[int, int], None]) -> Manifest:
    width, written = None, list[Document]()
    for number, document in enumerate(moment.documents):
        progress(number, len(moment.documents))
        priority.questions.wait_until_idle()
        found = _add_document(archive, document, moment, library)
        if found:
            width, written = found, [*written, document]
    for file_hash in moment.waiting:
        path = library.files.path(file_hash)
        if path and file_member(file_hash) not in archive.members:
            with suppress(FileNotFoundError):  # it was cancelled just now
                archive.add(file_member(file_hash), path_pieces(path))
    archive.add(DATABASE, path_pieces(moment.database), is_text=True)
    manifest = Manifest(
        format=FORMAT,
        made_at=datetime.now(UTC),
        bi_encoder=moment.collection.bi_encoder if moment.collection else None,
        distance=moment.collection.distance if moment.collection else None,
        width=width,
        documents=len(written),
        in_trash=sum(document.id in moment.removed_at for document in written),
        passages=sum(document.passages for document in written),
        members=dict(archive.members),
    )
    archive.add(MANIFEST, [manifest.model_dump_json(indent=1).encode()], is_text=True)
    progress(len(moment.documents), len(moment.documents))
    return manifest


def _add_document(archive: Archive, document: Document, moment: _Moment, library: Library) -> int | None:
    """Write all of a document; the width of its vectors, or None where it was deleted for good just now.

    Its file is opened first: it can be read to its end then, whatever becomes of its name.
    """
    if moment.collection is None:
        return None
    with ExitStack() as opened:
        path, file = library.files.path(document.id), None
        with suppress(FileNotFoundError):
            file = opened.enter_context(path.open("rb")) if path else None
        passages, vectors = _passages(moment.collection, document)
        if len(passages) < document.passages or (file is None and library.files.is_aside(document.id)):
            return None
        lines = _lines(document, passages, moment.removed_at.get(document.id))
        archive.add(document_member(document.id), lines, is_text=True)
        archive.add(vectors_member(document.id), [vectors.astype("<f4").tobytes()])
        if file:
            archive.add(file_member(document.id), file_pieces(file))
    return int(vectors.shape[1])


def _passages(collection: Collection, document: Document) -> tuple[list[Passage], Vectors]:
    """The passages of a document in order, and their vectors, shape (passages, width); fewer where it is going."""
    try:
        passages, vectors = collection.passages(document.id, 0, document.passages), dict[str, Vectors]()
        for start in range(0, len(passages), _AT_ONCE):
            vectors |= collection.vectors(passages[start : start + _AT_ONCE])
    except NotFoundError as error:
        raise LibraryUnavailable(
            "The library was embedded again while the backup was made. Make the backup once more."
        ) from error
    there = [passage for passage in passages if passage.id in vectors]
    return there, np.asarray([vectors[passage.id] for passage in there], dtype=np.float32)


def _lines(document: Document, passages: Sequence[Passage], removed_at: datetime | None) -> Iterator[bytes]:
    """A document and its passages, a line of JSON each."""
    about = DocumentLine(
        name=document.name,
        type=document.type,
        pages=document.pages,
        passages=document.passages,
        bytes=document.bytes,
        added_at=document.added_at,
        ocr_pages=document.ocr_pages,
        not_read=document.not_read,
        files=document.files,
        dated=document.dated,
        language=document.language,
        source=document.source,
        removed_at=removed_at,
    )
    yield about.model_dump_json().encode() + b"\n"
    for passage in passages:
        known = {field: getattr(passage, field) for field in PassageLine.model_fields}
        line = PassageLine(**known)
        yield line.model_dump_json().encode() + b"\n"
