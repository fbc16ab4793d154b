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


def headed_text(text: str, *headings: str | None) -> str:
    r"""A text as the models and BM25 read it: what it stands under comes before it, a line each.

    Args:
        text: A passage's text, or one of its sentences.
        headings: What it stands under, the outermost first. Those that are None or empty are left out.

    Example:
        >>> headed_text("It is 24 months.", "Warranty")
        'Warranty\nIt is 24 months.'
    """
    return "\n".join([*filter(None, headings), text])


@dataclass(frozen=True, slots=True)
class Document:
    """The metadata: what the library knows of a document. `id` is the SHA-256 of its bytes, in hex.

    `type` is the name of a row of `ingest.reading.file_types.FILE_TYPES`; `pages` is None where the type has none;
    `ocr_pages` says how many of them had no text of their own, so that OCR recognised it.
    """

    id: str
    name: str
    type: str
    pages: int | None
    passages: int
    bytes: int
    added_at: datetime
    ocr_pages: int = 0
