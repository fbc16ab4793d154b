"""The list of documents: held in memory, fetched again only when the store has changed."""

import threading
import time
from bisect import insort
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager

from ingest.document import Document, Documents
from ingest.store.collection import Collection, order_added

_SECONDS_HELD = 5.0  # how long a change at a server that its count does not show may go unnoticed


class DocumentList:
    """Every document of the current collection but those in the trash, and the revision.

    The revision is a number that changes with every change.

    A folder belongs to this process, so every change is told to `add`, `remove` or `forget`. A Chroma server has other
    clients too: there the collection's id, its number of passages and what is in the trash are asked for each time, and
    the list is fetched when they differ, or after some seconds. Safe for several threads.
    """

    def __init__(
        self,
        current: Callable[[], Collection | None],
        left_out: Callable[[], Set[str]],
        fetched: Callable[[Set[str]], None],
        *,
        shared: bool,
    ) -> None:
        """Hold nothing yet.

        Args:
            current: Finds the collection that is asked now.
            left_out: Finds the ids of the documents that are in the trash.
            fetched: Told which documents the collection holds, as often as that is asked.
            shared: Whether other processes may change it.
        """
        self._find_current = current
        self._left_out = left_out
        self._fetched = fetched
        self._shared = shared
        self._changing = threading.Lock()
        self._revision = 0
        self._documents: Documents | None = None
        self._state: tuple[str, int, Set[str]] | None = None
        self._fetched_at = 0.0

    def current(self) -> tuple[int, Documents]:
        """The revision, and the documents in the order in which they were added.

        A list that is newer than the revision that comes with it is possible, an older one is not: whoever keeps both
        asks for the revision again later and misses nothing. Raises LibraryUnavailable.
        """
        collection = self._find_current() if self._shared else None
        state = (collection.id, collection.rows(), self._left_out()) if collection else None
        with self._changing:
            before, held = self._revision, self._documents
            if held is not None and not self._is_stale(state):
                return before, held
        fetched_at = time.monotonic()
        collection = self._find_current()
        fetched = self._listed(collection.documents()) if collection else Documents()
        with self._changing:
            if self._revision == before:  # else something has changed meanwhile, and this list may lack it
                self._revision += held is not None and [*fetched] != [*held]
                self._documents, self._state, self._fetched_at = fetched, state, fetched_at
                return self._revision, fetched
        return before, fetched

    def hold(self, documents: Sequence[Document]) -> None:
        """The collection holds these documents, as was just seen: a folder's list is not fetched once more for that."""
        if not self._shared:
            listed = self._listed(documents)
            with self._changing:
                self._revision += 1
                self._documents = listed

    def add(self, *documents: Document) -> None:
        """Documents are in the store from now on, in the place of those with the same ids."""
        with self._changing:
            self._revision += 1
            if self._documents is not None:
                new = {document.id for document in documents}
                there = [held for held in self._documents if held.id not in new]
                for document in documents:
                    insort(there, document, key=order_added)
                self._documents = Documents(there)

    def remove(self, *document_ids: str) -> None:
        """Documents are no longer in the store."""
        with self._changing:
            self._revision += 1
            if self._documents is not None:
                gone = {*document_ids}
                self._documents = Documents(held for held in self._documents if held.id not in gone)

    def forget(self) -> None:
        """Fetch the list again when it is next asked for: the store has changed, and it is not known how."""
        with self._changing:
            self._revision += 1
            self._documents = None

    @contextmanager
    def forgotten_on_failure(self) -> Iterator[None]:
        """For a change of the store that may be done by half when it fails."""
        try:
            yield
        except BaseException:
            self.forget()
            raise

    def _listed(self, documents: Sequence[Document]) -> Documents:
        self._fetched({document.id for document in documents})
        left_out = self._left_out()
        return Documents(document for document in documents if document.id not in left_out)

    def _is_stale(self, state: tuple[str, int, Set[str]] | None) -> bool:
        if not self._shared:
            return False
        return state != self._state or time.monotonic() - self._fetched_at >= _SECONDS_HELD
