"""The blocks of a Word document in their order: headings, paragraphs, list items, tables, what stands beside them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from xml.etree.ElementTree import Element

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.formats.word.drawings import TextBox
from ingest.reading.formats.word.equations import equation
from ingest.reading.formats.word.grids import frames, grid
from ingest.reading.formats.word.markup import chosen, find, number, switch, value
from ingest.reading.formats.word.notes import Notes
from ingest.reading.formats.word.numbering import BULLET, Label
from ingest.reading.formats.word.runs import Line, Reference, is_placeholder, read_line
from ingest.reading.formats.word.story import Story

# Where whole clauses have the style of a heading, they are text all the same: a long paragraph, or a long sentence.
_LONGEST_HEADING, _SENTENCE_WORDS = 160, 8
_OUTLINE_LEVELS = 9
_WRAPPERS = frozenset({"w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"})
_GONE = ("w:del", "w:moveFrom")


class Kind(Enum):
    """What a text is in its document."""

    PARAGRAPH = auto()
    LIST_ITEM = auto()
    TABLE = auto()
    CONTENTS = auto()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number. Level 1 is the highest."""

    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, a list item or a table, and the comments and notes on it."""

    text: str
    kind: Kind = Kind.PARAGRAPH
    notes: tuple[str, ...] = ()


Block = Heading | Text | NotRead


class BlockReader:
    """Reads the blocks of one story of a document.

    Args:
        story: The story.
        notes: Its comments and notes; None where it has none, as inside a note.
        insert: Gives the blocks of a file that is inserted into the document (w:altChunk), by its part.
    """

    def __init__(self, story: Story, notes: Notes | None, insert: Callable[[str], Iterable[Block]]) -> None:
        self._story, self._notes, self._insert = story, notes, insert

    def blocks(self, container: Element, inside: bool = False) -> Iterator[Block]:
        """The blocks of the body, or `inside` a cell, a text box or a note, where headings are text."""
        line = Line()
        for element in _elements(container):
            if element.tag == "w:p":
                if _goes_on(element):
                    read_line(element, self._story, line, self._style(element))
                    continue
                yield from self._paragraph(element, line, inside)
                line = Line()
            elif element.tag == "w:tbl":
                yield from self._table(element, inside)
            elif element.tag == "w:altChunk":
                yield from self._inserted(element)
            elif element.tag == "w:subDoc":
                yield NotRead("linked document")
            else:
                yield Text(equation(element))
        yield from self._finished(line, None, None, Kind.PARAGRAPH)

    def text(self, container: Element) -> tuple[str, list[NotRead]]:
        """Everything inside a note or a cell as one text, and what was not read of it."""
        found = list(self.blocks(container, inside=True))
        return in_one_text(found), [block for block in found if isinstance(block, NotRead)]

    def _style(self, paragraph: Element) -> str:
        return value(paragraph, "w:pPr/w:pStyle") or self._story.styles.default

    def _paragraph(self, paragraph: Element, line: Line, inside: bool) -> Iterator[Block]:
        properties, style = paragraph.find("w:pPr"), self._style(paragraph)
        read_line(paragraph, self._story, line, style)
        is_hidden = properties is not None and switch(properties.find("w:rPr"), "w:vanish")
        is_empty = not line.pieces and not line.beside
        label = None if is_hidden and is_empty else self._story.numbering.label(properties, style)
        if is_empty and inside and label is not None and label.text != BULLET:
            # A cell may have nothing but its number.
            yield Text(label.text)
            return
        kind = Kind.CONTENTS if self._story.styles.is_contents(style) else Kind.PARAGRAPH
        level = None if inside or kind == Kind.CONTENTS else self._level(properties, style)
        yield from self._finished(line, label, level, kind)

    def _level(self, properties: Element | None, style: str) -> int | None:
        own = value(properties, "w:outlineLvl")
        if own is None:
            return self._story.styles.heading_level(style)
        level = number(own, _OUTLINE_LEVELS)
        return level + 1 if 0 <= level < _OUTLINE_LEVELS else None

    def _finished(self, line: Line, label: Label | None, level: int | None, kind: Kind) -> Iterator[Block]:
        """The blocks of a paragraph whose text is read."""
        notes: list[str] = []
        not_read: list[NotRead] = []
        text = "".join(
            self._mark(piece, notes, not_read) if isinstance(piece, Reference) else piece for piece in line.pieces
        ).strip()
        if text and level is not None and not _is_clause(text):
            has_number = label is not None and label.text != BULLET
            yield Heading(level + 1, one_line(f"{label.text} {text}" if has_number and label is not None else text))
            if notes:
                yield Text("", notes=tuple(notes))
        elif text and label is not None:
            yield Text(_item(label, text), kind if kind == Kind.CONTENTS else Kind.LIST_ITEM, tuple(notes))
        elif text or notes:
            yield Text(text, kind, tuple(notes))
        yield from not_read
        for one in line.beside:
            if isinstance(one, TextBox):
                yield from self.blocks(one.content, inside=True)
            else:
                yield Text(one) if isinstance(one, str) else one

    def _mark(self, reference: Reference, notes: list[str], not_read: list[NotRead]) -> str:
        """What stands in the text for a note, whose own text is added to `notes`."""
        note = self._notes.note(reference) if self._notes else None
        if note is None:
            return ""
        reader = BlockReader(self._story.other(note.part), None, self._insert)
        text, missing = reader.text(note.content)
        not_read += missing
        if text:
            notes.append(f"{note.title}: {text}")
        return note.mark

    def _table(self, table: Element, inside: bool) -> Iterator[Block]:
        if cells := frames(table):
            for cell in cells:
                yield from self.blocks(cell, inside)
            return
        not_read: list[NotRead] = []

        def cell_text(cell: Element) -> str:
            text, missing = self.text(cell)
            not_read.extend(missing)
            return text

        if text := "\n".join(grid(table, cell_text, self._story.budget).lines()):
            yield Text(text, Kind.TABLE)
        yield from not_read

    def _inserted(self, chunk: Element) -> Iterator[Block]:
        if self._story.was_shown(chunk.get("r:id")):
            return
        part = self._story.target(chunk.get("r:id"))
        if part is None or self._story.budget.inserted <= 0:
            yield NotRead("inserted file")
            return
        self._story.budget.inserted -= 1
        yield from self._insert(part)


def in_one_text(blocks: Iterable[Block]) -> str:
    """Blocks as one line, the items of a list and the rows of an inner table parted by signs."""
    text = ""
    was_item = False
    for block in blocks:
        if isinstance(block, NotRead):
            continue
        kind = block.kind if isinstance(block, Text) else Kind.PARAGRAPH
        own = block.text if isinstance(block, Text) else block.title
        notes = block.notes if isinstance(block, Text) else ()
        own = one_line(own.replace("\n", "; ") if kind == Kind.TABLE else own)
        own = own.removeprefix(f"{BULLET} ") if kind == Kind.LIST_ITEM else own
        own = " ".join(filter(None, (own, *(f"({note})" for note in notes))))
        between = ", " if was_item and kind == Kind.LIST_ITEM else " "
        text = f"{text}{between}{own}" if text and own else text or own
        was_item = kind == Kind.LIST_ITEM
    return text


def _goes_on(paragraph: Element) -> bool:
    """Whether the next paragraph continues this one: its end is deleted, or it is a large first letter."""
    properties = paragraph.find("w:pPr")
    if any(switch(find(properties, "w:rPr"), name) for name in _GONE):
        return True
    return (value(properties, "w:framePr", "w:dropCap") or "none") != "none"


def _is_clause(text: str) -> bool:
    return len(text) > _LONGEST_HEADING or (text.endswith((".", ";")) and len(text.split()) >= _SENTENCE_WORDS)


def _item(label: Label, text: str) -> str:
    """A list item after its number or mark, the lines of it below each other."""
    lines = f"{label.text} {text}".split("\n")
    return "\n".join(label.indent + ("  " if place else "") + line for place, line in enumerate(lines))


def _elements(container: Element) -> Iterator[Element]:
    """The paragraphs, tables and inserted files in a container, whatever they are wrapped in."""
    for element in container:
        tag = element.tag
        if tag in {"w:p", "w:tbl", "w:altChunk", "w:subDoc", "m:oMathPara", "m:oMath"}:
            yield element
        elif tag in _WRAPPERS:
            yield from _elements(element)
        elif tag == "w:sdt":
            content = element.find("w:sdtContent")
            if content is not None and not is_placeholder(element):
                yield from _elements(content)
        elif tag == "mc:AlternateContent":
            yield from next(filter(None, (list(_elements(form)) for form in chosen(element))), [])
