"""E-books (EPUB): a section a heading, in reading order."""

from pathlib import Path

from markitdown import StreamInfo
from markitdown.converters import EpubConverter

from ingest.reading.contents import Contents
from ingest.reading.formats import markdown
from ingest.reading.formats.html import ESCAPED

# A number for machines.
_UNREADABLE = "**Identifier:**"


def read(path: Path) -> Contents:
    """The book's details first, then its text."""
    converter = EpubConverter()  # type: ignore[no-untyped-call]
    with path.open("rb") as file:
        converted = converter.convert(file, StreamInfo(extension=".epub"), **ESCAPED)
    details, _, text = converted.markdown.partition("\n\n")
    shown = [line for line in details.splitlines() if not line.startswith(_UNREADABLE)]
    # Two spaces at a line's end keep the details on lines of their own.
    return Contents(markdown.sections("  \n".join(shown) + "\n\n" + text, converted=True))
