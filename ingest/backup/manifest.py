"""What a backup is made of: a ZIP file with these members, and a manifest that says of each how long it is.

    manifest.json           this file's format, the model of the vectors, counts, the SHA-256 of every other member
    pinpoint.db             the database: jobs, conversations, judgements, where passages stand on their pages
    documents/<id>.jsonl    a line on the document, then a line for each passage, in order
    vectors/<id>.f32        the vectors of its passages, in order: little-endian float32, `width` numbers each
    files/<id>              the bytes of the original; also of each file that waits to be added

An id is the SHA-256 of the file's bytes, in hex. Nothing in it is of Chroma.
"""

import re
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from ingest.document import NotRead

FORMAT = 4  # 1 had neither names of pages nor what was not read, 2 no days of documents, 3 neither cells nor addresses
MANIFEST, DATABASE = "manifest.json", "pinpoint.db"
MEMBER = re.compile(r"pinpoint\.db|files/[0-9a-f]{64}|documents/[0-9a-f]{64}\.jsonl|vectors/[0-9a-f]{64}\.f32")

_STRICT = ConfigDict(frozen=True, extra="forbid")


class Member(BaseModel):
    """The size and the SHA-256, in hex, of one member."""

    model_config = _STRICT
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What is in a backup. `bi_encoder`, `distance` and `width` are None where there is no document."""

    model_config = _STRICT
    format: int
    made_at: datetime
    bi_encoder: str | None
    distance: str | None
    width: int | None
    documents: int
    in_trash: int
    passages: int
    members: dict[str, Member]


class DocumentLine(BaseModel):
    """The first line of `documents/<id>.jsonl`. `removed_at` says that it is in the trash, and since when."""

    model_config = _STRICT
    name: str
    type: str
    pages: int | None
    passages: int = Field(ge=1)
    bytes: int = Field(ge=0)
    added_at: datetime
    ocr_pages: int
    not_read: tuple[NotRead, ...] = ()
    files: int = Field(0, ge=0)
    dated: date | None = None
    language: str | None = None
    source: str | None = None
    removed_at: datetime | None


class PassageLine(BaseModel):
    """Each further line: a passage. They are in order and are counted from 0."""

    model_config = _STRICT
    text: str
    page: int | None = None
    heading: str | None = None
    page_name: str | None = None
    cells: str | None = None


def document_member(document_id: str) -> str:
    """Where a document and its passages are."""
    return f"documents/{document_id}.jsonl"


def vectors_member(document_id: str) -> str:
    """Where the vectors of a document's passages are."""
    return f"vectors/{document_id}.f32"


def file_member(file_hash: str) -> str:
    """Where the bytes of a file are."""
    return f"files/{file_hash}"
