"""The library: the collection that questions are asked of, the files, the database, and the lock that guards them."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from types import TracebackType
from typing import Self

from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import Distance, Vectors
from ingest.errors import LibraryUnavailable, WrongModel
from ingest.settings import Settings
from ingest.store.collection import Collection
from ingest.store.documents import DocumentList
from ingest.store.durable import free_bytes
from ingest.store.home import Home
from ingest.store.model_collections import ModelCollections
from ingest.store.opening import check_documents, open_store, write_seen
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

_AN_HOUR = 3600.0


class Library:
    """The documents of one folder, or of one Chroma server. One process at a time may have a folder open.

    Safe for several threads. Every method raises LibraryUnavailable where the store fails.
    """

    def __init__(self, settings: Settings, *, mending: bool = False) -> None:
        """Open the library and sweep what an interrupted process left.

        Args:
            settings: The folder, and the Chroma server where there is one.
            mending: Whether a store that lacks the library's documents is opened all the same, to put them there.

        Raises:
            LibraryUnavailable: The library cannot be opened; the sentence says why, and the way out.
        """
        self._folder = settings.library
        self._reserve = settings.free_megabytes * MEGABYTE
        with ExitStack() as opened:
            self.home = opened.enter_context(Home(settings))
            self.database, self.files = self.home.database, self.home.files
            self._client = open_store(self.home)
            opened.callback(self._client.close)
            self._collections = ModelCollections(self._client)
            self._list = DocumentList(self._collections.current, shared=self.home.shared)
            self._check_store(mending=mending)
            self._tidy()
            self._write_seen()
            opened.callback(self._write_seen)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the store and the database, and release the lock."""
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
        """The document of this id, or None where the library does not hold it."""
        collection = self._collections.current()
        return collection.document(document_id) if collection else None

    def stored_documents(self) -> list[Document]:
        """Every document, also those in the trash."""
        collection = self._collections.current()
        return collection.documents() if collection else []

    def has_passages(self, document: Document) -> bool:
        """Whether every passage of a document is in the store."""
        collection = self._collections.current()
        return collection is not None and collection.count(document.id) == document.passages

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
        if own is not None and own != bi_encoder and self.documents():
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
                total += path.stat().st_size if path.is_file() else 0
        return total

    def nearly_full(self) -> bool:
        """Whether the disk has less than twice the room that is always kept free."""
        return free_bytes(self._folder) < 2 * self._reserve

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
        with self._collections.changing, self._list.forgotten_on_failure():
            self._collections.prepared().finish(document, first, vector)
            try:
                self.home.kept.write([document])
            except BaseException:
                self._collections.remove(document.id)
                raise
            self._list.add(document)
        self._write_seen()
        logger.info("added document %s, %d passages", document.id, document.passages)

    def remove(self, document_id: str) -> bool:
        """Take a document out: passages, vectors, file. False where the library does not hold it.

        The file of a job that is not done stays.
        """
        known, kept = self.document(document_id) is not None, self.home.kept.document(document_id)
        with self.files.changing:
            # Set aside first: where this is interrupted, the next start knows that the file was to be deleted.
            if not self.home.a_job_needs(document_id):
                self.files.set_aside(document_id)
        try:
            self.home.kept.delete(document_id)
            self.remove_passages(document_id)
        except BaseException:
            self.files.put_back(document_id)
            self.home.kept.write([kept] if kept else [])
            raise
        self.files.discard(document_id)
        self.drop_file(document_id)  # where a job needed it a moment ago
        if known:
            self._write_seen()
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
            if not self.home.is_needed(file_hash) and self.document(file_hash) is None:
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

    def _check_store(self, *, mending: bool) -> None:
        """See to it that the store is this library's, and write down what it holds and no row names."""
        if not self.home.shared:
            self._collections.tidy()
        collection = self._collections.current()
        documents = collection.documents() if collection else None
        if not mending:
            check_documents(self.home, documents)
        self.home.write_kept(documents or ())

    def _tidy(self) -> None:
        """Bring to its end what an interrupted process began.

        On a server, what looks interrupted may be another process's work; files are swept there when they are old.
        """
        self.files.sweep(self.home.a_job_needs, _AN_HOUR if self.home.shared else 0)
        if self.home.shared:
            return
        collection = self._collections.current()
        if collection:
            collection.sweep()
        for file_hash in self.files.asides():
            if self.files.path(file_hash) or self.home.a_job_needs(file_hash):
                self.files.put_back(file_hash)
            else:
                self.remove(file_hash)

    def _write_seen(self) -> None:
        """Write down that the store is sound as it is now; where that fails, the next start looks at it."""
        with suppress(LibraryUnavailable):
            write_seen(self.home, self.bi_encoder())
