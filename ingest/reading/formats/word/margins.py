"""The headers and footers of a Word document: each line once, without the number of the page."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from ingest.document import NotRead
from ingest.reading.formats.word.blocks import Block, BlockReader, Heading
from ingest.reading.formats.word.fields import PAGE_NUMBER, Fields
from ingest.reading.formats.word.markup import switch
from ingest.reading.formats.word.story import Story

# What parts the pieces of one line: a tab, a sign between blanks, the cells of a table.
_BETWEEN = re.compile(r"\s*\t\s*|\s+[|·•–—-]\s+")
# "Page 3 of 10" in any language, once its numbers are gone.
_MOST_WORDS = 3
_KINDS = {"w:headerReference": "Header", "w:footerReference": "Footer"}


def margin_lines(
    body: Element, story: Story, reader: Callable[[Story], BlockReader]
) -> Iterator[tuple[str, str] | NotRead]:
    """The lines of all headers, then of all footers, each after the word Header or Footer; and what is not read there.

    Args:
        body: The document, whose sections name their headers and footers.
        story: The story of the document.
        reader: Makes the reader of another story.
    """
    for tag, word in _KINDS.items():
        seen: set[str] = set()
        for part in _parts(body, story, tag):
            root = story.package.root(part)
            if root is None:
                continue
            for block in reader(story.other(part, Fields(without_page_numbers=True))).blocks(root):
                if isinstance(block, NotRead):
                    yield block
                    continue
                for line in filter(None, map(_without_page_number, _lines(block))):
                    if line.casefold() not in seen:
                        seen.add(line.casefold())
                        yield word, line


def _parts(body: Element, story: Story, tag: str) -> Iterator[str]:
    """The parts of the headers, or of the footers, that Word shows on some page."""
    sections = list(body.iter("w:sectPr"))
    settings = story.package.named("settings")
    shown = {
        "default": True,
        "first": any(switch(section, "w:titlePg") for section in sections),
        "even": bool(settings and switch(settings[1], "w:evenAndOddHeaders")),
    }
    for section in sections:
        for reference in sorted(section.findall(tag), key=lambda one: one.get("w:type") != "first"):
            part = story.target(reference.get("r:id")) if shown.get(reference.get("w:type", "default")) else None
            if part is not None:
                yield part


def _lines(block: Block) -> list[str]:
    if isinstance(block, NotRead):
        return []
    if isinstance(block, Heading):
        return [block.title]
    return [*block.text.split("\n"), *block.notes]


def _without_page_number(line: str) -> str:
    """A line without the pieces that only say which page it is."""
    if PAGE_NUMBER not in line:
        return " ".join(line.split())
    pieces = []
    for piece in _BETWEEN.split(line):
        rest = piece.replace(PAGE_NUMBER, "")
        words = re.findall(r"\w+", rest)
        is_only_number = PAGE_NUMBER in piece and len(words) <= _MOST_WORDS and not any(map(str.isdigit, rest))
        if words and not is_only_number:
            pieces.append(" ".join(rest.split()))
    return " | ".join(pieces)
