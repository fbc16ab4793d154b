"""The trash: documents that were removed and can still be restored, with their passages, vectors and files.

One mark says that a document is in the trash. Writing or deleting it is all that removing and restoring do, so a
process that dies leaves the document in the trash or in the library, whole.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ingest.document import Document
from ingest.store.collection import Collection
from ingest.store.documents import DocumentList
from ingest.store.free_name import free_name
from ingest.store.kept_files import KeptFiles
from ingest.store.trash_marks import TrashMarks


@dataclass(frozen=True, slots=True)
class Removed:
    """A document in the trash. After `ends_at` it is deleted for good."""

    document: Document
    removed_at: datetime
    ends_at: datetime


class Trash:
    """The trash of one library. Safe for several threads; every method raises LibraryUnavailable where the store fails.

    Args:
        marks: Which documents are in it.
        current: Finds the collection that holds the documents.
        documents: The list of those that are not in the trash.
        kept: What the database knows of each document.
        days: How many days a document stays.

    Whoever decides by what is in the trash and acts on that holds `changing` meanwhile. It is taken before every other
    lock of the library.
    """

    def __init__(
        self,
        marks: TrashMarks,
        current: Callable[[], Collection | None],
        documents: DocumentList,
        kept: KeptFiles,
        days: int,
    ) -> None:
        self._marks = marks
        self._find_current = current
        self._list = documents
        self._kept = kept
        self.stays = timedelta(days=days)
        self._found: tuple[Mapping[str, datetime], list[Removed]] = {}, []  # the marks, and what they stood for
        self.changing = threading.RLock()

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._marks.removed_at()

    def __len__(self) -> int:
        return len(self._marks.removed_at())

    def ids(self) -> frozenset[str]:
        """The ids of what is in the trash, also of a document that the store does not hold."""
        return frozenset(self._marks.removed_at())

    def removed_at(self) -> Mapping[str, datetime]:
        """The id of each document in the trash, with the time at which it was removed."""
        return self._marks.removed_at()

    def documents(self) -> list[Removed]:
        """What is in the trash, removed last first. A document that the store does not hold is left out.

        They are fetched only when something has come in or gone: what is in the trash does not change.
        """
        since, (found_since, found) = self._marks.removed_at(), self._found
        if since != found_since:
            collection = self._find_current()
            if collection is None:
                return []
            held = collection.found(since) if since else []
            found = [Removed(each, since[each.id], since[each.id] + self.stays) for each in held]
            found.sort(key=lambda removed: removed.removed_at, reverse=True)
            self._found = since, found
        return list(found)

    def expired(self) -> list[str]:
        """The ids of what has been in the trash for longer than it stays."""
        now = datetime.now(UTC)
        return [each for each, removed_at in self._marks.removed_at().items() if removed_at + self.stays <= now]

    def put(self, document_ids: Iterable[str]) -> int:
        """Take documents of the library out of every list and answer, all at once; how many the library had."""
        with self.changing:
            wanted, collection = (
                [each for each in dict.fromkeys(document_ids) if each not in self],
                self._find_current(),
            )
            there = [document.id for document in collection.found(wanted)] if collection and wanted else []
            if there:
                self._marks.put(there)
                self._list.remove(*there)
        return len(there)

    def restore(self, document_id: str, name: str | None = None) -> Document | None:
        """Put a document back into the library, with the passages and vectors that it had.

        Args:
            document_id: The document.
            name: The name of a file that was added again: the document bears it and is added now. None keeps name and
                time; where another document has come to bear the name, a number is put behind it.

        Returns:
            The document, or None where it is not in the trash.
        """
        return next(iter(self.restore_all([document_id], name)), None)

    def restore_all(self, document_ids: Iterable[str], name: str | None = None) -> list[Document]:
        """Put documents back into the library at once, as `restore` does; those that were in the trash."""
        with self.changing:
            wanted, collection = [each for each in dict.fromkeys(document_ids) if each in self], self._find_current()
            held = collection.found(wanted) if collection and wanted else []
            taken, restored = {each.name for each in self._list.current()[1]}, list[Document]()
            for kept in held:
                document = replace(kept, name=free_name(kept.name, taken))
                if name is not None:
                    document = replace(kept, name=name, added_at=datetime.now(UTC))
                if collection and document != kept:
                    collection.describe(document)
                    self._kept.write([document])
                taken.add(document.name)
                restored.append(document)
            if restored:
                self._marks.take_out(document.id for document in restored)
                self._list.add(*restored)
        return restored

    def forget(self, document_id: str) -> None:
        """A document is deleted for good, or comes in anew: what the trash has of it goes."""
        self._marks.take_out([document_id])
