"""Plain text and Markdown files, in any encoding."""

import re
from pathlib import Path

from ingest.document import Section
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.formats import markdown

# Front matter: names and values between two lines of dashes at the top of a file. Markdown itself would read them as a
# heading.
_ABOUT = re.compile(r"\A---[ \t]*\n((?:[\w-]+:.*\n|[ \t-].*\n)+?)---[ \t]*(?:\n|\Z)")


def read(path: Path) -> Contents:
    """Read the whole text as one section."""
    return Contents([Section(decode(path.read_bytes()))])


def read_markdown(path: Path) -> Contents:
    """Read one section per heading, without Markdown's marks. The front matter comes first."""
    text = decode(path.read_bytes()).replace("\r\n", "\n")
    about = _ABOUT.match(text)
    if about is None:
        return Contents(markdown.sections(text))
    return Contents([Section(about[1]), *markdown.sections(text[about.end() :])])
