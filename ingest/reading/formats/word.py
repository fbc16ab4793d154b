"""Word documents (.docx): one section per heading."""

from pathlib import Path

from markitdown import StreamInfo
from markitdown.converters import DocxConverter

from ingest.reading.contents import Contents
from ingest.reading.formats import markdown
from ingest.reading.formats.html import ESCAPED

# The document's title is above its headings, so each heading goes down one level. There are six levels.
_STYLES = "\n".join(
    ["p[style-name='Title'] => h1:fresh"]
    + [f"p[style-name='Heading {level}'] => h{min(level + 1, 6)}:fresh" for level in range(1, 10)]
)


def read(path: Path) -> Contents:
    """Read the document's text, and its tables with one line per row."""
    converter = DocxConverter()  # type: ignore[no-untyped-call]
    with path.open("rb") as file:
        converted = converter.convert(file, StreamInfo(extension=".docx"), style_map=_STYLES, **ESCAPED)
    return Contents(markdown.sections(converted.markdown, converted=True))
