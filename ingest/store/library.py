"""The library: the collection that questions are asked of, the files, the database, and the lock that guards them."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from ingest.closing import Closing
from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import Distance, Vectors
from ingest.errors import LibraryUnavailable
from ingest.memory import give_back
from ingest.settings import Settings
from ingest.store.collection import Collection
from ingest.store.documents import DocumentList
from ingest.store.home import Home
from ingest.store.model_collections import ModelCollections
from ingest.store.opening import check_documents, open_store, write_seen
from ingest.store.reader import LibraryReader
from ingest.store.sharing import Alone, AtServer, Sharing
from ingest.store.shelf import Shelf
from ingest.store.trash import Trash
from ingest.store.trash_marks import MarksAtServer, MarksInDatabase

logger = logging.getLogger(__name__)

_AN_HOUR = 3600.0


class Library(LibraryReader, Closing):
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
        with ExitStack() as opened:
            self.home = opened.enter_context(Home(settings))
            self.database, self.files = self.home.database, self.home.files
            self._client = open_store(self.home, mending=mending)
            opened.callback(self._client.close)
            self._collections = ModelCollections(self._client, self.home.check_room, shared=self.home.shared)
            current = self._collections.current
            marks = MarksAtServer(current) if self.home.shared else MarksInDatabase(self.database)
            self._sharing: Sharing = (
                AtServer(self._client, self.home, self._collections) if self.home.shared else Alone()
            )
            left_out, follow = (lambda: frozenset(marks.removed_at())), self._sharing.follow
            self._list = DocumentList(current, left_out, follow, shared=self.home.shared)
            self.trash = Trash(marks, current, self._list, self.home.kept, settings.trash_days)
            self.shelf = Shelf(self.database)
            documents = self._check_store(mending=mending)
            self._list.hold(documents)
            self._tidy(documents)
            give_back()
            self._write_seen()
            opened.callback(self._write_seen)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the store and the database, and release the lock."""
        self._opened.close()

    # --- changing

    @contextmanager
    def adding(self, document_id: str, waiting: Callable[[], None] = lambda: None) -> Iterator[Document | None]:
        """Add a document within the block; where it fails, no passage stays.

        The document is this thread's own meanwhile: another one that adds it too waits, here or on a Chroma server.

        Args:
            document_id: The document.
            waiting: Called while another one is adding the same document. An exception from it is raised.

        Returns:
            None, or the document, where another one has added it by now.
        """
        attempt = self._sharing.adding(document_id, waiting)
        try:
            already = self.document(document_id)
            try:
                yield already
            except BaseException:
                if already is None and attempt.is_held():
                    self.remove_passages(document_id)
                raise
        finally:
            self._sharing.over(attempt)

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """A moment in which no document comes, goes, or is put into the trash, and no job comes or goes."""
        with self.trash.changing, self.files.changing, self._collections.changing:
            yield

    def prepare(self, bi_encoder: str, distance: Distance) -> None:
        """Make ready for vectors of this model. Raises WrongModel where vectors of another one are there."""
        self.check_model(bi_encoder)
        self._collections.prepare(bi_encoder, distance)

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep passages and their vectors, shape (len(passages), width), of a document that is not yet finished."""
        for document_id in {passage.document_id for passage in passages}:
            self._sharing.goes_on(document_id)
        self._collections.prepared().store(passages, vectors)

    def keep_places(self, document_id: str, passages: Sequence[Passage]) -> None:
        """Keep where the passages of a document stand on its pages, before it is finished."""
        if any(passage.places for passage in passages):
            self.home.places.write(document_id, [passage.places for passage in passages])

    def finish(self, document: Document, first: Passage, vector: Vectors) -> None:
        """Store passage 0 with the document's metadata: from now on the document exists."""
        self._sharing.finishing(document.id)
        self.trash.forget(document.id)  # else it would be there, and in no list
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

    def describe(self, document: Document) -> None:
        """Write down anew what is known of a document; nothing where the library has it not any more."""
        with self.trash.changing, self._collections.changing, self._list.forgotten_on_failure():
            collection, before = self._collections.current(), self.document(document.id)
            if collection and before and before != document:
                collection.describe(document)
                self.home.kept.write([document])
                self._list.add(document)

    def remove(self, document_id: str) -> bool:
        """Put a document into the trash, or delete it where nothing stays there. False where the library has it not."""
        return self.remove_all([document_id]) == 1

    def remove_all(self, document_ids: Iterable[str]) -> int:
        """Put documents into the trash at once, or delete them where nothing stays there; how many the library had."""
        if self.trash.stays:
            return self.trash.put(document_ids)
        return sum(self.delete(each) for each in dict.fromkeys(document_ids) if self.document(each) is not None)

    def empty_trash(self, document_ids: Iterable[str]) -> int:
        """Delete these documents for good; one that is not in the trash any more stays. Returns how many went."""
        deleted = 0
        for document_id in document_ids:
            with self.trash.changing:
                if document_id in self.trash:
                    deleted += self._delete(document_id)
        self._write_seen()
        return deleted

    def delete(self, document_id: str) -> bool:
        """Delete a document for good: passages, vectors, file. False where the library does not hold it.

        The file of a job that is not done stays.
        """
        known = self._delete(document_id)
        self._write_seen()
        return known

    def _delete(self, document_id: str) -> bool:
        self.home.check_room()
        known, kept = self.holds(document_id), self.home.kept.document(document_id)
        lease = self._sharing.deleting(document_id) if known else None
        try:
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
            self.trash.forget(document_id)
            self.home.places.delete(document_id)
            self.shelf.forget(document_id)
        finally:
            self._sharing.over(lease)
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
            if not self.home.is_needed(file_hash) and not self.holds(file_hash):
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

    def _check_store(self, *, mending: bool) -> Sequence[Document]:
        """See to it that the store is this library's, and write down what it holds and no row names: its documents."""
        if not self.home.shared:
            self._collections.tidy()
        collection = self._collections.current()
        documents = collection.documents() if collection else None
        self._sharing.follow({document.id for document in documents or ()})
        if not mending:
            check_documents(self.home, documents)
        self.home.write_kept(documents or ())
        return documents or ()

    def _tidy(self, documents: Sequence[Document]) -> None:
        """Bring to its end what an interrupted process began.

        On a server, what looks interrupted may be another's work: what has ended is swept, and files that are old.
        """
        self.files.sweep(self.home.a_job_needs, _AN_HOUR if self.home.shared else 0)
        self._sharing.sweep()
        if self.home.shared:
            return
        self.home.places.sweep()
        collection = self._collections.current()
        if collection:
            collection.sweep(documents)
        for file_hash in self.files.asides():
            if self.files.path(file_hash) or self.home.a_job_needs(file_hash):
                self.files.put_back(file_hash)
            else:
                self.delete(file_hash)

    def _write_seen(self) -> None:
        """Write down that the store is sound as it is now; where that fails, the next start looks at it."""
        with suppress(LibraryUnavailable):
            write_seen(self.home, self.bi_encoder())
