"""Collections and tags: named groups of documents, and words on them. Rows of the database, by the documents' ids.

A document in the trash keeps its rows, so that it comes back where it was. They go when it is deleted for good.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, Table, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from ingest.errors import BadCollection
from ingest.store.database import Database
from ingest.store.tables import COLLECTIONS, DOCUMENT_COLLECTIONS, DOCUMENT_TAGS

_T = TypeVar("_T")

NAME_CHARACTERS, TAG_CHARACTERS = 60, 40


@dataclass(frozen=True, slots=True)
class Named:
    """A collection: its number, which is never given twice, and its name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Shelved:
    """Which documents are in which collection and have which tag, at one moment. Collections and tags are by name."""

    collections: tuple[Named, ...]
    members: Mapping[int, frozenset[str]]
    tags: Mapping[str, frozenset[str]]

    def named(self, name: str) -> Named | None:
        """The collection of this name, in any case; None where there is none."""
        wanted = _folded(name)
        return next((each for each in self.collections if _folded(each.name) == wanted), None)

    def tagged(self, tag: str) -> frozenset[str]:
        """The documents with this tag, in any case."""
        wanted = _folded(tag)
        return next((ids for each, ids in self.tags.items() if _folded(each) == wanted), frozenset())

    def of(self, document_id: str) -> tuple[list[str], list[str]]:
        """The names of the collections that a document is in, and its tags."""
        within = [each.name for each in self.collections if document_id in self.members.get(each.id, ())]
        return within, [tag for tag, ids in self.tags.items() if document_id in ids]


class Shelf:
    """The collections and tags of one library. Safe for several threads.

    Every method raises LibraryUnavailable where the database fails, and changes nothing then.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Database(Path(folder)) as database:
        ...     shelf = Shelf(database)
        ...     contracts = shelf.make("Contracts")
        ...     shelf.put(contracts.id, ["5f3a"])
        ...     shelf.tag(["5f3a"], "signed")
        ...     shelf.now().of("5f3a")
        (['Contracts'], ['signed'])
    """

    def __init__(self, database: Database) -> None:
        """Read nothing yet."""
        self._database = database
        self._held: tuple[int, Shelved] | None = None  # the revision of the database, and what was read then

    def now(self) -> Shelved:
        """What is where, sorted by name; read again only when something has been written."""
        revision, held = self._database.revision, self._held
        if held is None or held[0] != revision:
            with self._database.read() as connection:
                self._held = held = revision, _read(connection)
        return held[1]

    def make(self, name: str) -> Named:
        """Make a collection. Raises BadCollection where the name is empty, too long or taken."""
        name = _checked(name, "collection", NAME_CHARACTERS)
        row = {"name": name, "name_folded": _folded(name), "made_at": datetime.now(UTC).isoformat()}
        with self._database.write() as connection:
            new = insert(COLLECTIONS).values(row).on_conflict_do_nothing().returning(COLLECTIONS.c.id)
            made = connection.execute(new).scalar()
        if made is None:
            raise BadCollection(f"There is a collection “{name}” already. Choose another name.")
        return Named(made, name)

    def rename(self, collection: int, name: str) -> None:
        """Give a collection another name. Raises BadCollection where that cannot be."""
        name = _checked(name, "collection", NAME_CHARACTERS)
        other = self.now().named(name)
        if other and other.id != collection:
            raise BadCollection(f"There is a collection “{name}” already. Choose another name.")
        renamed = update(COLLECTIONS).where(COLLECTIONS.c.id == collection)
        with self._database.write() as connection:
            connection.execute(renamed.values(name=name, name_folded=_folded(name)))

    def delete(self, collection: int) -> None:
        """Delete a collection; its documents stay in the library."""
        with self._database.write() as connection:
            connection.execute(delete(COLLECTIONS).where(COLLECTIONS.c.id == collection))

    def put(self, collection: int, document_ids: Iterable[str]) -> None:
        """Put documents into a collection; nothing where it has been deleted meanwhile."""
        rows = [{"document_id": each, "collection": collection} for each in document_ids]
        with self._database.write() as connection:
            is_there = select(COLLECTIONS.c.id).where(COLLECTIONS.c.id == collection)
            if rows and connection.execute(is_there).first():
                connection.execute(insert(DOCUMENT_COLLECTIONS).on_conflict_do_nothing(), rows)

    def take_out(self, collection: int, document_ids: Iterable[str]) -> None:
        """Take documents out of a collection; they stay in the library."""
        table = DOCUMENT_COLLECTIONS
        gone = delete(table).where(table.c.collection == collection)
        self._each(lambda connection, each: connection.execute(gone.where(table.c.document_id == each)), document_ids)

    def tag(self, document_ids: Iterable[str], tag: str) -> None:
        """Put a tag on documents. Raises BadCollection where it is empty or too long."""
        tag = _checked(tag, "tag", TAG_CHARACTERS)
        known = next((each for each in self.now().tags if _folded(each) == _folded(tag)), tag)  # as it was first spelt
        rows = [{"document_id": each, "tag": known, "tag_folded": _folded(tag)} for each in document_ids]
        if rows:
            with self._database.write() as connection:
                connection.execute(insert(DOCUMENT_TAGS).on_conflict_do_nothing(), rows)

    def untag(self, document_ids: Iterable[str], tag: str) -> None:
        """Take a tag off documents."""
        table = DOCUMENT_TAGS
        gone = delete(table).where(table.c.tag_folded == _folded(tag))
        self._each(lambda connection, each: connection.execute(gone.where(table.c.document_id == each)), document_ids)

    def take_over(self, old: str, new: str) -> None:
        """Put a document where the one was that it replaces."""
        with self._database.write() as connection:
            for table in (DOCUMENT_COLLECTIONS, DOCUMENT_TAGS):
                rows = connection.execute(select(table).where(table.c.document_id == old)).mappings().all()
                if rows:
                    moved = [{**row, "document_id": new} for row in rows]
                    connection.execute(insert(table).on_conflict_do_nothing(), moved)

    def forget(self, document_id: str) -> None:
        """A document is deleted for good: it is in no collection any more, and has no tag."""
        shelved = self.now()
        if not any(document_id in ids for ids in (*shelved.members.values(), *shelved.tags.values())):
            return
        with self._database.write() as connection:
            for table in (DOCUMENT_COLLECTIONS, DOCUMENT_TAGS):
                connection.execute(delete(table).where(table.c.document_id == document_id))

    def _each(self, change: Callable[[Connection, str], object], document_ids: Iterable[str]) -> None:
        """Change the rows of each document, in one transaction. A list of thousands is too long for one statement."""
        with self._database.write() as connection:
            for document_id in document_ids:
                change(connection, document_id)


