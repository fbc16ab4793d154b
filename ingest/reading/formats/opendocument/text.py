"""OpenDocument texts (.odt, .fodt): one section per heading, and all that a person sees of the text.

The XML is read without a library for OpenDocument: those that there are give elements, and neither the numbers of
headings nor merged cells, notes or changes as after accepting them. These come from the reader of Word documents.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.reading.contents import Contents
from ingest.reading.file_types import file_type
from ingest.reading.formats.as_word import Flow, Parts
from ingest.reading.formats.opendocument.body import STYLES, Body, Shared
from ingest.reading.formats.opendocument.inline import add_inline
from ingest.reading.formats.opendocument.lists import Lists
from ingest.reading.formats.opendocument.source import Element, Source, attribute, local
from ingest.reading.formats.opendocument.styles import Styles
from ingest.reading.formats.word import read as read_word

_MARGINS = {"header": "header", "footer": "footer"}


def read(path: Path) -> Contents:
    """Read the text. Raises CannotRead where it is protected, ValueError where there is no text in the file."""
    source = Source(path, file_type("OpenDocument text"))
    parts = Parts(styles=STYLES)
    shared = Shared(source, Styles(source), Lists(source), parts, [])
    text = next(source.content.iter("{*}text"), None)
    if text is None:
        raise ValueError("There is no text in this file.")
    body = Body(shared, Flow(), add_inline)
    body.blocks(text)
    parts.body = body.flow.markup()
    for kind, margin in _margins(source):
        parts.margins.append((kind, body.inside(margin)))
    parts.lists = shared.lists.markup()
    return Contents([*read_word(parts.archive()).sections, *shared.not_read])


def _margins(source: Source) -> Iterator[tuple[str, Element]]:
    """The headers and footers of the pages. Each line stands once, in the end."""
    for page in source.styles.iter("{*}master-page"):
        for element in page:
            kind = local(element).partition("-")[0]
            if kind in _MARGINS and attribute(element, "display") != "false":
                yield kind, element
