"""The passages of a Chroma collection that are nearest to a vector, among those of some documents.

Chroma is given no filter by document: with thousands of ids it takes seconds, and with 33,000 SQLite refuses. So more
of the nearest passages are asked for, by id alone, until enough of them are wanted; where that is not worth while, the
vectors of the wanted passages are compared one by one, which misses none.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.document import Documents, Passage
from ingest.embedding.bi_encoder import Vectors
from ingest.store.rows import passage_of, rows_of

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection as ChromaCollection

_WIDER = 4  # how many times as many passages are asked for each time
_MOST_ASKED = 6400  # passages; the index takes longer for more of them than comparing does
# Passages that are compared one by one where only they are asked, or there are no others: reading their vectors takes
# 0.15 s, once, and the index would miss some of them.
_ALL_COMPARED = 5000
_AT_ONCE = 2000  # rows read at a time
_MOST_KEPT = 10_000  # vectors that were compared; with 384 numbers each they take 15 MB

Read = tuple[list[str], Vectors]


class ComparedVectors:
    """The vectors that were compared last: whoever asks some documents once asks them again. Safe for several threads.

    Reading them from Chroma takes ten times as long as comparing them.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, frozenset[str]], Read] = OrderedDict()
        self._changing = threading.Lock()

    def of(self, revision: int, documents: frozenset[str], read: Callable[[], Read]) -> Read:
        """The ids of all passages of these documents and their vectors; read where the library has changed."""
        key = revision, documents
        with self._changing:
            kept = self._kept.get(key)
        found = kept or read()
        with self._changing:
            self._kept[key] = found
            self._kept.move_to_end(key)
            while sum(len(ids) for ids, _ in self._kept.values()) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return found


def nearest(
    collection: "ChromaCollection",
    distance: str,
    vector: Vectors,
    count: int,
    asked: Documents,
    held: int,
    revision: int,
    compared: ComparedVectors,
) -> list[str]:
    """The ids of at most `count` passages of these documents, nearest first.

    Args:
        collection: The collection.
        distance: The distance by which Chroma compares its vectors: "cosine", "ip" or "l2".
        vector: Shape (width,).
        count: The most passages.
        asked: The documents.
        held: How many passages all documents have together. The collection may have more: those in the trash.
        revision: A number that changes with every change of the documents.
        compared: What was compared before.

    Raises:
        Exception: Whatever Chroma raises where the store fails.
    """

    def read() -> Read:
        return _vectors(collection, asked.counts)

    if asked.passages <= _ALL_COMPARED:
        return _by_comparing(compared.of(revision, frozenset(asked.counts), read), distance, vector, count)
    ids = _by_index(collection, vector, count, asked.counts, held)
    return _by_comparing(read(), distance, vector, count) if ids is None else ids


def _by_index(
    collection: "ChromaCollection", vector: Vectors, count: int, asked: Mapping[str, int], held: int
) -> list[str] | None:
    """The ids of the nearest passages through Chroma's index; None where too few of the nearest are wanted.

    What is in the trash, or not yet finished, is left out too.
    """
    number = count
    while True:
        found = collection.query(query_embeddings=vector.reshape(1, -1), n_results=min(number, held), include=[])
        ids = [each for each in found["ids"][0] if each.rpartition(":")[0] in asked][:count]
        if len(ids) == count:
            return ids
        if number >= min(held, _MOST_ASKED):
            return None
        # Twice as many as would do if the wanted ones were spread evenly: the index misses some of the farthest.
        number = max(_WIDER * number, min(2 * number * count // max(len(ids), 1), _MOST_ASKED))


def _vectors(collection: "ChromaCollection", asked: Mapping[str, int]) -> Read:
    """The ids of all passages of these documents, and their vectors, shape (n, width)."""
    wanted = [f"{document_id}:{ordinal}" for document_id, number in asked.items() for ordinal in range(number)]
    ids, vectors = list[str](), list[Vectors]()
    for first in range(0, len(wanted), _AT_ONCE):
        rows = collection.get(ids=wanted[first : first + _AT_ONCE], include=["embeddings"])
        if rows["ids"]:
            ids += rows["ids"]
            vectors.append(np.asarray(rows["embeddings"], dtype=np.float32))
    return ids, np.concatenate(vectors) if vectors else np.empty((0, 0), dtype=np.float32)


def _by_comparing(read: Read, distance: str, vector: Vectors, count: int) -> list[str]:
    """The ids of the nearest of these passages, each compared."""
    ids, vectors = read
    if not ids:
        return []
    return [ids[row] for row in np.argsort(_distances(distance, vector, vectors), kind="stable")[:count]]


def passages_of(collection: "ChromaCollection", ids: Sequence[str]) -> list[Passage]:
    """The passages of these ids, in this order, as far as they are there."""
    by_id: dict[str, Passage] = {}
    for first in range(0, len(ids), _AT_ONCE):
        rows = rows_of(collection.get(ids=list(ids[first : first + _AT_ONCE]), include=["metadatas", "documents"]))
        by_id |= {row[0]: passage_of(row) for row in rows}
    return [by_id[passage_id] for passage_id in ids if passage_id in by_id]


def _distances(distance: str, vector: Vectors, others: Vectors) -> Vectors:
    """The distances of a vector, shape (width,), from others, shape (n, width), as Chroma computes them; in order."""
    if distance == "l2":
        return np.asarray(np.linalg.norm(others - vector, axis=1), dtype=np.float32)
    lengths = np.linalg.norm(others, axis=1) if distance == "cosine" else np.float32(1)
    return np.asarray(-(others @ vector) / lengths, dtype=np.float32)
