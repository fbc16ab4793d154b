"""Who is adding what on a Chroma server: a document that is not finished belongs to one attempt, until that ends.

An attempt writes a row of its own with its id and the time at which it ends, before its first passage, and renews it
as it goes on. Chroma does not replace a row that is there when another one is added, so one of two attempts gets it.
Where an attempt has ended, what it left is anybody's to sweep. The clocks of the machines must agree to a minute.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import numpy as np

from ingest.errors import LibraryUnavailable
from ingest.store.chroma import failing_plainly

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.types import Where

logger = logging.getLogger(__name__)

SECONDS = 120.0  # how long an attempt lasts without a sign of life
_COLLECTION = "pinpoint-leases"
_POLL_SECONDS = 0.5
_POINT = np.ones((1, 1), dtype=np.float32)  # Chroma keeps no row without a vector
_LOST = "Another process has taken over this file, because this one stood still for too long. Try again."


class Lease:
    """An attempt of this process to add one document, or to delete it. Every method raises LibraryUnavailable."""

    def __init__(self, leases: "Leases", document_id: str) -> None:
        self._leases = leases
        self.document_id = document_id
        self._attempt = secrets.token_hex(16)
        self._renewed = 0.0

    def take(self) -> bool:
        """Get the document, where nobody has it."""
        return self._leases.write(self.document_id, self._attempt) and self.is_held()

    def is_held(self) -> bool:
        """Whether this attempt still has the document."""
        found = self._leases.read(self.document_id)
        return found is not None and found[0] == self._attempt

    def renew(self) -> None:
        """Go on having the document. Raises LibraryUnavailable where another process has it by now."""
        if time.monotonic() - self._renewed < self._leases.seconds / 10:
            return
        if not self.is_held():
            raise LibraryUnavailable(_LOST)
        self._leases.prolong(self.document_id)
        self._renewed = time.monotonic()

    def release(self) -> None:
        """Let others have the document."""
        self._leases.delete(self.document_id, self._attempt)


class Leases:
    """The attempts at one server. Safe for several threads; every method raises LibraryUnavailable where it fails."""

    def __init__(self, client: "Client") -> None:
        """Make the collection where it is not there."""
        self.seconds = SECONDS
        with failing_plainly():
            self._rows = client.get_or_create_collection(_COLLECTION, embedding_function=None)

    def acquire(self, document_id: str, waiting: Callable[[], None], patience: float | None = None) -> Lease:
        """Get a document, as soon as nobody else has it.

        Args:
            document_id: The document.
            waiting: Called twice a second while another process has it. An exception from it is raised.
            patience: How many seconds to wait; None for as long as it takes.
        """
        lease, started = Lease(self, document_id), time.monotonic()
        while not lease.take():
            self._delete_ended(document_id)
            if patience is not None and time.monotonic() - started > patience:
                raise LibraryUnavailable("Another process is just adding this document. Try again in a moment.")
            waiting()
            threading.Event().wait(_POLL_SECONDS)
        return lease

    def ended(self) -> list[str]:
        """The documents of attempts that have ended without being released."""
        before_now = cast("Where", {"ends_at": {"$lt": time.time()}})
        with failing_plainly():
            return list(self._rows.get(where=before_now, include=[])["ids"])

    def read(self, document_id: str) -> tuple[str, float] | None:
        """The id of the attempt that has a document, and when it ends; None where nobody has it."""
        with failing_plainly():
            found = self._rows.get(ids=[document_id], include=["metadatas"])["metadatas"]
        return (str(found[0]["attempt"]), cast("float", found[0]["ends_at"])) if found else None

    def write(self, document_id: str, attempt: str) -> bool:
        """Write the row of an attempt; False where there is one. Of two that come here at once, the first has it."""
        if self.read(document_id) is not None:
            return False
        row: dict[str, str | float] = {"attempt": attempt, "ends_at": time.time() + self.seconds}
        with failing_plainly():
            self._rows.add(ids=[document_id], embeddings=_POINT, metadatas=[dict(row)])
        return True

    def prolong(self, document_id: str) -> None:
        """Let the attempt that has a document last longer."""
        with failing_plainly():
            self._rows.update(ids=[document_id], metadatas=[{"ends_at": time.time() + self.seconds}])

    def delete(self, document_id: str, attempt: str) -> None:
        """Delete the row of one attempt."""
        with failing_plainly():
            self._rows.delete(ids=[document_id], where={"attempt": attempt})

    def _delete_ended(self, document_id: str) -> None:
        found = self.read(document_id)
        if found and found[1] < time.time():
            logger.info("an attempt to add document %s has ended", document_id)
            self.delete(document_id, found[0])
