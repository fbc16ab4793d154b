"""The library: the collection that questions are asked of, the files, the database, and the lock that guards them."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType
from typing import Self

from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import Distance, Vectors
from ingest.errors import LibraryUnavailable, WrongModel
from ingest.settings import Settings
from ingest.store import chroma
from ingest.store.collection import Collection
from ingest.store.database import Database
from ingest.store.documents import DocumentList
from ingest.store.durable import free_bytes
from ingest.store.files import Files
from ingest.store.lock import lock_folder
from ingest.store.model_collections import ModelCollections
from ingest.store.reserve import FILE as RESERVE
from ingest.store.reserve import Reserve
from ingest.store.switch import finish_switch
from ingest.store.tables import a_job_needs
from ingest.store.take_over import take_over
from ingest.store.trash import Trash
from ingest.store.trash_marks import MarksAtServer, MarksInDatabase
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

_AN_HOUR = 3600.0


class Library:
    """The documents of one folder, or of one Chroma server. One process at a time may have a folder open.

    Safe for several threads. Every method raises LibraryUnavailable where the store fails.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the library and sweep what an interrupted process left. Raises LibraryUnavailable."""
        self._folder = settings.library
        self._reserve = settings.free_megabytes * MEGABYTE
        reserve = Reserve(settings.library)
        reserve.give_up_where_full()  # opening writes too
        shared = settings.chroma_url is not None
        with ExitStack() as opened:
            if settings.chroma_url:
                self._client = chroma.connect(settings.chroma_url)
            else:
                opened.callback(lock_folder(settings.library).release)
                finish_switch(settings.library)
                self._client = chroma.open_folder(settings.library / "chroma")
            self._collections = ModelCollections(self._client, (lambda: None) if shared else reserve.check)
            self.database = opened.enter_context(Database(settings.library))
            current = self._collections.current
            marks = MarksAtServer(current) if shared else MarksInDatabase(self.database)
            self._list = DocumentList(current, lambda: frozenset(marks.removed_at()), shared=shared)
            self.trash = Trash(marks, current, self._list, settings.trash_days)
            self.files = Files(settings.library / "files", settings.free_megabytes)
            take_over(settings.library, self.database, self.files)
            self._tidy(shared=shared)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the store and the database, and release the lock."""
        self._client.close()
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- reading

    @property
    def revision(self) -> int:
        """A number that changes with every change of the documents, or of the model that made their vectors.

        Ask for it before `documents`: then a list that was kept with its revision is never older than that.
        On a Chroma server a change by another process may take some seconds to show.
        """
        return self._list.current()[0]

    def documents(self) -> list[Document]:
        """Every document, in the order in which they were added; fetched only when something has changed."""
        return list(self._list.current()[1])

    def document(self, document_id: str) -> Document | None:
        """The document of this id, or None where the library does not hold it, or only in the trash."""
        collection = None if document_id in self.trash else self._collections.current()
        return collection.document(document_id) if collection else None

    def stored_documents(self) -> list[Document]:
        """Every document, also those in the trash."""
        collection = self._collections.current()
        return collection.documents() if collection else []

    def holds(self, document_id: str) -> bool:
        """Whether a document is here, in the trash too."""
        collection = self._collections.current()
        return collection is not None and collection.document(document_id) is not None

    def is_empty(self) -> bool:
        """Whether no document is here, in the trash neither."""
        return not self.documents() and not len(self.trash)

    def passages(self, documents: Iterable[Document] | None = None) -> Iterator[Passage]:
        """The passages of these documents, or of all, in order."""
        collection = self._collections.current()
        if collection is None:
            return
        for document in self.documents() if documents is None else documents:
            yield from collection.passages(document.id, 0, document.passages)

    def passages_between(self, document: Document, start: int, end: int) -> list[Passage]:
        """The passages of one document from ordinal `start` to before `end`, in order."""
        collection = self._collections.current()
        return collection.passages(document.id, start, min(end, document.passages)) if collection else []

    def headings(self, document: Document) -> list[str]:
        """The headings of one document, each once, in order."""
        collection = self._collections.current()
        return collection.headings(document.id) if collection else []

    def nearest(self, vector: Vectors, count: int, documents: Iterable[Document]) -> list[Passage]:
        """At most `count` passages of these documents, nearest first. `vector`: the question's, shape (width,)."""
        collection = self._collections.current()
        ids = {document.id for document in documents}
        return collection.nearest(vector, count, ids) if collection and ids else []

    def vectors(self, passages: Iterable[Passage]) -> dict[str, Vectors]:
        """The vectors of these passages, shape (width,) each, by their ids; those that are gone are left out."""
        collection = self._collections.current()
        wanted = list(passages)
        return collection.vectors(wanted) if collection and wanted else {}

    def bi_encoder(self) -> str | None:
        """The setting of the model that made the vectors; None where there are none yet."""
        collection = self._collections.current()
        return collection.bi_encoder if collection else None

    def check_model(self, bi_encoder: str) -> None:
        """Raise WrongModel where the vectors were made by another bi-encoder than the setting `bi_encoder`."""
        own = self.bi_encoder()
        if own is not None and own != bi_encoder and not self.is_empty():
            raise WrongModel(
                f"This library was made with the model {own}, but {bi_encoder} is set now. Bring it up to date "
                "on the Documents page or with: python -m ingest update. Or set PINPOINT_BI_ENCODER back."
            )

    def rows(self) -> int:
        """How many passages are stored, those of a document that is just being added included."""
        collection = self._collections.current()
        return collection.rows() if collection else 0

    def bytes(self) -> int:
        """How much of the disk the library takes; of a Chroma server, only what is in the folder here."""
        total = 0
        for path in self._folder.rglob("*"):
            with suppress(OSError):  # it was renamed or deleted just now
                total += path.stat().st_size if path.is_file() and path.name != RESERVE else 0
        return total

    def nearly_full(self) -> bool:
        """Whether the disk has less than twice the room that is always kept free."""
        return free_bytes(self._folder) < 2 * self._reserve

    def collection(self) -> Collection | None:
        """The collection of the passages as they are now; what is in the trash is in it too. None without any."""
        return self._collections.current()

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """A moment in which no document comes, goes, or is put into the trash, and no job comes or goes."""
        with self.trash.changing, self.files.changing, self._collections.changing:
            yield

    # --- changing

    def prepare(self, bi_encoder: str, distance: Distance) -> None:
        """Make ready for vectors of this model. Raises WrongModel where vectors of another one are there."""
        self.check_model(bi_encoder)
        self._collections.prepare(bi_encoder, distance)

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep passages and their vectors, shape (len(passages), width), of a document that is not yet finished."""
        self._collections.prepared().store(passages, vectors)

    def finish(self, document: Document, first: Passage, vector: Vectors) -> None:
        """Store passage 0 with the document's metadata: from now on the document exists."""
        self.trash.forget(document.id)  # else it would be there, and in no list
        with self._collections.changing, self._list.forgotten_on_failure():
            self._collections.prepared().finish(document, first, vector)
            self._list.add(document)
        logger.info("added document %s, %d passages", document.id, document.passages)

    def remove(self, document_id: str) -> bool:
        """Put a document into the trash, or delete it where nothing stays there. False where the library has it not."""
        if self.trash.stays:
            return self.trash.put(document_id)
        return self.document(document_id) is not None and self.delete(document_id)

    def empty_trash(self, document_ids: Iterable[str]) -> int:
        """Delete these documents for good; one that is not in the trash any more stays. Returns how many went."""
        deleted = 0
        for document_id in document_ids:
            with self.trash.changing:
                if document_id in self.trash:
                    deleted += self.delete(document_id)
        return deleted

    def delete(self, document_id: str) -> bool:
        """Delete a document for good: passages, vectors, file. False where the library does not hold it.

        The file of a job that is not done stays.
        """
        known = self.holds(document_id)
        with self.files.changing:
            # Set aside first: where this is interrupted, the next start knows that the file was to be deleted.
            if not self._a_job_needs(document_id):
                self.files.set_aside(document_id)
        try:
            self.remove_passages(document_id)
        except BaseException:
            self.files.put_back(document_id)
            raise
        self.files.discard(document_id)
        self.drop_file(document_id)  # where a job needed it a moment ago
        self.trash.forget(document_id)
        if known:
            logger.info("removed document %s", document_id)
        return known

    def remove_passages(self, document_id: str) -> None:
        """Take out the passages and vectors of a document, also of one that is not finished; its file stays."""
        with self._collections.changing, self._list.forgotten_on_failure():
            self._collections.remove(document_id)
            self._list.remove(document_id)

    def drop_file(self, file_hash: str) -> None:
        """Delete a file that neither a job nor a document needs; where that cannot be told it stays."""
        with self.files.changing, suppress(LibraryUnavailable):
            if not self._a_job_needs(file_hash) and not self.holds(file_hash):
                unplaced = self.files.unplace(file_hash)
                if unplaced:
                    self.files.drop(unplaced)

    # --- another model

    def next_collection(self, bi_encoder: str, distance: Distance) -> Collection:
        """The collection that another model's vectors go into while the current one serves; kept over a restart."""
        return self._collections.next(bi_encoder, distance)

    def switch(self) -> bool:
        """Let the next collection take the current one's place; False, and no change, where it lacks a document."""
        with self._list.forgotten_on_failure():
            switched = self._collections.switch()
        if switched:
            self._list.forget()
        return switched

    # --- starting

    def _tidy(self, *, shared: bool) -> None:
        """Bring to its end what an interrupted process began.

        On a server, what looks interrupted may be another process's work; files are swept there when they are old.
        """
        self.files.sweep(self._a_job_needs, _AN_HOUR if shared else 0)
        if shared:
            return
        self._collections.tidy()
        for file_hash in self.files.asides():
            if self.files.path(file_hash) or self._a_job_needs(file_hash):
                self.files.put_back(file_hash)
            else:
                self.delete(file_hash)

    def _a_job_needs(self, file_hash: str) -> bool:
        with self.database.read() as connection:
            return a_job_needs(connection, file_hash)