def _read(connection: Connection) -> Shelved:
    rows = connection.execute(select(COLLECTIONS.c.id, COLLECTIONS.c.name).order_by(COLLECTIONS.c.name_folded)).all()
    members: dict[int, frozenset[str]] = _grouped(connection, DOCUMENT_COLLECTIONS, "collection")
    tags: dict[str, frozenset[str]] = _grouped(connection, DOCUMENT_TAGS, "tag_folded")
    first = select(func.min(DOCUMENT_TAGS.c.tag), DOCUMENT_TAGS.c.tag_folded).group_by(DOCUMENT_TAGS.c.tag_folded)
    named = {folded: tag for tag, folded in connection.execute(first).all()}
    collections = tuple(Named(*row) for row in rows)
    return Shelved(collections, members, {named[folded]: tags[folded] for folded in sorted(tags)})


def _grouped(connection: Connection, table: Table, column: str) -> dict[_T, frozenset[str]]:
    """The documents of each value of a column."""
    found: dict[_T, set[str]] = {}
    for value, document_id in connection.execute(select(table.c[column], table.c.document_id)).all():
        found.setdefault(value, set()).add(document_id)
    return {value: frozenset(ids) for value, ids in found.items()}


def _checked(name: str, what: str, limit: int) -> str:
    """A name on one line, without what cannot be seen. Raises BadCollection where it is empty or too long."""
    seen = "".join(each for each in name if unicodedata.category(each) not in {"Cf", "Cs", "Co", "Cn"})
    line = " ".join("".join(each if each.isprintable() else " " for each in seen).split())
    if not line:
        raise BadCollection(f"The {what} has no name. Type one.")
    if len(line) > limit:
        raise BadCollection(f"The name of a {what} has at most {limit} characters. Choose a shorter one.")
    return line


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold()).strip()
