"""The lists of a rich text, as its tables of lists define them: what stands before a paragraph, level by level."""

from dataclasses import dataclass, field

from ingest.reading.formats.as_word import Level, list_parts

_MOST = 2000  # lists of one document


@dataclass(slots=True)
class _Level:
    text: str = ""
    format: int = 0
    start: int = 1
    digits_only: bool = False

    def level(self) -> Level:
        # Its length stands before it, a semicolon after it.
        length = ord(self.text[0]) if self.text else 0
        return Level(self.text[1 : 1 + length], self.format, self.start, self.digits_only)


@dataclass(slots=True)
class _List:
    id: str = ""
    levels: list[_Level] = field(default_factory=list)


@dataclass(slots=True)
class _Use:
    definition: str = ""
    starts: list[int | None] = field(default_factory=list)


class Lists:
    """Collects the tables of lists, word by word."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._uses: dict[str, _Use] = {}
        self._use = _Use()

    @property
    def are_defined(self) -> bool:
        """Whether there is a table of lists that paragraphs may get their numbers from."""
        return bool(self._uses) and any(one.levels for one in self._lists)

    def knows(self, list_id: str) -> bool:
        """Whether paragraphs of this list get their numbers from here."""
        use = self._uses.get(list_id)
        return use is not None and any(one.id == use.definition and one.levels for one in self._lists)

    def define(self, word: str, number: int | None) -> None:
        """Take a word of the table of definitions."""
        if word == "list" and len(self._lists) < _MOST:
            self._lists.append(_List())
        elif not self._lists:
            return
        elif word == "listid":
            self._lists[-1].id = str(number)
        elif word == "listlevel" and len(self._lists[-1].levels) < 9:
            self._lists[-1].levels.append(_Level())
        elif self._lists[-1].levels:
            _set(self._lists[-1].levels[-1], word, number or 0)

    def text(self, text: str) -> None:
        """Take the text of the level that was last defined."""
        if self._lists and self._lists[-1].levels:
            self._lists[-1].levels[-1].text += text

    def override(self, word: str, number: int | None) -> None:
        """Take a word of the table that says which lists there are of each definition."""
        if word == "listoverride":
            self._use = _Use()
        elif word == "listid":
            self._use.definition = str(number)
        elif word == "ls" and len(self._uses) < _MOST:
            self._uses[str(number)] = self._use
        elif word == "lfolevel" and len(self._use.starts) < 9:
            self._use.starts.append(None)
        elif word == "levelstartat" and self._use.starts:
            self._use.starts[-1] = number

    def markup(self) -> str:
        """The lists as those of a Word document."""
        definitions = {one.id: [level.level() for level in one.levels] for one in self._lists if one.levels}
        lists = {
            list_id: (use.definition, {place: start for place, start in enumerate(use.starts) if start is not None})
            for list_id, use in self._uses.items()
            if use.definition in definitions
        }
        return list_parts(definitions, lists)


def _set(level: _Level, word: str, number: int) -> None:
    if word in {"levelnfc", "levelnfcn"}:
        level.format = number
    elif word == "levelstartat":
        level.start = number
    elif word == "levellegal":
        level.digits_only = number == 1
