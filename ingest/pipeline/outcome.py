"""The progress of a file on its way into the library, and the outcome."""

from dataclasses import dataclass
from typing import Literal

from ingest.document import NotRead

Stage = Literal["reading", "embedding"]


@dataclass(frozen=True, slots=True)
class Progress:
    """The current step. `done` of `total` pages are read, or passages are in the library. 0 of 0 means unknown.

    `ocr_pages` says how many pages so far had no text of their own. OCR takes seconds for each of them.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    ocr_pages: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome for one file. `reason` is a sentence for people where it failed, else None.

    `not_read` is what is in the file and not in the document's passages.
    """

    name: str
    status: Literal["added", "unchanged", "failed"]
    document_id: str | None
    pages: int | None
    passages: int | None
    reason: str | None
    seconds: float
    not_read: tuple[NotRead, ...] = ()
