"""Plain text and Markdown files, in whatever encoding."""

import re
from pathlib import Path

from ingest.document import Section
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.formats import markdown

# Names and values between two lines of dashes, which many programs put on top of their notes; Markdown itself would
# take them for a heading.
_ABOUT = re.compile(r"\A---[ \t]*\n((?:[\w-]+:.*\n|[ \t-].*\n)+?)---[ \t]*(?:\n|\Z)")


def read(path: Path) -> Contents:
    """The whole text as one section."""
    return Contents([Section(decode(path.read_bytes()))])


def read_markdown(path: Path) -> Contents:
    """A section a heading, without Markdown's marks; what notes say about themselves at the top comes first."""
    text = decode(path.read_bytes()).replace("\r\n", "\n")
    about = _ABOUT.match(text)
    if about is None:
        return Contents(markdown.sections(text))
    return Contents([Section(about[1]), *markdown.sections(text[about.end() :])])
