"""One Chroma collection: the passages of every document with the vectors of one bi-encoder.

A document exists once its passage 0, which carries the document's metadata, is stored: it is written last and deleted
first. A process that dies half way leaves passages that nobody sees and that the next start deletes.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Self, cast

import numpy as np

from ingest.document import Document, Documents, Passage
from ingest.embedding.bi_encoder import Distance, Vectors
from ingest.errors import LibraryUnavailable
from ingest.store.chroma import failing_plainly
from ingest.store.nearest import ComparedVectors, nearest, passages_of
from ingest.store.rows import document_metadata, document_of, passage_metadata, passage_of, rows_of

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection

    from ingest.store.rows import Row

logger = logging.getLogger(__name__)

_AT_ONCE = 2000  # rows read at a time: some megabytes of text
# Passages that Chroma's index looks at for each question. It then finds 99 % of the 100 nearest of 169,597 passages;
# with Chroma's own setting, 100, it finds 90 % (`tests.benchmarks.recall`).
_LOOKED_AT = 1000


class Collection:
    """One collection. Every method raises LibraryUnavailable where the store fails.

    `before_writing` is called before anything is written and may raise LibraryUnavailable: Chroma must not be asked to
    write to a full disk. After some tries it never returns.
    """

    def __init__(self, collection: "ChromaCollection", before_writing: Callable[[], None]) -> None:
        self._collection = collection
        self._check_room = before_writing
        self._compared = ComparedVectors()

    @classmethod
    def find(cls, client: "Client", name: str, before_writing: Callable[[], None] = lambda: None) -> Self | None:
        """The collection of this name, or None where there is none."""
        from chromadb.errors import NotFoundError  # noqa: PLC0415 (a second, only when needed)

        with failing_plainly():
            try:
                return cls(client.get_collection(name, embedding_function=None), before_writing)
            except NotFoundError:
                return None

    @classmethod
    def make(
        cls,
        client: "Client",
        name: str,
        bi_encoder: str,
        distance: Distance,
        before_writing: Callable[[], None] = lambda: None,
    ) -> Self:
        """An empty collection for the vectors of this bi-encoder, or the one that is there."""
        before_writing()
        with failing_plainly():
            made = client.get_or_create_collection(
                name,
                embedding_function=None,
                metadata={"bi_encoder": bi_encoder},
                configuration={"hnsw": {"space": distance, "ef_search": _LOOKED_AT}},
            )
        return cls(made, before_writing)

    @property
    def id(self) -> str:
        """What tells this collection from another one that had its name before."""
        return str(self._collection.id)

    @property
    def bi_encoder(self) -> str:
        """The setting of the model that made the vectors."""
        return str((self._collection.metadata or {}).get("bi_encoder", "of another program"))

    @property
    def distance(self) -> str:
        """The distance by which Chroma compares the vectors: "cosine", "ip" or "l2"."""
        space = dict(self._collection.configuration_json.get("hnsw") or {}).get("space")
        return str(space or "l2")

    def look_further(self) -> None:
        """Let the index look at as many passages for each question as that of a new collection does."""
        if (dict(self._collection.configuration_json.get("hnsw") or {}).get("ef_search") or 0) < _LOOKED_AT:
            with suppress(LibraryUnavailable), failing_plainly():  # on a full disk it stays as it is
                self._check_room()
                self._collection.modify(configuration={"hnsw": {"ef_search": _LOOKED_AT}})

    def rename(self, name: str) -> None:
        """Give the collection another name."""
        with failing_plainly():
            self._collection.modify(name=name)

    def documents(self) -> list[Document]:
        """Every document, in the order in which they were added."""
        with failing_plainly():
            found = rows_of(self._collection.get(where={"ordinal": 0}, include=["metadatas"]))
        return sorted(map(document_of, found), key=order_added)

    def document(self, document_id: str) -> Document | None:
        """The document of this id, or None where it is not here."""
        with failing_plainly():
            found = rows_of(self._collection.get(ids=[f"{document_id}:0"], include=["metadatas"]))
        return document_of(found[0]) if found else None

    def found(self, document_ids: Iterable[str]) -> list[Document]:
        """Those of these documents that are here, in any order."""
        ids, documents = [f"{document_id}:0" for document_id in document_ids], list[Document]()
        for first in range(0, len(ids), _AT_ONCE):
            with failing_plainly():
                batch = self._collection.get(ids=ids[first : first + _AT_ONCE], include=["metadatas"])
            documents += map(document_of, rows_of(batch))
        return documents

    def passages(self, document_id: str, start: int, end: int) -> list[Passage]:
        """The passages of a document from ordinal `start` to before `end`, in order, as far as they are here."""
        passages: list[Passage] = []
        for first in range(start, end, _AT_ONCE):
            ids = [f"{document_id}:{ordinal}" for ordinal in range(first, min(first + _AT_ONCE, end))]
            with failing_plainly():
                found = rows_of(self._collection.get(ids=ids, include=["metadatas", "documents"]))
            passages += sorted(map(passage_of, found), key=lambda passage: passage.ordinal)
        return passages

    def passages_of(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids, in this order, as far as they are here."""
        with failing_plainly():
            return passages_of(self._collection, ids)

    def headings(self, document_id: str) -> list[str]:
        """The headings of a document's passages, each once, in order."""
        with failing_plainly():
            found = self._collection.get(where={"document_id": document_id}, include=["metadatas"])
        rows = sorted(found["metadatas"] or [], key=lambda row: cast("int", row["ordinal"]))
        return list(dict.fromkeys(str(row["heading"]) for row in rows if row.get("heading")))

    def nearest(self, vector: Vectors, count: int, asked: Documents, held: int, revision: int) -> list[str]:
        """The ids of at most `count` passages of some documents, nearest first.

        Args:
            vector: Shape (width,).
            count: The most passages.
            asked: The documents.
            held: How many passages all documents have together.
            revision: A number that changes with every change of the documents.
        """
        with failing_plainly():
            return nearest(self._collection, self.distance, vector, count, asked, held, revision, self._compared)

    def vectors(self, passages: Iterable[Passage]) -> dict[str, Vectors]:
        """The vectors of these passages, shape (width,) each, by their ids, as far as they are here."""
        with failing_plainly():
            found = self._collection.get(ids=[passage.id for passage in passages], include=["embeddings"])
        rows = np.asarray(found["embeddings"], dtype=np.float32)
        return dict(zip(found["ids"], rows, strict=True))

    def rows(self) -> int:
        """How many passages are stored, those of unfinished documents included."""
        with failing_plainly():
            return self._collection.count()

    def count(self, document_id: str) -> int:
        """How many passages of a document are stored."""
        with failing_plainly():
            return len(self._collection.get(where={"document_id": document_id}, include=[])["ids"])

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep passages and their vectors, shape (len(passages), width), of a document that is not yet finished."""
        if passages:
            self._upsert(passages, vectors, [passage_metadata(passage) for passage in passages])

    def finish(self, document: Document, first: Passage, vector: Vectors) -> None:
        """Store passage 0 with the document's metadata: from now on the document exists."""
        self._upsert([first], vector.reshape(1, -1), [passage_metadata(first) | document_metadata(document)])

    def store_all(self, documents: Iterable[Document], passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep passages of whole documents, vectors (len(passages), width), where nobody reads yet: order is free."""
        about = {document.id: document_metadata(document) for document in documents}
        metadatas = [
            passage_metadata(passage) | ({} if passage.ordinal else about[passage.document_id]) for passage in passages
        ]
        self._upsert(passages, vectors, metadatas)

    def describe(self, document: Document) -> None:
        """Write the metadata of a document that is here anew."""
        self._check_room()
        with failing_plainly():
            # What is not named here stays as it was.
            metadata = {"not_read": "[]", **document_metadata(document)}
            self._collection.update(ids=[f"{document.id}:0"], metadatas=[metadata])

    def removed_at(self) -> dict[str, datetime]:
        """The ids of the documents that `mark_removed` has marked, with their times."""
        with failing_plainly():
            found = rows_of(self._collection.get(where={"removed": True}, include=["metadatas"]))
        return {str(row["document_id"]): datetime.fromisoformat(str(row["removed_at"])) for _, row, _ in found}

    def mark_removed(self, document_ids: Sequence[str], when: datetime | None) -> None:
        """Mark documents as removed, or with None as there again; one that is not here is left out."""
        self._check_room()
        mark: dict[str, str | bool] = {"removed": when is not None, "removed_at": when.isoformat() if when else ""}
        with failing_plainly():
            ids = [f"{document_id}:0" for document_id in document_ids]
            self._collection.update(ids=ids, metadatas=[dict(mark) for _ in ids])

    def remove(self, document_id: str) -> None:
        """Delete all of a document, its metadata first."""
        self._check_room()
        with failing_plainly():
            self._collection.delete(ids=[f"{document_id}:0"])
            self._collection.delete(where={"document_id": document_id})

    def sweep(self, documents: Sequence[Document]) -> None:
        """Delete the passages of unfinished documents: those that are not among `documents`, which are all others."""
        with failing_plainly():
            if self._collection.count() == sum(document.passages for document in documents):
                return
            strays = {str(metadata["document_id"]) for _, metadata, _ in self._scan()}
            strays -= {document.id for document in documents}
            for document_id in strays:
                self._collection.delete(where={"document_id": document_id})
        logger.info("swept %d documents that were never completed", len(strays))

    def _scan(self) -> "Iterator[Row]":
        for offset in range(0, self._collection.count(), _AT_ONCE):
            yield from rows_of(self._collection.get(limit=_AT_ONCE, offset=offset, include=["metadatas"]))

    def _upsert(self, passages: Sequence[Passage], vectors: Vectors, metadatas: Sequence[dict[str, str | int]]) -> None:
        self._check_room()
        with failing_plainly():
            self._collection.upsert(
                ids=[passage.id for passage in passages],
                embeddings=vectors,
                documents=[passage.text for passage in passages],
                metadatas=list(metadatas),
            )


def order_added(document: Document) -> tuple[datetime, str]:
    """The key that sorts documents in the order in which they were added."""
    return document.added_at, document.name
