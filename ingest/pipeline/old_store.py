"""What can still be used of a store that is made anew: the texts and vectors that are sound."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.closing import Closing
from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import BiEncoder, Vectors
from ingest.store import chroma
from ingest.store.collection import Collection
from ingest.store.examine import DATABASE_FILE, Examined, examine
from ingest.store.model_collections import current_collection


@dataclass(frozen=True, slots=True)
class KeptText:
    """The passages of a document as the old store has them, and their vectors where these can be relied on."""

    passages: list[Passage]
    vectors: Vectors | None


class OldStore(Closing):
    """The old store in a folder, which may be damaged or missing. It is looked at whole before it is opened."""

    def __init__(self, folder: Path) -> None:
        """Open what can be opened without harm to this process."""
        there = (folder / DATABASE_FILE).is_file() and (folder / DATABASE_FILE).stat().st_size > 0
        self.examined = examine(folder, whole=True) if there else Examined(False, False, False)
        self._collection: Collection | None = None
        with ExitStack() as opened:
            if self.examined.database and self.examined.passages:
                client = opened.enter_context(closing(chroma.open_folder(folder)))
                self._collection = current_collection(client)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close what could be opened."""
        self._opened.close()

    def documents(self) -> list[Document]:
        """The documents that it still names."""
        return self._collection.documents() if self._collection else []

    def kept_text(self, document: Document, encoder: BiEncoder) -> KeptText | None:
        """The passages of a document, and their vectors where they are of this model; None where any is missing."""
        known = self._collection.document(document.id) if self._collection else None
        if self._collection is None or known is None:
            return None
        passages = self._collection.passages(document.id, 0, known.passages)
        if len(passages) != known.passages:
            return None
        usable = self.examined.sound and self._collection.bi_encoder == encoder.name
        return KeptText(passages, self._vectors(passages) if usable else None)

    def _vectors(self, passages: Sequence[Passage]) -> Vectors | None:
        found = self._collection.vectors(passages) if self._collection else {}
        if len(found) != len(passages):
            return None
        return np.stack([found[passage.id] for passage in passages])
