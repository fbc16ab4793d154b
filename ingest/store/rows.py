"""Passages and documents as rows of the store, and back. The metadata of a document is that of its passage 0, too."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from ingest.document import Document, NotRead, Passage

if TYPE_CHECKING:
    from chromadb.api.types import GetResult, Metadata

    Row = tuple[str, Metadata, str]


def rows_of(found: "GetResult") -> "list[Row]":
    """What Chroma gives, a row each: its id, its metadata, its text."""
    texts = found["documents"] or [""] * len(found["ids"])
    return list(zip(found["ids"], found["metadatas"] or [], texts, strict=True))


def passage_metadata(passage: Passage) -> dict[str, str | int]:
    """What is kept of a passage beside its text."""
    row: dict[str, str | int] = {"document_id": passage.document_id, "ordinal": passage.ordinal}
    if passage.page is not None:
        row["page"] = passage.page
    if passage.heading is not None:
        row["heading"] = passage.heading
    if passage.page_name is not None:
        row["page_name"] = passage.page_name
    if passage.cells is not None:
        row["cells"] = passage.cells
    return row


def document_metadata(document: Document) -> dict[str, str | int]:
    """What is kept of a document, with its passage 0."""
    metadata: dict[str, str | int] = {
        "name": document.name,
        "type": document.type,
        "passages": document.passages,
        "bytes": document.bytes,
        "added_at": document.added_at.isoformat(),
        "ocr_pages": document.ocr_pages,
    }
    if document.pages is not None:
        metadata["pages"] = document.pages
    if document.files:
        metadata["files"] = document.files
    if document.dated:
        metadata["dated"] = document.dated.isoformat()
    if document.language:
        metadata["language"] = document.language
    if document.source:
        metadata["source"] = document.source
    if document.not_read:
        metadata["not_read"] = json.dumps([[each.kind, each.name] for each in document.not_read])
    return metadata


def passage_of(row: "Row") -> Passage:
    """The passage of a row."""
    _, metadata, text = row
    return Passage(
        document_id=str(metadata["document_id"]),
        ordinal=cast(int, metadata["ordinal"]),
        text=text,
        page=cast("int | None", metadata.get("page")),
        heading=cast("str | None", metadata.get("heading")),
        page_name=cast("str | None", metadata.get("page_name")),
        cells=cast("str | None", metadata.get("cells")),
    )


def document_of(row: "Row") -> Document:
    """The document of the row of its passage 0."""
    _, metadata, _ = row
    return Document(
        id=str(metadata["document_id"]),
        name=str(metadata["name"]),
        type=str(metadata["type"]),
        pages=cast("int | None", metadata.get("pages")),
        passages=cast(int, metadata["passages"]),
        bytes=cast(int, metadata["bytes"]),
        added_at=datetime.fromisoformat(str(metadata["added_at"])),
        # Earlier versions had another name for it.
        ocr_pages=cast(int, metadata.get("ocr_pages", metadata.get("pages_from_pictures", 0))),
        not_read=tuple(NotRead(*each) for each in json.loads(str(metadata.get("not_read", "[]")))),
        files=cast(int, metadata.get("files", 0)),
        dated=date.fromisoformat(str(metadata["dated"])) if "dated" in metadata else None,
        language=cast(str | None, metadata.get("language")),
        source=cast(str | None, metadata.get("source")),
    )
