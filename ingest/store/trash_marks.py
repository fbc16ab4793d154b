"""Which documents are in the trash: rows of the database; on a Chroma server, marks that its other clients see too."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from ingest.store.collection import Collection
from ingest.store.database import Database
from ingest.store.tables import TRASH


class TrashMarks(Protocol):
    """Which documents are in the trash. Safe for several threads; every method raises LibraryUnavailable."""

    def removed_at(self) -> Mapping[str, datetime]:
        """The id of each document in the trash, with the time at which it was removed."""
        ...

    def put(self, document_id: str) -> None:
        """From now on a document is in the trash."""
        ...

    def take_out(self, document_id: str) -> None:
        """From now on a document is not in the trash."""
        ...


class MarksInDatabase:
    """For a library in a folder: it stands after a power cut, and needs hardly any room on the disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: tuple[int, dict[str, datetime]] | None = None  # the revision of the database, and the rows then

    def removed_at(self) -> Mapping[str, datetime]:
        revision, held = self._database.revision, self._held
        if held is None or held[0] != revision:
            with self._database.read() as connection:
                rows = connection.execute(select(TRASH.c.document_id, TRASH.c.removed_at)).all()
            self._held = held = revision, {row[0]: datetime.fromisoformat(row[1]) for row in rows}
        return held[1]

    def put(self, document_id: str) -> None:
        row = {"document_id": document_id, "removed_at": datetime.now(UTC).isoformat()}
        with self._database.write() as connection:
            connection.execute(insert(TRASH).values(row).on_conflict_do_nothing())

    def take_out(self, document_id: str) -> None:
        if document_id in self.removed_at():
            with self._database.write() as connection:
                connection.execute(delete(TRASH).where(TRASH.c.document_id == document_id))


class MarksAtServer:
    """For a library on a Chroma server: in the document's metadata, so that it goes where the document goes."""

    def __init__(self, current: Callable[[], Collection | None]) -> None:
        self._find_current = current

    def removed_at(self) -> Mapping[str, datetime]:
        collection = self._find_current()
        return collection.removed_at() if collection else {}

    def put(self, document_id: str) -> None:
        if collection := self._find_current():
            collection.mark_removed(document_id, datetime.now(UTC))

    def take_out(self, document_id: str) -> None:
        collection = self._find_current()
        if collection and document_id in collection.removed_at():
            collection.mark_removed(document_id, None)
