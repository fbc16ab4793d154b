"""News feeds (RSS and Atom): a section an entry, with its title as heading."""

import re
from pathlib import Path

from markitdown import StreamInfo
from markitdown.converters import RssConverter

from ingest.reading.contents import Contents
from ingest.reading.formats import markdown
from ingest.reading.formats.html import ESCAPED

# The converter's date runs into the text without a blank line after it.
_DATE_LINE = re.compile(r"^(?:Published|Updated) on: .*$", re.M)


def read(path: Path) -> Contents:
    """The feed's description first, then its entries."""
    converter = RssConverter()  # type: ignore[no-untyped-call]
    with path.open("rb") as file:
        converted = converter.convert(file, StreamInfo(extension=".rss"), **ESCAPED)
    return Contents(markdown.sections(_DATE_LINE.sub(r"\g<0>\n", converted.markdown), converted=True))
