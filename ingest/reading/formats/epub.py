"""E-books (EPUB): one section per heading, in reading order."""

from pathlib import Path

from markitdown import StreamInfo
from markitdown.converters import EpubConverter

from ingest.reading.contents import Contents
from ingest.reading.formats import markdown
from ingest.reading.formats.html import ESCAPED

# An identifier that is of no use to a reader.
_UNREADABLE = "**Identifier:**"


def read(path: Path) -> Contents:
    """Read the book's details, then its text."""
    converter = EpubConverter()  # type: ignore[no-untyped-call]
    with path.open("rb") as file:
        converted = converter.convert(file, StreamInfo(extension=".epub"), **ESCAPED)
    details, _, text = converted.markdown.partition("\n\n")
    shown = [line for line in details.splitlines() if not line.startswith(_UNREADABLE)]
    # In Markdown, two spaces at the end of a line keep the next line apart.
    return Contents(markdown.sections("  \n".join(shown) + "\n\n" + text, converted=True))
