"""Which documents are in the trash: rows of the database; on a Chroma server, marks that its other clients see too."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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

    def put(self, document_ids: Sequence[str]) -> None:
        """From now on these documents are in the trash: all of them, or where this fails none."""
        ...

    def take_out(self, document_ids: Iterable[str]) -> None:
        """From now on these documents are not in the trash."""
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

    def put(self, document_ids: Sequence[str]) -> None:
        now = datetime.now(UTC).isoformat()
        rows = [{"document_id": each, "removed_at": now} for each in document_ids]
        with self._database.write() as connection:
            connection.execute(insert(TRASH).on_conflict_do_nothing(), rows)

    def take_out(self, document_ids: Iterable[str]) -> None:
        if there := self.removed_at().keys() & set(document_ids):
            with self._database.write() as connection:
                for each in there:
                    connection.execute(delete(TRASH).where(TRASH.c.document_id == each))


class MarksAtServer:
    """For a library on a Chroma server: in the document's metadata, so that it goes where the document goes."""

    def __init__(self, current: Callable[[], Collection | None]) -> None:
        self._find_current = current

    def removed_at(self) -> Mapping[str, datetime]:
        collection = self._find_current()
        return collection.removed_at() if collection else {}

    def put(self, document_ids: Sequence[str]) -> None:
        if collection := self._find_current():
            collection.mark_removed(document_ids, datetime.now(UTC))

    def take_out(self, document_ids: Iterable[str]) -> None:
        collection = self._find_current()
        if collection and (there := collection.removed_at().keys() & set(document_ids)):
            collection.mark_removed(sorted(there), None)
