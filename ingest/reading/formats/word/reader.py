"""Word documents (.docx): one section per heading, and all that a person sees of the text.

The XML is read without a library for Word documents: those that there are lose the numbers of clauses, merged cells or
comments, or fail as a whole where one part is damaged.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TypeGuard

from ingest.document import NotRead, Section
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.formats.word.blocks import Block, BlockReader, Heading, Kind, Text
from ingest.reading.formats.word.inserted import RichText, inserted_blocks, inserted_document
from ingest.reading.formats.word.margins import margin_lines
from ingest.reading.formats.word.notes import Notes
from ingest.reading.formats.word.package import DAMAGE, Package
from ingest.reading.formats.word.story import Budget, Story, first_story
from ingest.reading.outline import Outline

# Documents in documents in documents.
_DEEPEST = 3
# What parts an entry of a table of contents from the number of its page.
_PAGE_AT_END = re.compile(r"[\s.…]*\s(?:\d+|[ivxlc]+)$", re.I)


def read(source: Path | BytesIO, rich_text: RichText | None = None) -> Contents:
    """Read the document's text, its tables with one line per row. What is damaged beside the text is named.

    Rich texts that are inserted into it are read where `rich_text` makes Word documents of them.
    """
    document = _Document(Package(source), Budget(), 0, rich_text)
    blocks = list(document.blocks())
    headings = {one_line(block.title).casefold() for block in blocks if isinstance(block, Heading)}
    margins = list(document.margins())
    lines = [one for one in margins if not isinstance(one, NotRead) and one[1].casefold() not in headings]
    outline = Outline()
    for word in ("Header", "Footer"):
        shown = [line for kind, line in lines if kind == word]
        if shown:
            outline.block(f"{word}: " + "\n".join(shown))
    _outline(_without_contents(blocks, headings), outline)
    missing = [block for block in [*blocks, *margins] if isinstance(block, NotRead)]
    missing += [NotRead("damaged part", name) for name in document.package.damaged]
    sections: list[Section | NotRead] = [*outline.sections(), *missing]
    return Contents(sections)


class _Document:
    """A Word document, or one inside another, so many levels deep."""

    def __init__(self, package: Package, budget: Budget, depth: int, rich_text: RichText | None) -> None:
        self.package, self._depth, self._rich_text = package, depth, rich_text
        self._root = package.main_root()
        self._story = first_story(package)
        self._story.budget = budget
        self._notes = Notes(package)

    def blocks(self) -> Iterator[Block]:
        """The blocks of the body. Raises ValueError where there is no body."""
        body = self._root.find("w:body")
        if body is None:
            raise ValueError("This document has no body.")
        return self._reader(self._story).blocks(body)

    def margins(self) -> Iterator[tuple[str, str] | NotRead]:
        """The lines of headers and footers."""
        return margin_lines(self._root, self._story, self._reader)

    def _reader(self, story: Story) -> BlockReader:
        return BlockReader(story, self._notes, self._inserted)

    def _inserted(self, part: str) -> Iterable[Block]:
        """The blocks of a file that is inserted into the text."""
        content = self.package.content(part)
        if content is None:
            return [NotRead("inserted file")]
        found = inserted_document(content, self._rich_text)
        if found is None:
            return inserted_blocks(part, content)
        package, not_read = found
        if self._depth >= _DEEPEST:
            return [NotRead("inserted file")]
        try:
            inner = _Document(package, self._story.budget, self._depth + 1, self._rich_text)
            return [*inner.blocks(), *not_read]
        except DAMAGE:
            return [NotRead("inserted file")]


def _without_contents(blocks: list[Block], headings: set[str]) -> Iterator[Block]:
    """The blocks without the lines of a table of contents that only repeat headings."""
    bare = headings | {heading.partition(" ")[2] for heading in headings}
    repeated = {block for block in blocks if _is_contents(block) and not bare.isdisjoint(_entries(block))}
    for block in blocks:
        # The title of the table goes with its lines.
        is_title = _is_contents(block) and not _PAGE_AT_END.search(one_line(block.text)) and bool(repeated)
        if block not in repeated and not is_title:
            yield block


def _is_contents(block: Block) -> TypeGuard[Text]:
    return isinstance(block, Text) and block.kind == Kind.CONTENTS


def _entries(block: Text) -> set[str]:
    """A line of a table of contents without its page, with the number of its heading and without."""
    entry = one_line(_PAGE_AT_END.sub("", one_line(block.text))).casefold()
    number, _, title = entry.partition(" ")
    return {entry, title} if any(map(str.isdigit, number)) else {entry}


def _outline(blocks: Iterable[Block], outline: Outline) -> None:
    """Add blocks to an outline. The items of a list are one block."""
    items: list[str] = []
    for block in blocks:
        if isinstance(block, NotRead):
            continue
        is_item = isinstance(block, Text) and block.kind in {Kind.LIST_ITEM, Kind.CONTENTS}
        if items and not is_item:
            outline.block("\n".join(items))
            items = []
        if isinstance(block, Heading):
            outline.heading(block.level, block.title)
        elif is_item:
            items += [block.text, *block.notes]
        else:
            outline.block("\n".join(filter(None, (block.text, *block.notes))))
    if items:
        outline.block("\n".join(items))
