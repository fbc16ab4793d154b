"""Read a file to clean sections, in this process. The app calls `ingest.reading.read`, which uses a child process."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents, PagesRead
from ingest.reading.file_types import FileType
from ingest.reading.refusals import no_text
from ingest.reading.unpacked import check_unpacked

_TOO_MUCH_TEXT = (
    "This {label} has more text than Pinpoint takes from one file ({limit:,} characters). Split it into parts and add "
    "those."
)


def extract(kind: FileType, path: Path, characters: int, megabytes: int) -> Contents:
    """Start to read a file of a known type.

    Args:
        kind: The type of the file.
        path: The file.
        characters: The most text, in characters, that a file may have.
        megabytes: The most that an archive may unpack to.

    Returns:
        The contents. Sections are clean and not empty; progress of the reader is passed on between them.

    Raises:
        CannotRead: The file is refused, has no text or exceeds a limit. Raised at once or while the sections are read.
        Exception: Readers may raise anything else on a damaged file.
    """
    if kind.holds:
        check_unpacked(path, kind.label, megabytes)
    module, _, function = kind.reader.partition(":")
    contents: Contents = getattr(import_module(module), function)(path)
    return Contents(_clean_sections(contents, kind, characters), contents.pages)


def _clean_sections(contents: Contents, kind: FileType, characters: int) -> Iterator[Section | PagesRead | NotRead]:
    taken = 0
    for section in contents.sections:
        if isinstance(section, PagesRead | NotRead):
            yield section
            continue
        text = clean(section.text)
        if not text.strip():
            continue
        taken += len(text)
        if taken > characters:
            raise CannotRead(_TOO_MUCH_TEXT.format(label=kind.label, limit=characters))
        heading, name = one_line(section.heading or "") or None, one_line(section.page_name or "") or None
        yield replace(section, text=text, heading=heading, page_name=name)
    if not taken:
        raise CannotRead(no_text(kind))
