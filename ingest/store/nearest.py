"""The passages of a Chroma collection that are nearest to a vector, among those of some documents."""

from collections.abc import Set
from typing import TYPE_CHECKING, cast

import numpy as np

from ingest.document import Passage
from ingest.embedding.bi_encoder import Vectors
from ingest.store.rows import passage_of, rows_of

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection as ChromaCollection
    from chromadb.api.types import Where

_WIDER = 4  # how many times as many passages are asked for where some of the nearest are not wanted
_ALL_COMPARED = 2000  # passages that are compared one by one where only they are asked: 0.06 s


def nearest(
    collection: "ChromaCollection", distance: str, vector: Vectors, count: int, document_ids: Set[str]
) -> list[Passage]:
    """At most `count` passages of these documents, nearest first.

    Args:
        collection: The collection.
        distance: The distance by which Chroma compares its vectors: "cosine", "ip" or "l2".
        vector: Shape (width,).
        count: The most passages.
        document_ids: The documents.

    Raises:
        Exception: Whatever Chroma raises where the store fails.
    """
    # All documents are asked most of the time, so try without a filter first: it is eight times as fast. What is in
    # the trash, or not yet finished, is left out then.
    for wider in (count, _WIDER * count):
        found = _query(collection, vector, wider, None)
        passages = [passage for passage in found if passage.document_id in document_ids][:count]
        if len(passages) == count:
            return passages
    ids: list[str | int | float | bool] = [*sorted(document_ids)]
    return _nearest_of(collection, distance, vector, count, cast("Where", {"document_id": {"$in": ids}}))


def _nearest_of(
    collection: "ChromaCollection", distance: str, vector: Vectors, count: int, where: "Where"
) -> list[Passage]:
    """The nearest of some passages. Through a narrow filter Chroma's index may miss some: few are all compared."""
    ids = collection.get(where=where, include=[])["ids"]
    if len(ids) > _ALL_COMPARED:
        found = _query(collection, vector, count, where)
        if len(found) == count:
            return found
    rows = collection.get(where=where, include=["embeddings"])
    if not rows["ids"]:
        return []
    distances = _distances(distance, vector, np.asarray(rows["embeddings"], dtype=np.float32))
    nearest_ids = [rows["ids"][row] for row in np.argsort(distances, kind="stable")[:count]]
    passages = map(passage_of, rows_of(collection.get(ids=nearest_ids, include=["metadatas", "documents"])))
    by_id = {passage.id: passage for passage in passages}
    return [by_id[passage_id] for passage_id in nearest_ids if passage_id in by_id]


def _query(collection: "ChromaCollection", vector: Vectors, count: int, where: "Where | None") -> list[Passage]:
    found = collection.query(
        query_embeddings=vector.reshape(1, -1), n_results=count, where=where, include=["metadatas", "documents"]
    )
    metadatas, texts = found["metadatas"] or [[]], found["documents"] or [[]]
    return [passage_of(row) for row in zip(found["ids"][0], metadatas[0], texts[0], strict=True)]


def _distances(distance: str, vector: Vectors, others: Vectors) -> Vectors:
    """The distances of a vector, shape (width,), from others, shape (n, width), as Chroma computes them; in order."""
    if distance == "l2":
        return np.asarray(np.linalg.norm(others - vector, axis=1), dtype=np.float32)
    lengths = np.linalg.norm(others, axis=1) if distance == "cosine" else np.float32(1)
    return np.asarray(-(others @ vector) / lengths, dtype=np.float32)
