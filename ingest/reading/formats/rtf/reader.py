"""Rich texts (.rtf), as a Word document that is made of them: the words that control are nearly the same.

The reader is written here because the libraries that there are lose notes, comments, text boxes and the numbers of
clauses, and show what is hidden or deleted (Rich Text Format Specification 1.9.1).
"""

from io import BytesIO
from pathlib import Path

from ingest.document import NotRead
from ingest.reading.contents import Contents
from ingest.reading.formats.as_word import Flow, Parts, field_mark, instruction, paragraph_properties, run
from ingest.reading.formats.rtf.beside import Beside
from ingest.reading.formats.rtf.changes import CHANGES
from ingest.reading.formats.rtf.groups import Group
from ingest.reading.formats.rtf.letters import Letters
from ingest.reading.formats.rtf.lists import Lists
from ingest.reading.formats.rtf.styles import Styles
from ingest.reading.formats.rtf.tables import RowShape
from ingest.reading.formats.rtf.tokens import Token, tokens
from ingest.reading.formats.word import read as read_word

_DEEPEST = 5000
_SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
    "~": "\N{NO-BREAK SPACE}", "_": "-", "\\": "\\", "{": "{", "}": "}", "\t": "\t",
}  # fmt: skip
_ESCAPED = frozenset("\\{}")
_ENCODINGS = frozenset({"ansi", "mac", "pc", "pca", "ansicpg"})
_PARAGRAPH_ENDS = frozenset({"par", "sect", "\n", "\r"})
_ROW_ENDS = frozenset({"row", "nestrow"})


def read(path: Path) -> Contents:
    """Read the text as that of a Word document.

    Raises RecursionError where groups are nested without end, ValueError where the text breaks off.
    """
    return read_bytes(path.read_bytes())


def read_bytes(content: bytes) -> Contents:
    """As `read`, for a rich text within another file."""
    archive, not_read = as_word(content)
    return Contents([*read_word(archive).sections, *not_read])


def as_word(content: bytes) -> tuple[BytesIO, list[NotRead]]:
    """The Word document that is made of a rich text, and what of it is not read. Raises as `read`."""
    reader = _Reader()
    reader.read(content)
    return reader.parts().archive(), reader.not_read


