"""Read a file to clean sections, in this process. The app calls `ingest.reading.read`, which uses a child process."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents, Embedded, PagesRead
from ingest.reading.file_types import FileType
from ingest.reading.readers import start_reader
from ingest.reading.refusals import no_text
from ingest.reading.section_places import cleaned

_TOO_MUCH_TEXT = (
    "This {label} has more text than Pinpoint takes from one file ({limit:,} characters). Split it into parts and add "
    "those."
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What is in a file, clean. `pages` is None where its type has no pages."""

    sections: Iterator[Section | PagesRead | NotRead | Embedded]
    pages: int | None


def extract(kind: FileType, path: Path, characters: int, megabytes: int) -> Extracted:
    """Start to read a file of a known type.

    Args:
        kind: The type of the file.
        path: The file.
        characters: The most text, in characters, that a file may have.
        megabytes: The most that an archive may unpack to.

    Returns:
        The contents. Sections are clean and not empty; progress of the reader, what it does not read and the files
        inside the file are passed on between them.

    Raises:
        CannotRead: The file is refused, has neither text nor files inside, or exceeds a limit. Raised at once or while
            the sections are read.
        Exception: Readers may raise anything else on a damaged file.
    """
    contents = start_reader(kind, path, megabytes)
    return Extracted(_clean_sections(contents, kind, characters), contents.pages)


def _clean_sections(
    contents: Contents, kind: FileType, limit: int
) -> Iterator[Section | PagesRead | NotRead | Embedded]:
    left, has_files = limit, False
    for section in contents.sections:
        if not isinstance(section, Section):
            has_files = has_files or isinstance(section, Embedded)
            yield section
            continue
        text = clean(section.text)
        if not text.strip():
            continue
        left -= len(text)
        if left < 0:
            raise CannotRead(_TOO_MUCH_TEXT.format(label=kind.label, limit=limit))
        heading, name = one_line(section.heading or "") or None, one_line(section.page_name or "") or None
        places, cells = cleaned(section.places, section.text, clean), cleaned(section.cells, section.text, clean)
        yield replace(section, text=text, heading=heading, page_name=name, places=places, cells=cells)
    if left == limit and not has_files:
        raise CannotRead(no_text(kind))
