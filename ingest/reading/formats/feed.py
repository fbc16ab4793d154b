"""News feeds (RSS and Atom): one section per entry, with the entry's title as the heading."""

import re
from pathlib import Path

from markitdown import StreamInfo
from markitdown.converters import RssConverter

from ingest.reading.contents import Contents
from ingest.reading.formats import markdown
from ingest.reading.formats.html import ESCAPED

# The converter puts no blank line between the date and the text.
_DATE_LINE = re.compile(r"^(?:Published|Updated) on: .*$", re.M)


def read(path: Path) -> Contents:
    """Read the feed's description, then its entries."""
    converter = RssConverter()  # type: ignore[no-untyped-call]
    with path.open("rb") as file:
        converted = converter.convert(file, StreamInfo(extension=".rss"), **ESCAPED)
    return Contents(markdown.sections(_DATE_LINE.sub(r"\g<0>\n", converted.markdown), converted=True))
