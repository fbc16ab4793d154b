"""Files of other kinds inside a Word document, which Word shows as part of the text (w:altChunk)."""

import email
import email.policy
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import PurePosixPath

from ingest.document import NotRead
from ingest.reading.decode import decode
from ingest.reading.file_types import ZIP
from ingest.reading.formats.word.blocks import Block, Heading, Text
from ingest.reading.formats.word.package import DAMAGE, Package

# Below every heading of the document itself.
_LEVEL = 20
_RICH_TEXT = b"{\\rtf"
_NOT_TEXT = (b"<?xml", _RICH_TEXT)
_HTML, _WEB_ARCHIVE = {".htm", ".html", ".xhtml"}, {".mht", ".mhtml"}


# Makes a Word document of a rich text, and says what of it is not read.
RichText = Callable[[bytes], tuple[BytesIO, list[NotRead]]]


def inserted_document(content: bytes, rich_text: RichText | None) -> tuple[Package, list[NotRead]] | None:
    """The Word document that these bytes are, or that is made of a rich text, and what of it is not read.

    None where they are something else, or damaged.
    """
    try:
        if content.startswith(ZIP):
            return Package(BytesIO(content)), []
        if rich_text and content.lstrip().startswith(_RICH_TEXT):
            archive, not_read = rich_text(content.lstrip())
            return Package(archive), not_read
    except DAMAGE:
        return None
    return None


def inserted_blocks(part: str, content: bytes) -> Iterator[Block]:
    """The blocks of an inserted web page or text. What cannot be read is named."""
    name = PurePosixPath(part)
    suffix = name.suffix.lower()
    try:
        if suffix in _HTML or _looks_like_html(content):
            yield from _page_blocks(content)
        elif suffix in _WEB_ARCHIVE or content.lstrip()[:13].lower() == b"mime-version:":
            yield from _page_blocks(_page_of_archive(content))
        elif suffix == ".txt" and not content.lstrip().startswith(_NOT_TEXT):
            yield Text(decode(content))
        else:
            yield NotRead("inserted file", name.name)
    except DAMAGE:
        yield NotRead("inserted file", name.name)


def _looks_like_html(content: bytes) -> bool:
    start = content[:1000].lower()
    return b"<html" in start or b"<!doctype html" in start


def _page_blocks(page: bytes) -> Iterator[Block]:
    from ingest.reading.formats import html  # noqa: PLC0415 - takes as long as a document; only few insert a page

    for section in html.sections(page):
        if section.heading:
            yield Heading(_LEVEL, section.heading)
        yield Text(section.text)


def _page_of_archive(content: bytes) -> bytes:
    """The first web page in an archive of one. Raises ValueError where there is none."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return page
    raise ValueError("There is no page in this web archive.")
