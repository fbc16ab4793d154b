"""The collections of one store, one a bi-encoder, so that another model's vectors take the old ones' place at once."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from ingest.embedding.bi_encoder import Distance
from ingest.errors import LibraryUnavailable
from ingest.store import chroma
from ingest.store.collection import Collection

if TYPE_CHECKING:
    from chromadb.api.client import Client

# The collection that is asked; the one that is being filled with another model's vectors; the one that it replaced.
_CURRENT, _NEXT, _OLD = "passages", "passages-next", "passages-old"


def current_collection(client: "Client") -> Collection | None:
    """The collection of a store that is asked; None where there is none. Raises LibraryUnavailable."""
    return Collection.find(client, _CURRENT)


def make_current(client: "Client", bi_encoder: str, distance: Distance) -> Collection:
    """The collection of a new store, for vectors of this model; one of another model is deleted."""
    collections = ModelCollections(client)
    collections.prepare(bi_encoder, distance)
    return collections.prepared()


class ModelCollections:
    """The current collection, and the next one while it is filled. Safe for several threads.

    Every method raises LibraryUnavailable where the store fails. Who holds `changing` finds the same collections under
    the same names until they let go of it.
    """

    def __init__(
        self, client: "Client", before_writing: Callable[[], None] = lambda: None, *, shared: bool = True
    ) -> None:
        """Find nothing yet.

        Args:
            client: The store.
            before_writing: May raise LibraryUnavailable where the disk has no room.
            shared: Whether others change the store too. If not, the current collection is looked up only once.
        """
        self._client = client
        self._before_writing = before_writing
        self._shared = shared
        self._known: Collection | None = None
        self.changing = threading.RLock()

    def current(self) -> Collection | None:
        """The collection that is asked; None where there is none yet."""
        known = self._known
        if known is not None:
            return known
        with self.changing:  # between its two names the current collection has none
            found = self._found(_CURRENT)
            self._known = None if self._shared else found
            return found

    def prepared(self) -> Collection:
        """The collection that passages are stored in. Raises LibraryUnavailable where it has been deleted."""
        collection = self.current()
        if collection is None:
            raise LibraryUnavailable("The library was emptied while a document was being added. Add it again.")
        return collection

    def prepare(self, bi_encoder: str, distance: Distance) -> None:
        """Make the current collection one for vectors of this model; one of another model is deleted."""
        with self.changing:
            collection = self.current()
            if collection and collection.bi_encoder != bi_encoder:
                self._delete(_CURRENT)
            self._known = None
            Collection.make(self._client, _CURRENT, bi_encoder, distance, self._before_writing)

    def next(self, bi_encoder: str, distance: Distance) -> Collection:
        """The collection that another model's vectors go into while the current one serves; kept over a restart."""
        collection = self._found(_NEXT)
        if collection and collection.bi_encoder != bi_encoder:
            self._delete(_NEXT)
        return Collection.make(self._client, _NEXT, bi_encoder, distance, self._before_writing)

    def switch(self) -> bool:
        """Let the next collection take the current one's place; False, and no change, where it lacks a document."""
        with self.changing:
            following, current = self._found(_NEXT), self.current()
            if following is None or current is None:
                return False
            held = {document.id for document in current.documents()}
            there = {document.id for document in following.documents()}
            if not held <= there:
                return False
            for document_id in there - held:
                following.remove(document_id)
            for document_id, removed_at in current.removed_at().items():
                following.mark_removed([document_id], removed_at)
            self._known = None
            current.rename(_OLD)
            following.rename(_CURRENT)
            self._delete(_OLD)
        return True

    def remove(self, document_id: str) -> None:
        """Take a document's passages and vectors out of every collection."""
        with self.changing:
            for name in (_CURRENT, _NEXT):
                collection = self._found(name)
                if collection:
                    collection.remove(document_id)

    def tidy(self) -> None:
        """Bring to its end a switch that was interrupted.

        Only in a folder: on a server, what looks interrupted may be another process's work.
        """
        self._known = None
        following, current, old = (self._found(name) for name in (_NEXT, _CURRENT, _OLD))
        if current is None and following and old:  # it died between the two names
            following.rename(_CURRENT)
            current = following
        if current and old:
            self._delete(_OLD)
        if current:
            current.look_further()

    def _found(self, name: str) -> Collection | None:
        return Collection.find(self._client, name, self._before_writing)

    def _delete(self, name: str) -> None:
        self._known = None
        with chroma.failing_plainly():
            self._client.delete_collection(name)
