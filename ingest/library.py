"""The library: every passage of every document with its vector, in Chroma, which is the only store.

A document is in the library when its passage 0, the title deed, is: the deed is written last and deleted first, so
that a process that dies half way leaves passages that nobody sees and that the next start sweeps away.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from ingest.bi_encoder import Distance, Vectors
from ingest.document import Document, Passage
from ingest.errors import LibraryUnavailable, WrongModel
from ingest.settings import Settings

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.api.types import GetResult, Metadata, Where

logger = logging.getLogger(__name__)

_COLLECTION = "passages"
_FAILED = (
    "The library could not be read or written. Check that the disk is not full and that the library's folder, "
    "or the Chroma server, can be reached; then try again."
)
_PAGE = 2000  # rows read at once: some megabytes of text


class Library:
    """The documents of one folder, or of one Chroma server. One process at a time may have a folder open.

    Safe for several threads. Every method raises LibraryUnavailable where the store fails.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the library and sweep what an interrupted process left. Raises LibraryUnavailable."""
        self._lock: FileLock | None = None
        if settings.chroma_url:
            self._client = _connect(settings.chroma_url)
        else:
            self._lock = _lock(settings.library)
            try:
                self._client = _open_folder(settings.library / "chroma")
                self._sweep()
            except BaseException:
                self._lock.release()
                raise

    def close(self) -> None:
        """Let go of the folder, so that another process may open it."""
        self._client.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- reading

    def documents(self) -> list[Document]:
        """Every document, in the order in which they were added."""
        with _failing_plainly():
            found = self._get(where={"ordinal": 0})
        return sorted(map(_document, found), key=lambda document: (document.added_at, document.name))

    def document(self, document_id: str) -> Document | None:
        """The document of this id, or None where the library does not hold it."""
        with _failing_plainly():
            found = self._get(ids=[f"{document_id}:0"])
        return _document(found[0]) if found else None

    def passages(self, documents: Collection[Document]) -> Iterator[Passage]:
        """The passages of these documents, in order, read in portions."""
        for document in documents:
            for start in range(0, document.passages, _PAGE):
                end = min(start + _PAGE, document.passages)
                with _failing_plainly():
                    found = self._get(ids=[f"{document.id}:{ordinal}" for ordinal in range(start, end)], texts=True)
                yield from sorted(map(_passage, found), key=lambda passage: passage.ordinal)

    def nearest(self, vector: Vectors, count: int, documents: Collection[Document]) -> list[Passage]:
        """At most `count` passages of these documents, nearest first. `vector`: the question's, shape (width,)."""
        collection = self._collection()
        if collection is None or not documents:
            return []
        chosen = {document.id for document in documents}
        with _failing_plainly():
            passages = _query(collection, vector, count, None)
            # All documents are asked most of the time, so try without a filter first: it is eight times as fast.
            if any(passage.document_id not in chosen for passage in passages):
                passages = _query(collection, vector, count, _of(chosen))
        return passages

    def bi_encoder(self) -> str | None:
        """The name of the model that made the vectors; None where there are none yet."""
        collection = self._collection()
        return str(collection.metadata["bi_encoder"]) if collection is not None else None

    def check_model(self, name: str) -> None:
        """Raise WrongModel where the vectors were made by another bi-encoder than `name`."""
        own = self.bi_encoder()
        if own is not None and own != name and self.documents():
            raise WrongModel(
                f"This library was made with the model {own}, but {name} is set now. "
                f"Set PINPOINT_BI_ENCODER back, or choose another folder in PINPOINT_LIBRARY and add the files there."
            )

    # --- changing

    def prepare(self, bi_encoder: str, distance: Distance) -> None:
        """Make ready for vectors of this model. Raises WrongModel where vectors of another one are there."""
        self.check_model(bi_encoder)
        with _failing_plainly():
            if self.bi_encoder() not in {None, bi_encoder}:
                self._client.delete_collection(_COLLECTION)
            self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,
                metadata={"bi_encoder": bi_encoder},
                configuration={"hnsw": {"space": distance}},
            )

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Keep passages and their vectors, shape (len(passages), width), of a document that is not yet sealed."""
        if passages:
            self._put(passages, vectors, [_metadata(passage) for passage in passages])

    def seal(self, document: Document, first: Passage, vector: Vectors) -> None:
        """Write passage 0 with the title deed: from now on the document is in the library."""
        deed: dict[str, str | int] = {
            "name": document.name,
            "type": document.type,
            "passages": document.passages,
            "bytes": document.bytes,
            "added_at": document.added_at.isoformat(),
        }
        if document.pages is not None:
            deed["pages"] = document.pages
        self._put([first], vector.reshape(1, -1), [{**_metadata(first), **deed}])
        logger.info("added document %s, %d passages", document.id, document.passages)

    def remove(self, document_id: str) -> bool:
        """Take a document out with all its passages and vectors; False where the library does not hold it."""
        known = self.document(document_id) is not None
        collection = self._collection()
        if collection is not None:
            with _failing_plainly():
                if known:
                    collection.delete(ids=[f"{document_id}:0"])
                collection.delete(where={"document_id": document_id})
        if known:
            logger.info("removed document %s", document_id)
        return known

    def _sweep(self) -> None:
        collection = self._collection()
        if collection is None:
            return
        documents = self.documents()
        with _failing_plainly():
            if collection.count() == sum(document.passages for document in documents):
                return
            known = {document.id for document in documents}
            strays = {str(row["document_id"]) for _, row, _ in self._scan()} - known
            for document_id in strays:
                collection.delete(where={"document_id": document_id})
        logger.info("swept %d documents that were never completed", len(strays))

    # --- Chroma

    def _collection(self) -> "ChromaCollection | None":
        from chromadb.errors import NotFoundError  # noqa: PLC0415 (a second, only when needed)

        with _failing_plainly():
            try:
                return self._client.get_collection(_COLLECTION, embedding_function=None)
            except NotFoundError:
                return None

    def _put(self, passages: Sequence[Passage], vectors: Vectors, metadatas: "Sequence[dict[str, str | int]]") -> None:
        collection = self._collection()
        if collection is None:
            raise LibraryUnavailable("The library was emptied while a document was being added. Add it again.")
        with _failing_plainly():
            collection.upsert(
                ids=[passage.id for passage in passages],
                embeddings=vectors,
                documents=[passage.text for passage in passages],
                metadatas=list(metadatas),
            )

    def _get(
        self, ids: list[str] | None = None, where: "Where | None" = None, texts: bool = False
    ) -> "list[tuple[str, Metadata, str]]":
        collection = self._collection()
        if collection is None:
            return []
        return _rows(
            collection.get(ids=ids, where=where, include=["metadatas", "documents"] if texts else ["metadatas"])
        )

    def _scan(self) -> "Iterator[tuple[str, Metadata, str]]":
        collection = self._collection()
        offset = 0
        while collection is not None:
            rows = _rows(collection.get(limit=_PAGE, offset=offset, include=["metadatas"]))
            yield from rows
            if len(rows) < _PAGE:
                return
            offset += _PAGE


def _lock(folder: Path) -> FileLock:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock", thread_local=False)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryUnavailable(
            f"The library in {folder} is in use: Pinpoint is already running on it. "
            "Use that one, stop it first, or set PINPOINT_LIBRARY to another folder."
        ) from error
    except OSError as error:
        raise LibraryUnavailable(
            f"The library's folder {folder} cannot be made or written to. Set PINPOINT_LIBRARY to a folder that can."
        ) from error
    return lock


def _open_folder(folder: Path) -> "Client":
    import chromadb  # noqa: PLC0415 (a second, only when needed)
    from chromadb.config import Settings as ChromaSettings  # noqa: PLC0415

    try:
        return cast("Client", chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False)))
    except Exception as error:  # a second try in one process fails in another way than the first
        logger.info("the store could not be opened", exc_info=True)
        raise LibraryUnavailable(_FAILED) from error


def _connect(url: str) -> "Client":
    import chromadb  # noqa: PLC0415
    from chromadb.config import Settings as ChromaSettings  # noqa: PLC0415

    try:
        address = urlsplit(url)
        client = chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 8000),
            ssl=address.scheme == "https",
            settings=ChromaSettings(anonymized_telemetry=False),
        )
        return cast("Client", client)
    except Exception as error:  # its client fails in many ways where the server is not there
        logger.info("no Chroma server at the address that is set", exc_info=True)
        raise LibraryUnavailable(
            f"No Chroma server answers at {url}. Start it, correct PINPOINT_CHROMA_URL, "
            "or leave it out to use a folder."
        ) from error


@contextmanager
def _failing_plainly() -> Iterator[None]:
    """Turn what Chroma raises into one sentence; the whole of it goes to the log."""
    import httpx  # noqa: PLC0415
    from chromadb.errors import ChromaError, NotFoundError  # noqa: PLC0415

    try:
        yield
    except NotFoundError:
        raise
    except (ChromaError, OSError, httpx.HTTPError) as error:
        logger.info("the store failed", exc_info=True)
        raise LibraryUnavailable(_FAILED) from error


def _query(collection: "ChromaCollection", vector: Vectors, count: int, where: "Where | None") -> list[Passage]:
    found = collection.query(
        query_embeddings=vector.reshape(1, -1), n_results=count, where=where, include=["metadatas", "documents"]
    )
    metadatas, texts = found["metadatas"] or [[]], found["documents"] or [[]]
    return [_passage(row) for row in zip(found["ids"][0], metadatas[0], texts[0], strict=True)]


def _of(document_ids: Collection[str]) -> "Where":
    ids: list[str | int | float | bool] = [*sorted(document_ids)]
    return cast("Where", {"document_id": {"$in": ids}})


def _rows(found: "GetResult") -> "list[tuple[str, Metadata, str]]":
    texts = found["documents"] or [""] * len(found["ids"])
    return list(zip(found["ids"], found["metadatas"] or [], texts, strict=True))


def _metadata(passage: Passage) -> "dict[str, str | int]":
    row: dict[str, str | int] = {"document_id": passage.document_id, "ordinal": passage.ordinal}
    if passage.page is not None:
        row["page"] = passage.page
    if passage.heading is not None:
        row["heading"] = passage.heading
    return row


def _passage(row: "tuple[str, Metadata, str]") -> Passage:
    _, metadata, text = row
    return Passage(
        document_id=str(metadata["document_id"]),
        ordinal=cast(int, metadata["ordinal"]),
        text=text,
        page=cast("int | None", metadata.get("page")),
        heading=cast("str | None", metadata.get("heading")),
    )


def _document(row: "tuple[str, Metadata, str]") -> Document:
    _, metadata, _ = row
    return Document(
        id=str(metadata["document_id"]),
        name=str(metadata["name"]),
        type=str(metadata["type"]),
        pages=cast("int | None", metadata.get("pages")),
        passages=cast(int, metadata["passages"]),
        bytes=cast(int, metadata["bytes"]),
        added_at=datetime.fromisoformat(str(metadata["added_at"])),
    )
