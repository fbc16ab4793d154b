"""The reading side of a library: its documents, passages and vectors, and how much there is."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from ingest.document import Document, Documents, Passage
from ingest.embedding.bi_encoder import Vectors
from ingest.errors import WrongModel
from ingest.store.collection import Collection
from ingest.store.documents import DocumentList
from ingest.store.durable import free_bytes
from ingest.store.home import Home
from ingest.store.model_collections import ModelCollections
from ingest.store.reserve import FILE as RESERVE
from ingest.store.trash import Trash
from ingest.units import MEGABYTE


class LibraryReader:
    """What can be asked of an open library. Every method raises LibraryUnavailable where the store fails."""

    home: Home
    trash: Trash
    _collections: ModelCollections
    _list: DocumentList

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

    def has_passages(self, document: Document) -> bool:
        """Whether every passage of a document is in the store."""
        collection = self._collections.current()
        return collection is not None and collection.count(document.id) == document.passages

    def holds(self, document_id: str) -> bool:
        """Whether a document is here, in the trash too."""
        collection = self._collections.current()
        return collection is not None and collection.document(document_id) is not None

    def is_empty(self) -> bool:
        """Whether no document is here, and none in the trash."""
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

    def passages_of(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids, in this order; those that are gone are left out."""
        collection = self._collections.current()
        return collection.passages_of(ids) if collection else []

    def headings(self, document: Document) -> list[str]:
        """The headings of one document, each once, in order."""
        collection = self._collections.current()
        return collection.headings(document.id) if collection else []

    def nearest(self, vector: Vectors, count: int, documents: Iterable[Document]) -> list[Passage]:
        """At most `count` passages of these documents, nearest first. `vector`: the question's, shape (width,)."""
        return self.passages_of(self.nearest_ids(vector, count, documents))

    def nearest_ids(self, vector: Vectors, count: int, documents: Iterable[Document]) -> list[str]:
        """The ids of these passages. One that is just being removed may be among them."""
        collection = self._collections.current()
        asked, (revision, every) = Documents.of(documents), self._list.current()
        return collection.nearest(vector, count, asked, every.passages, revision) if collection and asked else []

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
        for path in self.home.folder.rglob("*"):
            with suppress(OSError):  # it was renamed or deleted just now
                total += path.stat().st_size if path.is_file() and path.name != RESERVE else 0
        return total

    def nearly_full(self) -> bool:
        """Whether the disk has less than twice the room that is always kept free."""
        return free_bytes(self.home.folder) < 2 * self.home.settings.free_megabytes * MEGABYTE

    def collection(self) -> Collection | None:
        """The collection of the passages as they are now; what is in the trash is in it too. None without any."""
        return self._collections.current()
