"""The files that documents stand on: a row for each, with its name and all that is needed to make the document anew.

A row is written when a document is finished, and goes only when a person removes the document. So what the store has
lost is known here, and a file is never deleted because the store does not name it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.sqlite import insert

from ingest.document import Document, NotRead
from ingest.store.database import Database
from ingest.store.tables import KEPT_FILES, is_kept


class KeptFiles:
    """The rows of one library. Safe for several threads; every method raises LibraryUnavailable where that fails.

    Example:
        >>> from datetime import UTC
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Database(Path(folder)) as database:
        ...     kept = KeptFiles(database)
        ...     kept.write([Document("5f3a", "plan.pdf", "PDF", 3, 7, 1200, datetime.now(UTC))])
        ...     [document.name for document in kept.documents()]
        ['plan.pdf']
    """

    def __init__(self, database: Database) -> None:
        """Read nothing yet."""
        self._database = database

    def __contains__(self, document_id: str) -> bool:
        with self._database.read() as connection:
            return is_kept(connection, document_id)

    def documents(self) -> list[Document]:
        """Every document that is to be in the store, in the order in which they were added."""
        with self._database.read() as connection:
            rows = connection.execute(select(KEPT_FILES).order_by(KEPT_FILES.c.added_at)).mappings().all()
        return [_document(row) for row in rows]

    def document(self, document_id: str) -> Document | None:
        """What is known of a document; None where no row names it."""
        with self._database.read() as connection:
            wanted = select(KEPT_FILES).where(KEPT_FILES.c.hash == document_id)
            row = connection.execute(wanted).mappings().first()
        return _document(row) if row else None

    def write(self, documents: Iterable[Document]) -> None:
        """Write down what these documents stand on, in the place of what was known of them."""
        rows = [_row(document) for document in documents]
        if rows:
            new = insert(KEPT_FILES)
            replaced = {column.name: new.excluded[column.name] for column in KEPT_FILES.c if not column.primary_key}
            with self._database.write() as connection:
                connection.execute(new.on_conflict_do_update(index_elements=["hash"], set_=replaced), rows)

    def delete(self, document_id: str) -> None:
        """A person has removed a document: nothing stands on its file any more."""
        if document_id in self:
            with self._database.write() as connection:
                connection.execute(delete(KEPT_FILES).where(KEPT_FILES.c.hash == document_id))


def _row(document: Document) -> dict[str, object]:
    return {
        "hash": document.id,
        "name": document.name,
        "size": document.bytes,
        "added_at": document.added_at.isoformat(),
        "type": document.type,
        "pages": document.pages,
        "passages": document.passages,
        "ocr_pages": document.ocr_pages,
        "not_read": [[each.kind, each.name] for each in document.not_read],
        "files": document.files,
        "dated": document.dated.isoformat() if document.dated else None,
        "language": document.language,
        "source": document.source,
    }


def _document(row: RowMapping) -> Document:
    return Document(
        id=row["hash"],
        name=row["name"],
        type=row["type"],
        pages=row["pages"],
        passages=row["passages"],
        bytes=row["size"],
        added_at=datetime.fromisoformat(row["added_at"]),
        ocr_pages=row["ocr_pages"],
        not_read=tuple(NotRead(*each) for each in row["not_read"] or ()),
        files=row["files"],
        dated=date.fromisoformat(row["dated"]) if row["dated"] else None,
        language=row["language"],
        source=row["source"],
    )