class _Reader:
    """Follows the tokens of a text from the first to the last."""

    def __init__(self) -> None:
        self._body = Flow()
        self._parts, self._letters, self._lists, self._styles = Parts(), Letters(), Lists(), Styles()
        self._rows: dict[int, RowShape] = {}
        self._beside = Beside(self._parts)
        self._groups = [Group("skip", self._body)]
        self._skip, self._has_begun = 0, False
        self.not_read: list[NotRead] = self._beside.not_read

    def read(self, data: bytes) -> None:
        """Follow the tokens of a text. Raises ValueError where it breaks off, or goes on after its end."""
        for token in tokens(data):
            if token.kind == "open":
                self._flush()
                if len(self._groups) > _DEEPEST:
                    raise RecursionError("groups are nested without end")
                self._groups.append(self._groups[-1].inner())
                self._skip = 0
            elif token.kind == "close":
                self._end_group()
            elif token.kind == "word":
                self._word(token)
            elif self._skip and token.kind == "byte":
                self._skip -= 1
            else:
                skipped, self._skip = self._skip, max(0, self._skip - len(token.data))
                self._letters.add_bytes(token.data[skipped:])
            if token.kind != "open":
                self._groups[-1].is_new = False
            if len(self._groups) == 1 and self._has_begun and token.kind == "word":
                raise ValueError("This text goes on after its end.")
        if len(self._groups) > 1:
            raise ValueError("This text breaks off.")

    def parts(self) -> Parts:
        """The Word document that the text makes."""
        self._parts.body = self._body.markup()
        self._parts.styles, self._parts.lists = self._styles.markup(), self._lists.markup()
        self._parts.margins = self._beside.margins()
        return self._parts

    def _end_group(self) -> None:
        self._flush()
        if len(self._groups) > 1:
            closed = self._groups.pop()
            if closed.close is not None:
                closed.close()
        self._skip = 0

    def _flush(self) -> None:
        """Give the letters that waited to whatever takes them here."""
        group = self._groups[-1]
        text = self._letters.take(group.font)
        if not text or group.into == "skip":
            return
        if group.into == "text":
            if not group.deleted:
                group.flow.add(run(text, group.hidden, self._letters.symbol_font(group.font)))
        elif group.into == "fonts":
            self._letters.name(text)
        elif group.into == "style":
            self._styles.name(text)
        elif group.into == "level text":
            self._lists.text(text)
        else:
            self._beside.text(group.into, text)

    def _word(self, token: Token) -> None:
        word, number, group = token.word, token.number, self._groups[-1]
        if word == "u":
            if group.into != "skip":
                self._letters.add_text(chr((number or 0) & 0xFFFF), group.font)
            self._skip = group.fallback
            return
        if self._skip and word not in _SIGNS:
            self._skip = 0
        if sign := _SIGNS.get(word):
            if self._skip:
                self._skip -= 1
            elif word in _ESCAPED:
                # It may be the second half of a letter of two bytes.
                self._letters.add_bytes(word.encode("ascii"))
            else:
                self._letters.add_text(sign, group.font)
            return
        self._flush()
        if word == "*":
            # What follows is a group that may be passed over, unless it is known.
            group.into = f"*{group.into}"
            group.is_new = True
        elif group.into.startswith("*") or group.is_new:
            group.into, starred = group.into.lstrip("*"), group.into.startswith("*")
            self._begin(group, word, number, starred)
        else:
            self._act(group, word, number)

    def _begin(self, group: Group, word: str, number: int | None, starred: bool) -> None:
        """Begin a group by its first word, which says what is inside."""
        group.is_new = False
        if word == "rtf" and len(self._groups) == 2:
            group.into, self._has_begun = "text", True
        elif group.into == "skip":
            return
        elif word == "upr" or (self._beside.is_skipped(word) and word != "ud"):
            group.into = "skip" if word != "upr" else "upr"
        elif word == "ud":
            group.into = "text"
        elif word in {"pntext", "listtext"}:
            # The lists give the number. Only where a text has no table of them, it is taken from here.
            group.into = "skip" if word == "listtext" and self._lists.are_defined else group.into
        elif word == "nesttableprops":
            group.is_inner_row = True
        elif into := _TABLES.get(word):
            group.into = into
            self._act(group, word, number)
        elif word in {"leveltext", "levelnumbers"} and group.into == "lists":
            group.into = "level text" if word == "leveltext" else "skip"
        elif self._beside.begins(group, word):
            return
        elif starred and not (group.into == "styles" and word == "s"):
            group.into = "skip"
        else:
            self._act(group, word, number)

    def _act(self, group: Group, word: str, number: int | None) -> None:
        """Do what a word says within a group."""
        if group.into == "fonts":
            self._letters.define(word, number)
        elif group.into in {"styles", "style"}:
            group.into = "style"
            self._styles.define(word, number)
        elif group.into == "lists":
            self._lists.define(word, number)
        elif group.into == "uses":
            self._lists.override(word, number)
        elif group.into in {"text", "skip"}:
            self._act_on_text(group, word, number)
        else:
            self._beside.word(group.into, word, number)

    def _act_on_text(self, group: Group, word: str, number: int | None) -> None:
        if word in _ENCODINGS:
            self._letters.encoding(word, number)
        elif word == "deff":
            self._letters.default = number or 0
        elif word in RowShape.WORDS:
            # The rows of inner tables are described in groups of their own, the others before the paragraph says so.
            depth = max(group.depth, 2) if group.is_inner_row else 1
            self._rows.setdefault(depth, RowShape()).take(word, number)
        elif word in _PARAGRAPH_ENDS:
            group.flow.end_paragraph(self._paragraph(group), group.depth)
        elif word in {"cell", "nestcell"}:
            group.flow.end_cell(self._paragraph(group), 1 if word == "cell" else max(group.depth, 2))
        elif word in _ROW_ENDS:
            depth = 1 if word == "row" else max(group.depth, 2)
            group.flow.end_row(self._rows.get(depth, RowShape()).cells, depth)
        elif word == "chpgn":
            group.flow.add(field_mark("begin") + instruction("PAGE") + field_mark("separate") + field_mark("end"))
        elif word in {"titlepg", "facingp", "ftnalt"}:
            self._beside.word("document", word, number)
        elif change := CHANGES.get(word):
            change(group, number)

    def _paragraph(self, group: Group) -> str:
        mark = "del" if group.deleted else "vanish" if group.hidden else ""
        list_id = group.list_id if self._lists.knows(group.list_id) else ""
        return paragraph_properties(f"s{group.style}", group.outline, list_id, group.level, mark, group.drop_cap)


_TABLES = {"fonttbl": "fonts", "stylesheet": "styles", "listtable": "lists", "listoverridetable": "uses"}
