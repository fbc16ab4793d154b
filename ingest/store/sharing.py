"""What several processes on one Chroma server owe each other; a library in a folder is alone, and owes nothing."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from ingest.store.home import Home
from ingest.store.leases import Lease, Leases
from ingest.store.model_collections import ModelCollections
from ingest.store.removals import Removals

if TYPE_CHECKING:
    from chromadb.api.client import Client

logger = logging.getLogger(__name__)

_SWEEP_SECONDS = 60.0  # how often it is looked for attempts that have ended
_LOOK_SECONDS = 0.2  # how often whoever waits for another thread is called
_PATIENCE = 10.0  # seconds that deleting waits for another process that has the document


class Attempt(Protocol):
    """An attempt to add one document, or to delete it."""

    @property
    def document_id(self) -> str: ...

    def is_held(self) -> bool:
        """Whether this attempt still has the document."""
        ...

    def release(self) -> None:
        """Let others have the document."""
        ...


class Sharing(Protocol):
    """How this process gets on with others. Safe for several threads; every method raises LibraryUnavailable."""

    def adding(self, document_id: str, waiting: Callable[[], None]) -> Attempt:
        """Begin an attempt to add a document, as soon as nobody else has it: no other process, and no other thread."""
        ...

    def deleting(self, document_id: str) -> Attempt | None:
        """Begin to delete a document for good, and tell the others."""
        ...

    def goes_on(self, document_id: str) -> None:
        """The attempt to add a document goes on. Raises LibraryUnavailable where another process has it by now."""
        ...

    def finishing(self, document_id: str) -> None:
        """A document is about to be finished: it is not removed any more."""
        ...

    def over(self, attempt: Attempt | None) -> None:
        """An attempt is over."""
        ...

    def follow(self, document_ids: Set[str]) -> None:
        """Delete the files of documents that others have removed. `document_ids`: what the store holds now."""
        ...

    def sweep(self) -> None:
        """Delete the passages that an attempt has left which has ended."""
        ...


class OwnAttempt:
    """An attempt of a thread of this process, where there is no other process."""

    def __init__(self, document_id: str, release: Callable[[str], None]) -> None:
        self.document_id = document_id
        self._release = release

    def is_held(self) -> bool:
        return True

    def release(self) -> None:
        self._release(self.document_id)


class Alone:
    """For a library in a folder."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._changed = threading.Condition()

    def adding(self, document_id: str, waiting: Callable[[], None]) -> Attempt:
        while not self._is_taken(document_id):
            waiting()
        return OwnAttempt(document_id, self._let_go)

    def _is_taken(self, document_id: str) -> bool:
        """Take a document where no thread has it, or wait a moment for that."""
        with self._changed:
            if document_id in self._held:
                self._changed.wait(_LOOK_SECONDS)
            if document_id in self._held:
                return False
            self._held.add(document_id)
            return True

    def _let_go(self, document_id: str) -> None:
        with self._changed:
            self._held.discard(document_id)
            self._changed.notify_all()

    def over(self, attempt: Attempt | None) -> None:
        if attempt:
            attempt.release()

    def deleting(self, document_id: str) -> Attempt | None: ...
    def goes_on(self, document_id: str) -> None: ...
    def finishing(self, document_id: str) -> None: ...
    def follow(self, document_ids: Set[str]) -> None: ...
    def sweep(self) -> None: ...


class AtServer:
    """For a library on a Chroma server."""

    def __init__(self, client: "Client", home: Home, collections: ModelCollections) -> None:
        self._home = home
        self._collections = collections
        self._leases = Leases(client)
        self._removals = Removals(client)
        self._held: dict[str, Lease] = {}
        self._changing = threading.Lock()
        self._swept_at = time.monotonic()

    def adding(self, document_id: str, waiting: Callable[[], None]) -> Attempt:
        lease = self._leases.acquire(document_id, waiting)
        with self._changing:
            self._held[document_id] = lease
        return lease

    def deleting(self, document_id: str) -> Attempt | None:
        lease = self._leases.acquire(document_id, lambda: None, _PATIENCE)
        self._removals.write(document_id)
        return lease

    def goes_on(self, document_id: str) -> None:
        with self._changing:
            lease = self._held.get(document_id)
        if lease:
            lease.renew()

    def finishing(self, document_id: str) -> None:
        self.goes_on(document_id)
        self._removals.take_back(document_id)

    def over(self, attempt: Attempt | None) -> None:
        if attempt:
            with self._changing:
                self._held.pop(attempt.document_id, None)
            attempt.release()

    def follow(self, document_ids: Set[str]) -> None:
        if time.monotonic() - self._swept_at > _SWEEP_SECONDS:
            self.sweep()
        missing = {each.id: each for each in self._home.kept.documents() if each.id not in document_ids}
        for document_id, removed_at in self._removals.removed_at(missing).items():
            if removed_at > missing[document_id].added_at:
                self._home.forget(document_id)
                logger.info("another process has removed document %s", document_id)

    def sweep(self) -> None:
        self._swept_at = time.monotonic()
        for document_id in self._leases.ended():
            with self._lease(document_id):
                collection = self._collections.current()
                if collection and collection.document(document_id) is None:
                    self._collections.remove(document_id)
                    logger.info("swept document %s, whose attempt had ended", document_id)

    @contextmanager
    def _lease(self, document_id: str) -> Iterator[None]:
        lease = self._leases.acquire(document_id, lambda: None, _PATIENCE)
        try:
            yield
        finally:
            lease.release()
