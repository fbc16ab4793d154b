"""Read a file to clean sections, in this process. The app calls `ingest.reading.read`, which uses a child process."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents, Embedded, PagesRead
from ingest.reading.embedded import EmbeddedFiles
from ingest.reading.file_types import FileType
from ingest.reading.readers import start_reader
from ingest.reading.refusals import no_text
from ingest.reading.section_places import cleaned
from ingest.units import MEGABYTE

_TOO_MUCH_TEXT = (
    "This {label} has more text than Pinpoint takes from one file ({limit:,} characters). Split it into parts and add "
    "those."
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What is in a file, clean, with what is in the files inside it. `pages` is None where its type has no pages."""

    sections: Iterator[Section | PagesRead | NotRead]
    pages: int | None


def extract(kind: FileType, path: Path, characters: int, megabytes: int) -> Extracted:
    """Start to read a file of a known type, and the files inside it.

    Args:
        kind: The type of the file.
        path: The file.
        characters: The most text, in characters, that a file may have.
        megabytes: The most that an archive may unpack to.

    Returns:
        The contents. Sections are clean and not empty; progress of the reader is passed on between them. What stands in
        files inside the file comes last.

    Raises:
        CannotRead: The file is refused, has no text or exceeds a limit. Raised at once or while the sections are read.
        Exception: Readers may raise anything else on a damaged file.
    """
    contents, embedded = start_reader(kind, path, megabytes), EmbeddedFiles(characters, megabytes * MEGABYTE)
    return Extracted(_clean_sections(contents, embedded, kind), contents.pages)


def _clean_sections(
    contents: Contents, embedded: EmbeddedFiles, kind: FileType
) -> Iterator[Section | PagesRead | NotRead]:
    limit = embedded.characters
    for section in chain(_own_sections(contents, embedded), embedded.sections()):
        if not isinstance(section, Section):
            yield section
            continue
        text = clean(section.text)
        if not text.strip():
            continue
        embedded.characters -= len(text)
        if embedded.characters < 0:
            raise CannotRead(_TOO_MUCH_TEXT.format(label=kind.label, limit=limit))
        heading, name = one_line(section.heading or "") or None, one_line(section.page_name or "") or None
        places = cleaned(section.places, section.text, clean)
        yield replace(section, text=text, heading=heading, page_name=name, places=places)
    if embedded.characters == limit:
        raise CannotRead(no_text(kind))


def _own_sections(contents: Contents, embedded: EmbeddedFiles) -> Iterator[Section | PagesRead | NotRead]:
    """What the reader gives, while the files inside are collected."""
    for section in contents.sections:
        if isinstance(section, Embedded):
            yield from embedded.add(section)
            continue
        if isinstance(section, PagesRead):
            embedded.progress = section
        yield section
