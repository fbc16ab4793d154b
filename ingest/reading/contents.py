"""What every reader gives: how many pages the file has, and its sections one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import Section


@dataclass(frozen=True, slots=True)
class PagesRead:
    """How far a reader is that takes long: pages done, and of how many the picture was, or is just being, read."""

    done: int
    total: int
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """`pages` is None where the kind of file has none. The sections may be made while they are taken.

    Before the first of them, a reader that looks at all pages first says how far it is with that.
    """

    sections: Iterable[Section | PagesRead]
    pages: int | None = None
