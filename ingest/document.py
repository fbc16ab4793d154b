"""The data that Pinpoint passes on: sections of a file, passages of sections, the metadata of a document.

All of these dataclasses are frozen: made once, then never changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, overload


class Place(NamedTuple):
    """Where a stretch of a text stands on its page: the characters from `start` to before `end`, and a box around them.

    The box is in tenths of a point from the upper left corner of the page as a person sees it.
    """

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int


class Cells(NamedTuple):
    """Which cells of a table the characters from `start` to before `end` of a text are of, counted from 1."""

    start: int
    end: int
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Section:
    """A page of a file, or a part under a heading.

    `page` counts from 1: pages, slides or sheets. It is None where the file has none of these. `heading` is None where
    there is no heading. The text is plain text and never empty. `page_name` is what the file itself calls the page,
    such as "iv", where that is not its number. `places` say where on the page the text stands, in its order; what
    is not printed there has none. `cells` say the same of the rows of a sheet or a table file.
    """

    text: str
    page: int | None = None
    heading: str | None = None
    page_name: str | None = None
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)
    cells: tuple[Cells, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a section, which is retrieved and shown. `ordinal` counts from 0 through the document.

    `places` are known while its document is being added. The library keeps them apart, for the few that are looked at.
    `cells` is the range of cells that it was read from, such as "A2:D17"; None where it is of none, or where an earlier
    version added its document.
    """

    document_id: str
    ordinal: int
    text: str
    page: int | None = None
    heading: str | None = None
    page_name: str | None = None
    places: tuple[Place, ...] = field(default=(), compare=False, repr=False)
    cells: str | None = None

    @property
    def id(self) -> str:
        """The passage's id in the library, `<document id>:<ordinal>`."""
        return f"{self.document_id}:{self.ordinal}"


def headed_text(text: str, *headings: str | None) -> str:
    r"""A text as the models and BM25 read it: its headings come before it, one per line.

    Args:
        text: A passage's text, or one of its sentences.
        headings: The headings above it, the outermost first. Those that are None or empty are left out.

    Example:
        >>> headed_text("It is 24 months.", "Warranty")
        'Warranty\nIt is 24 months.'
    """
    return "\n".join([*filter(None, headings), text])


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something in a file that a person sees and that was not read: what it is, in a word, and its name if it has one.

    Example:
        >>> NotRead("attachment", "site plan.dwg").kind
        'attachment'
    """

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The metadata of a document. `id` is the SHA-256 of its bytes, in hex.

    `type` is the name of a row of `ingest.reading.file_types.FILE_TYPES`; `pages` is None where the type has none;
    `ocr_pages` says how many of them had no text of their own, so that OCR recognised it; `not_read` is what is in the
    file and not in its passages; `files` says how many files inside it were handed over to become documents of their
    own. It is 0 for what an earlier version read together with the files inside. `dated` is the day that the file says
    that it is of, None where it does not tell. `language` is a code as in `ingest.languages.LANGUAGES`, None where it
    is not clear, or an earlier version added the document. `source` is the address of a web page, None for a file.
    """

    id: str
    name: str
    type: str
    pages: int | None
    passages: int
    bytes: int
    added_at: datetime
    ocr_pages: int = 0
    not_read: tuple[NotRead, ...] = ()
    files: int = 0
    dated: date | None = None
    language: str | None = None
    source: str | None = None

    @property
    def day(self) -> date:
        """The day by which it is filtered and sorted: its own, or that of adding where the file does not tell."""
        return self.dated or self.added_at.astimezone().date()


class Documents(Sequence[Document]):
    """Documents in their order, with what every question looks up of them: with thousands, it is computed once.

    Example:
        >>> from datetime import UTC, datetime
        >>> note = Document("id", "note.txt", "Text", None, 3, 200, datetime.now(UTC))
        >>> held = Documents([note])
        >>> held.by_id["id"] is note, held.counts, held.passages, len(held)
        (True, {'id': 3}, 3, 1)
    """

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self._documents = tuple(documents)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Documents":
        """These documents as such an object; the same one where they are one already."""
        return documents if isinstance(documents, cls) else cls(documents)

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """Each document by its id."""
        return {document.id: document for document in self._documents}

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many passages each document has, by its id."""
        return {document.id: document.passages for document in self._documents}

    @cached_property
    def passages(self) -> int:
        """How many passages they have together."""
        return sum(self.counts.values())

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | Sequence[Document]:
        return self._documents[place]

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents)
