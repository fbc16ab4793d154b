"""What stands in groups of its own in a rich text: fields, notes, comments, text boxes, headers, pictures, objects."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.formats.as_word import Flow, Parts, field_mark, instruction, reference
from ingest.reading.formats.as_word.drawn import described, embedded, form_field, text_box, word_art
from ingest.reading.formats.rtf.groups import Group

_SKIPPED = frozenset(
    {
        "colortbl", "info", "pict", "nonshppict", "shprslt", "objdata", "filetbl", "revtbl", "xe", "tc", "rxe",
        "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "private", "template", "bkmkstart",
        "bkmkend", "themedata", "colorschememapping", "datastore", "latentstyles", "mmathPict", "pntxta", "pntxtb",
        "atnid", "atntime",
        "atndate", "atnicn", "atnref", "datafield", "htmltag", "levelmarker", "listname", "listpicture", "falt",
        "panose", "fname", "fontemb", "keycode", "userprops", "docvar", "nonesttables",
    }
)  # fmt: skip
_NOTES = {"footnote": "footnote", "annotation": "comment"}
_MARGINS = frozenset({"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"})
# What only holds other groups.
_HOLDERS = frozenset({"shp", "shpgrp", "shpinst", "shppict", "do", "result", "object", "picprop", "formfield"})
_COLLECTED = {
    "fldinst": "instruction", "atnauthor": "author", "objclass": "class", "sn": "name", "sv": "value", "ffl": "choices",
}  # fmt: skip
_BOXES = frozenset({"shptxt", "dptxbxtext"})
_DESCRIPTIONS, _ART = frozenset({"wzDescription"}), "gtextUNICODE"
# As in a Word document: smaller pictures are logos and ornaments. In twentieths of a point.
_PICTURE_WIDTH, _PICTURE_HEIGHT = 2835, 1417
_LONGEST, _MOST_DEEP = 2000, 20


@dataclass(slots=True)
class _Opened:
    """A text of its own that is not at its end: the word that began it, and the text around it."""

    word: str
    around: Flow
    flow: Flow = field(default_factory=Flow)
    is_endnote: bool = False


class Beside:
    """Takes these groups and puts what they show into the parts of the Word document, or names it."""

    def __init__(self, parts: Parts) -> None:
        self.not_read: list[NotRead] = []
        self._parts = parts
        self._collected: dict[str, str] = {}
        self._form: dict[str, int] = {}
        self._choices: list[str] = []
        self._margins: list[tuple[str, str]] = []
        self._switches: set[str] = set()
        self._size: dict[str, int] = {}
        self._open: list[_Opened] = []

    def is_skipped(self, word: str) -> bool:
        """Whether a group that begins with this word shows nothing, or nothing that can be read."""
        return word in _SKIPPED and word != "pict"

    def begins(self, group: Group, word: str) -> bool:
        """Take a group that begins with this word, where it is one of these."""
        if word == "pict":
            group.into, self._size = "picture", {}
            group.close = lambda: self._picture(group.is_object)
        elif word in _COLLECTED:
            group.into = _COLLECTED[word]
            self._collected[group.into] = ""
            group.close = self._closing(group, word)
        elif word == "field":
            group.close = lambda: group.flow.add(field_mark("end"))
        elif word == "fldrslt":
            group.flow.add(field_mark("separate"))
        elif word == "formfield":
            group.into, self._form, self._choices = "form", {}, []
        elif word in _NOTES or word in _MARGINS or word in _BOXES:
            self._begin_flow(group, word)
        elif word in _HOLDERS:
            group.is_object = group.is_object or word == "object"
        else:
            return False
        return True

    def text(self, into: str, text: str) -> None:
        """Take a piece of what is collected."""
        if into in self._collected and len(self._collected[into]) < _LONGEST:
            self._collected[into] += text

    def word(self, into: str, word: str, number: int | None) -> None:
        """Take a word within one of these groups."""
        if into == "picture":
            self._size[word] = number or 0
        elif into == "form":
            self._form[word] = number or 0
        elif word == "ftnalt" and self._open:
            self._open[-1].is_endnote = True
        elif into == "document":
            self._switches.add(word)

    def margins(self) -> list[tuple[str, str]]:
        """The headers and footers that are shown on some page."""
        hidden = {"f"} if "titlepg" not in self._switches else set()
        hidden |= {"l"} if "facingp" not in self._switches else set()
        return [(word[:6], content) for word, content in self._margins if word[6:] not in hidden]

    def _closing(self, group: Group, word: str) -> Callable[[], None] | None:
        add = group.flow.add
        if word == "fldinst":
            return lambda: add(
                field_mark("begin", form_field(self._form, self._choices)) + instruction(self._take("instruction"))
            )
        if word == "objclass":
            return lambda: add(embedded(one_line(self._take("class"))))
        if word == "ffl":
            return lambda: self._choices.append(self._take("choices"))
        if word == "sv":
            return lambda: add(self._property(self._take("name").strip(), self._take("value")))
        return None

    def _property(self, name: str, value: str) -> str:
        if name in _DESCRIPTIONS:
            return described(one_line(value))
        return word_art(value) if name == _ART else ""

    def _begin_flow(self, group: Group, word: str) -> None:
        """Begin a text of its own, unless there are too many in each other: then it goes on in the text around it."""
        if len(self._open) >= _MOST_DEEP:
            return
        opened = _Opened(word, group.flow)
        self._open.append(opened)
        group.flow = opened.flow
        group.plain_paragraph()
        group.plain()
        group.into = "text"
        group.close = self._end_flow

    def _end_flow(self) -> None:
        opened = self._open.pop()
        word, content, around = opened.word, opened.flow.markup(), opened.around
        if word in _MARGINS:
            self._margins.append((word, content))
        elif word in _BOXES:
            around.add(text_box(content))
        else:
            kind = "endnote" if word == "footnote" and opened.is_endnote else _NOTES[word]
            author = one_line(self._take("author")) if kind == "comment" else ""
            # A note in a note stands beside it: a Word document has none in each other.
            outer = next((one.around for one in self._open if one.word in _NOTES), around)
            outer.add(reference(kind, self._parts.add_note(kind, content, author)))

    def _picture(self, in_object: bool) -> None:
        wide, high = self._size.get("picwgoal", 0), self._size.get("pichgoal", 0)
        if not in_object and wide >= _PICTURE_WIDTH and high >= _PICTURE_HEIGHT:
            self.not_read.append(NotRead("picture"))

    def _take(self, name: str) -> str:
        return self._collected.pop(name, "")
