"""The shapes of an old slide: texts, tables, groups, descriptions, objects ([MS-ODRAW] 2.2, [MS-PPT] 2.7)."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.formats import tables
from ingest.reading.formats.old_slides.records import Record, records
from ingest.reading.formats.old_slides.text import TITLES, Words, texts

_DRAWING, _PAGE, _GROUP, _SHAPE = 0x040C, 0xF002, 0xF003, 0xF004
_PROPERTIES, _MORE_PROPERTIES = 0xF00B, 0xF122
_ANCHOR, _CHILD_ANCHOR, _DATA, _TEXT, _OBJECT = 0xF010, 0xF00F, 0xF011, 0xF00D, 0x0BC1
_IS_TABLE, _DESCRIPTION, _WORD_ART = 0x039F, 0x0381, 0x00C0
_COMPLEX, _NUMBER = 0x8000, 0x3FFF
_FILE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg", ".bmp", ".tif")
_DEEPEST = 50
_CHARTS = ("chart", "graph")

Said = str | NotRead
_Box = tuple[int, int, int, int]  # top, left, bottom, right


@dataclass(frozen=True, slots=True)
class Shapes:
    """Reads the shapes of one slide. `outline` has the texts that stand in the outline, `objects` the programs."""

    outline: Sequence[Words]
    objects: dict[int, str]

    def on(self, slide: Record) -> tuple[str, list[Said]]:
        """The title of a slide, and what else its shapes say, from top to bottom."""
        title, found = "", list[tuple[_Box, Said]]()
        used: set[int] = set()
        for box, said, words in self.drawn(slide):
            if words is not None and words.outline is not None:
                used.add(words.outline)
            if words is not None and words.kind in TITLES and not title and isinstance(said, str):
                title = one_line(said)
            elif said:
                found.append((box, said))
        # A text of the outline whose placeholder is lost.
        for number, words in enumerate(self.outline):
            if number not in used and words.text.strip():
                if words.kind in TITLES and not title:
                    title = one_line(words.lines())
                else:
                    found.append(((1 << 30, 0, 0, 0), words.lines()))
        return title, [said for _, said in sorted(found, key=lambda one: one[0][:2])]

    def drawn(self, slide: Record) -> Iterator[tuple[_Box, Said, Words | None]]:
        """What each shape says with its place, and the text where it is one."""
        page = slide.first(_DRAWING, _PAGE)
        for group in page.inside(_GROUP) if page is not None else ():
            yield from self._group(group, 0)

    def _group(self, group: Record, depth: int) -> Iterator[tuple[_Box, Said, Words | None]]:
        if depth > _DEEPEST:
            raise RecursionError("groups are nested without end")
        parts = list(group.inside(_SHAPE, _GROUP))
        head = parts[0] if parts and parts[0].kind == _SHAPE else None
        if head is not None and _properties(head).get(_IS_TABLE, (0, b""))[0] & 1:
            yield _box(head), self._table(parts[1:]), None
            return
        inside: list[tuple[_Box, Said, Words | None]] = []
        for part in parts:
            inside += self._group(part, depth + 1) if part.kind == _GROUP else self._shape(part)
        if depth and head is not None:
            # The shapes of a group have places of their own; all of them stand where the group stands.
            inside.sort(key=lambda one: one[0][:2])
            box = _box(head)
            inside = [(box, said, words) for _, said, words in inside]
        yield from inside

    def _shape(self, shape: Record) -> Iterator[tuple[_Box, Said, Words | None]]:
        box = _box(shape)
        for words in self._words(shape):
            yield box, words.lines(), words
        properties = _properties(shape)
        for number in (_WORD_ART, _DESCRIPTION):
            said = one_line(properties.get(number, (0, b""))[1].decode("utf-16-le", "replace").rstrip("\0"))
            if said and not (number == _DESCRIPTION and said.lower().endswith(_FILE_ENDINGS)):
                yield box, said, None
        if (found := shape.first(_DATA, _OBJECT)) is not None:
            program = self.objects.get(found.number(0), "")
            is_chart = any(word in program.lower() for word in _CHARTS)
            yield box, NotRead("chart" if is_chart else "embedded object", one_line(program.rstrip("\0"))), None

    def _words(self, shape: Record) -> Iterator[Words]:
        for holder in shape.inside(_TEXT):
            for words in texts(records(holder.data)):
                if words.outline is not None and 0 <= words.outline < len(self.outline):
                    own = self.outline[words.outline]
                    yield Words(own.kind, own.text, own.levels, words.outline, own.filled_in | words.filled_in)
                else:
                    yield words

    def _table(self, cells: Sequence[Record]) -> str:
        """The rows of a table, whose cells are shapes. A merged one is in each row and column that it covers."""
        placed = [(_box(cell), one_line(" ".join(words.lines() for words in self._words(cell)))) for cell in cells]
        placed = [(box, text) for box, text in placed if box[2] > box[0] and box[3] > box[1]]
        tops, lefts = sorted({box[0] for box, _ in placed}), sorted({box[1] for box, _ in placed})
        if len(tops) * len(lefts) > 100_000:
            return "\n".join(text for _, text in placed)
        rows = [[""] * len(lefts) for _ in tops]
        for (top, left, bottom, right), text in placed:
            for row, begin in enumerate(tops):
                for column, edge in enumerate(lefts):
                    if text and top <= begin < bottom and left <= edge < right:
                        rows[row][column] = text
        return "\n".join(tables.lines(rows))


def _box(shape: Record) -> _Box:
    """Where a shape is. A cell or a part of a group has a place within its group."""
    own = shape.first(_CHILD_ANCHOR)
    if own is not None and len(own.data) >= 16:
        left, top, right, bottom = struct.unpack_from("<4i", own.data)
        return top, left, bottom, right
    placed = shape.first(_ANCHOR)
    if placed is None or len(placed.data) < 8:
        return 0, 0, 0, 0
    top, left, right, bottom = struct.unpack_from("<4i" if len(placed.data) >= 16 else "<4h", placed.data)
    return top, left, bottom, right


def _properties(shape: Record) -> dict[int, tuple[int, bytes]]:
    """The properties of a shape by their numbers: a number, and data where it has some."""
    found: dict[int, tuple[int, bytes]] = {}
    for table in shape.inside(_PROPERTIES, _MORE_PROPERTIES):
        count = min(table.instance, len(table.data) // 6)
        place = 6 * count
        for number, value in struct.iter_unpack("<HI", table.data[:place]):
            data = b""
            if number & _COMPLEX:
                data, place = table.data[place : place + value], place + value
            found[number & _NUMBER] = value, data
    return found
