"""One text of an old Word document, letter by letter: some end paragraphs and cells, begin fields or mark notes."""

import re

from ingest.document import NotRead
from ingest.reading.formats.as_word import (
    Flow,
    Parts,
    field_mark,
    instruction,
    paragraph_properties,
    reference,
    run,
    symbol,
)
from ingest.reading.formats.as_word.drawn import embedded
from ingest.reading.formats.old_word.file import WordFile
from ingest.reading.formats.old_word.properties import Properties
from ingest.reading.formats.old_word.rows import row_shapes
from ingest.reading.formats.old_word.styles import HIDDEN, OUTLINE, Styles, list_of
from ingest.reading.formats.old_word.text import Stretch, Text

_DELETED, _SYMBOL, _PICTURE = 0x0800, 0x6A09, 0x6A03
_IN_TABLE, _ROW_ENDS, _DEPTH, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_FONT, _DROP_CAP = 0x4A4F, 0x442C
_AS_STYLE, _OPPOSITE = 0x80, 0x81
_CELL, _PARAGRAPH, _PAGE = "\x07", "\r", "\x0c"
_SPECIAL = re.compile("([\x00-\x08\x0b-\x0e\x13-\x15\x1e\x1f])")
_SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-"}
_FIELDS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
# As in a Word document: smaller pictures are logos and ornaments. In twentieths of a point.
_PICTURE_WIDTH, _PICTURE_HEIGHT = 2835, 1417


class Story:
    """Reads one text. `marks` has the notes by the places of their marks, `anchored` has text boxes by theirs."""

    def __init__(self, file: WordFile, text: Text, styles: Styles, within: tuple[int, int]) -> None:
        self.flow = Flow()
        self.marks: dict[int, tuple[Parts, str, str, str]] = {}
        self.anchored: dict[int, str] = {}
        self._file, self._text, self._styles, self._range = file, text, styles, within
        self._fields: list[str | None] = []
        self._not_read: list[NotRead] = []

    def read(self) -> list[NotRead]:
        """Read the text. Returns what is not read of it."""
        for stretch in self._text.stretches(*self._range):
            number = 0
            for piece in _SPECIAL.split(stretch.text):
                if len(piece) == 1 and _SPECIAL.match(piece):
                    self._special(piece, stretch, number)
                elif piece:
                    self._words(piece, stretch, number)
                number += len(piece)
        return self._not_read

    def _words(self, words: str, stretch: Stretch, number: int) -> None:
        letters = stretch.letters
        if letters.is_on(_DELETED):
            return
        if self._fields and self._fields[-1] is not None:
            self._fields[-1] += words
            return
        code = letters.changes.get(_SYMBOL)
        if code and len(words) == 1:
            self.flow.add(symbol(int.from_bytes(code[2:4], "little"), self._font(int.from_bytes(code[:2], "little"))))
            return
        font = letters.number(_FONT)
        is_symbols = font is not None and any("\uf000" <= letter <= "\uf0ff" for letter in words)
        hidden = self._is_hidden(stretch, number)
        self.flow.add(run(words, hidden, self._font(font or 0) if is_symbols else ""))

    def _special(self, letter: str, stretch: Stretch, number: int) -> None:
        if letter in {_CELL, _PARAGRAPH, _PAGE}:
            self._end_paragraph(letter, stretch, number)
        elif letter in _FIELDS:
            self._field(letter)
        elif stretch.letters.is_on(_DELETED):
            return
        elif letter in _SIGNS:
            self._words(_SIGNS[letter], stretch, number)
        elif letter == "\x00":
            self.flow.add(field_mark("begin") + instruction("PAGE") + field_mark("separate") + field_mark("end"))
        elif letter == "\x01":
            self._picture(stretch.letters)
        else:
            place = stretch.start + number
            if found := self.marks.pop(place, None):
                parts, kind, content, author = found
                self.flow.add(reference(kind, parts.add_note(kind, content, author)))
            self.flow.add(self.anchored.pop(place, ""))

    def _end_paragraph(self, letter: str, stretch: Stretch, number: int) -> None:
        own = self._text.paragraph(stretch, number)
        list_id, level = list_of(own)
        is_deleted = stretch.letters.is_on(_DELETED)
        mark = "del" if is_deleted else "vanish" if self._is_hidden(stretch, number) else ""
        drop_cap = bool((own.number(_DROP_CAP) or 0) & 7)
        properties = paragraph_properties(f"s{own.style}", own.number(OUTLINE), list_id, level, mark, drop_cap)
        depth = (own.number(_DEPTH) or 1) if own.is_on(_IN_TABLE) else 0
        deleted_row = "<w:del/>" if is_deleted else ""
        if own.is_on(_INNER_ROW):
            self.flow.end_row(row_shapes(own), max(depth, 2), deleted_row)
        elif own.is_on(_INNER_CELL):
            self.flow.end_cell(properties, max(depth, 2))
        elif own.is_on(_ROW_ENDS):
            self.flow.end_row(row_shapes(own), 1, deleted_row)
        elif letter == _CELL:
            self.flow.end_cell(properties)
        else:
            self.flow.end_paragraph(properties, depth)

    def _field(self, letter: str) -> None:
        if letter == "\x13":
            self._fields.append("")
            self.flow.add(field_mark("begin"))
            return
        words = self._fields[-1] if self._fields else None
        if words is not None:
            self.flow.add(instruction(words))
            self._fields[-1] = None
            name = words.split()
            if name[:1] == ["EMBED"]:
                self.flow.add(embedded(name[1] if len(name) > 1 else ""))
        if letter == "\x15" and self._fields:
            self._fields.pop()
        self.flow.add(field_mark(_FIELDS[letter]))

    def _picture(self, letters: Properties) -> None:
        """Name a large picture. The picture of an object or a field stands for what is named already."""
        place = letters.number(_PICTURE)
        head = self._file.data[place : place + 36] if place is not None and not self._fields else b""
        if len(head) < 36:
            return
        wide, high, across, down = (int.from_bytes(head[at : at + 2], "little") for at in (28, 30, 32, 34))
        if wide * (across or 1000) >= _PICTURE_WIDTH * 1000 and high * (down or 1000) >= _PICTURE_HEIGHT * 1000:
            self._not_read.append(NotRead("picture"))

    def _font(self, number: int) -> str:
        return self._file.fonts[number] if number < len(self._file.fonts) else ""

    def _is_hidden(self, stretch: Stretch, number: int) -> bool | None:
        """Whether a letter of a stretch is hidden; None where its style says it."""
        said = stretch.letters.number(HIDDEN)
        if said is None or said == _AS_STYLE:
            return None
        is_opposite = said == _OPPOSITE and self._styles.hides(self._text.paragraph(stretch, number).style)
        return bool(said) and not is_opposite
