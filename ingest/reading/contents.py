"""What every reader returns: the number of pages, and the sections one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import NotRead, Section


@dataclass(frozen=True, slots=True)
class PagesRead:
    """The progress of a slow reader: `done` of `total` pages. `ocr_pages` of them need OCR, with the current one."""

    done: int
    total: int
    ocr_pages: int = 0


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file inside the file, such as an attachment of an e-mail: its name, its content, and what people call it.

    `ingest.reading.extract` reads it and makes sections of it, whose headings name it, or a `NotRead` of this kind.
    """

    name: str
    data: bytes
    kind: str = "attachment"


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a file.

    `sections` may be an iterator that reads while it is consumed. A reader that loads all pages first yields its
    progress before the first section. What it leaves out though a person sees it, it names by `NotRead`; files inside
    the file it hands over as `Embedded`. `pages` is None where the type of file has no pages.
    """

    sections: Iterable[Section | PagesRead | NotRead | Embedded]
    pages: int | None = None
