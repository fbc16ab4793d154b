"""The passages of a Chroma collection that are nearest to a vector, among those of some documents.

Chroma is given no filter by document: with thousands of ids it takes seconds, and with 33,000 SQLite refuses. So more
of the nearest passages are asked for, by id alone, until enough of them are wanted; where that is not worth while, the
vectors of the wanted passages are compared one by one, which misses none.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.document import Passage
from ingest.embedding.bi_encoder import Vectors
from ingest.store.rows import passage_of, rows_of

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection as ChromaCollection

_WIDER = 4  # how many times as many passages are asked for each time
_MOST_ASKED = 6400  # passages; the index takes longer for more of them than comparing does
_ALL_COMPARED = 2000  # passages that are compared one by one where only they are asked: 0.06 s
_AT_ONCE = 2000  # rows read at a time


def nearest(
    collection: "ChromaCollection", distance: str, vector: Vectors, count: int, asked: Mapping[str, int], held: int
) -> list[str]:
    """The ids of at most `count` passages of these documents, nearest first.

    Args:
        collection: The collection.
        distance: The distance by which Chroma compares its vectors: "cosine", "ip" or "l2".
        vector: Shape (width,).
        count: The most passages.
        asked: The ids of the documents, each with its number of passages.
        held: How many passages all documents have together. The collection may have more: those in the trash.

    Raises:
        Exception: Whatever Chroma raises where the store fails.
    """
    wanted = sum(asked.values())
    ids = None if wanted <= min(_ALL_COMPARED, held // 2) else _by_index(collection, vector, count, asked, held)
    if ids is None:
        ids = _by_comparing(collection, distance, vector, count, asked)
    return ids


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


def _by_comparing(
    collection: "ChromaCollection", distance: str, vector: Vectors, count: int, asked: Mapping[str, int]
) -> list[str]:
    """The ids of the nearest passages, each compared."""
    wanted = [f"{document_id}:{ordinal}" for document_id, number in asked.items() for ordinal in range(number)]
    ids, distances = list[str](), [np.empty(0, dtype=np.float32)]
    for first in range(0, len(wanted), _AT_ONCE):
        rows = collection.get(ids=wanted[first : first + _AT_ONCE], include=["embeddings"])
        if rows["ids"]:
            ids += rows["ids"]
            distances.append(_distances(distance, vector, np.asarray(rows["embeddings"], dtype=np.float32)))
    return [ids[row] for row in np.argsort(np.concatenate(distances), kind="stable")[:count]]


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
