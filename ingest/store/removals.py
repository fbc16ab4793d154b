"""What people have removed from a Chroma server, so that each process that has a document's file deletes it too.

A file is deleted because a row here says that somebody removed its document, never because the store does not name it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from ingest.store.chroma import failing_plainly

if TYPE_CHECKING:
    from chromadb.api.client import Client

_COLLECTION = "pinpoint-removals"
_POINT = np.ones((1, 1), dtype=np.float32)  # Chroma keeps no row without a vector


class Removals:
    """The removals at one server. Safe for several threads; every method raises LibraryUnavailable where it fails."""

    def __init__(self, client: "Client") -> None:
        """Make the collection where it is not there."""
        with failing_plainly():
            self._rows = client.get_or_create_collection(_COLLECTION, embedding_function=None)

    def write(self, document_id: str) -> None:
        """Somebody has removed this document for good."""
        row = {"removed_at": datetime.now(UTC).isoformat()}
        with failing_plainly():
            self._rows.upsert(ids=[document_id], embeddings=_POINT, metadatas=[row])

    def take_back(self, document_id: str) -> None:
        """The document is added again."""
        with failing_plainly():
            self._rows.delete(ids=[document_id])

    def removed_at(self, document_ids: Iterable[str]) -> dict[str, datetime]:
        """Those of these documents that somebody has removed, with the time."""
        wanted = list(document_ids)
        if not wanted:
            return {}
        with failing_plainly():
            found = self._rows.get(ids=wanted, include=["metadatas"])
        times = [datetime.fromisoformat(str(row["removed_at"])) for row in found["metadatas"] or []]
        return dict(zip(found["ids"], times, strict=True))
