"""Plain text and Markdown files, in any encoding."""

import re
from collections.abc import Iterator
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.formats import markdown
from ingest.reading.formats.encoded import without_encoded

# Front matter: names and values between two lines of dashes at the top of a file. Markdown itself would read them as a
# heading.
_ABOUT = re.compile(r"\A---[ \t]*\n((?:[\w-]+:.*\n|[ \t-].*\n)+?)---[ \t]*(?:\n|\Z)")


def read(path: Path) -> Contents:
    """Read the whole text as one section, without data that is written as letters."""
    text, left_out = without_encoded(decode(path.read_bytes()).replace("\r\n", "\n"))
    return Contents([Section(text), *_left_out(left_out)])


def read_markdown(path: Path) -> Contents:
    """Read one section per heading, without Markdown's marks. The front matter comes first."""
    # Of a picture, Markdown shows the description; its address must stay one.
    text, left_out = without_encoded(decode(path.read_bytes()).replace("\r\n", "\n"), address="data:,")
    about = _ABOUT.match(text)
    sections = markdown.sections(text if about is None else text[about.end() :])
    return Contents([*([] if about is None else [Section(about[1])]), *sections, *_left_out(left_out)])


def _left_out(count: int) -> Iterator[NotRead]:
    return (NotRead("encoded block") for _ in range(count))
