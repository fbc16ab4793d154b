"""What every reader gives: how many pages the file has, and its sections one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.document import Section


@dataclass(frozen=True, slots=True)
class Contents:
    """`pages` is None where the kind of file has none. The sections may be made while they are taken."""

    sections: Iterable[Section]
    pages: int | None = None
