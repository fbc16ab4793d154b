"""What every reader returns: the number of pages, and the sections one after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ingest.document import NotRead, Section

# Where files are packed by the hundred, people unpack them and add the folder.
MOST_FILES = 1000

_PIECE = 1 << 19  # bytes


@dataclass(frozen=True, slots=True)
class PagesRead:
    """The progress of a slow reader: `done` of `total` pages. `ocr_pages` of them need OCR, with the current one."""

    done: int
    total: int
    ocr_pages: int = 0


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file inside the file, such as an attachment of an e-mail: its name, its content, and what people call it.

    It becomes a document of its own, or a `NotRead` of this kind. `data` may be a function that unpacks the content
    piece by piece when it is called; it may fail, and it may give more than anybody wants.
    """

    name: str
    data: bytes | Callable[[], Iterator[bytes]]
    kind: str = "attachment"

    def pieces(self) -> Iterator[bytes]:
        """The content, in pieces of at most half a megabyte."""
        for piece in [self.data] if isinstance(self.data, bytes) else self.data():
            for start in range(0, len(piece), _PIECE):
                yield piece[start : start + _PIECE]


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a file.

    `sections` may be an iterator that reads while it is consumed. A reader that loads all pages first yields its
    progress before the first section. What it leaves out though a person sees it, it names by `NotRead`; files inside
    the file it hands over as `Embedded`. `pages` is None where the type of file has no pages.
    """

    sections: Iterable[Section | PagesRead | NotRead | Embedded]
    pages: int | None = None
