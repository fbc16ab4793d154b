"""What is told of a file on its way into the library: how far it is, and how it went."""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["reading", "embedding"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done: `done` of `total` pages are read, or of passages are in the library; 0 of 0 is unknown.

    `ocr_pages` says how many pages so far had no text of their own. OCR takes seconds for each of them.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    ocr_pages: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went with one file. `reason` is the sentence for a person where it failed, else None."""

    name: str
    status: Literal["added", "unchanged", "failed"]
    document_id: str | None
    pages: int | None
    passages: int | None
    reason: str | None
    seconds: float
