"""What travels through Pinpoint: sections out of a file, passages out of sections, the document's metadata.

All are frozen: made once, passed on, never changed.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A page or a headed part of a file, as its reader found it.

    `page` counts from 1 (a slide's or a sheet's number where the file has those) and is None where the file
    has no pages; `heading` is None where there is none. The text is plain text and never empty.
    """

    text: str
    page: int | None = None
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved and shown: a stretch of one section. `ordinal` counts from 0 through the document."""

    document_id: str
    ordinal: int
    text: str
    page: int | None = None
    heading: str | None = None

    @property
    def id(self) -> str:
        """The passage's id in the library, `<document id>:<ordinal>`."""
        return f"{self.document_id}:{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Document:
    """The metadata: what the library knows of a document. `id` is the SHA-256 of its bytes, in hex.

    `type` is the name of a row of `ingest.reading.file_types.FILE_TYPES`; `pages` is None where the type has none;
    `pages_from_pictures` says how many of them had no text and were read from their pictures.
    """

    id: str
    name: str
    type: str
    pages: int | None
    passages: int
    bytes: int
    added_at: datetime
    pages_from_pictures: int = 0
