"""What every reader gives: how many pages the file has, and its sections one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import Section


@dataclass(frozen=True, slots=True)
class PagesRead:
    """How far a slow reader is: `done` of `total` pages; `ocr_pages` of them need OCR, the current one included."""

    done: int
    total: int
    ocr_pages: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a file.

    `sections` may be made while they are taken. A reader that looks at all pages first says how far it is before it
    gives the first section. `pages` is None where the type of file has no pages.
    """

    sections: Iterable[Section | PagesRead]
    pages: int | None = None
