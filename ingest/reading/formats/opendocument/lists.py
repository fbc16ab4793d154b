"""The lists of an OpenDocument file as those of a Word document: what stands before a paragraph, how it counts."""

import re
from collections.abc import Iterator

from ingest.reading.formats.as_word import Level, list_parts
from ingest.reading.formats.opendocument.source import Element, Source, attribute, local, number

OUTLINE = "outline"
_LEVELS = 9
_FORMATS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "01, 02, 03, ...": "decimalZero", "1st": "ordinal", "One": "cardinalText", "First": "ordinalText",
    "一, 二, 三, ...": "chineseCounting", "イ, ロ, ハ, ...": "aiueoFullWidth", "ア, イ, ウ, ...": "aiueoFullWidth",
    "①, ②, ③, ...": "decimalEnclosedCircle", "１, ２, ３, ...": "decimalFullWidth",
    "甲, 乙, 丙, ...": "ideographTraditional", "가, 나, 다, ...": "ganada",
    "А, Б, .., Аа, Аб, ... (ru)": "russianUpper",
    "а, б, .., аа, аб, ... (ru)": "russianLower", "א, ב, ג, ...": "hebrew2",
}  # fmt: skip
_PLACE = re.compile(r"%(\d{1,2})%")
_MOST = 20_000


class Lists:
    """The lists that the text uses, in their order. `begin` gives a list its id."""

    def __init__(self, source: Source) -> None:
        self._definitions = dict(_definitions(source))
        self._lists: dict[str, tuple[str, dict[int, int | Level]]] = {OUTLINE: (OUTLINE, {})}
        self._last: dict[str, str] = {}
        self._named: dict[str, str] = {}

    def afresh(self) -> None:
        """Forget the lists so far: nothing goes on from one slide to the next."""
        self._lists = {OUTLINE: (OUTLINE, {})}
        self._last, self._named = {}, {}

    def begin(self, element: Element, style: str) -> str:
        """The id of a list that begins with this element, or that goes on with it."""
        definition = f"style {style}"
        goes_on = self._named.get(attribute(element, "continue-list"))
        if goes_on is None and attribute(element, "continue-numbering") == "true":
            goes_on = self._last.get(definition)
        starts = {level: one.start for level, one in enumerate(self._definitions.get(definition, []))}
        list_id = goes_on or self._new(definition, starts)
        if name := attribute(element, "id"):
            self._named[name] = list_id
        self._last[definition] = list_id
        return list_id

    def of_style(self, style: str) -> str:
        """The id of the list that numbers the paragraphs of a style, which counts through the whole document."""
        definition = f"style {style}"
        return self._last.get(definition) or self._last.setdefault(definition, self._new(definition, {}))

    def restart(self, list_id: str, level: int, value: int) -> str:
        """The id under which a list goes on whose next number on this level is another one."""
        definition = self._lists[list_id][0] if list_id in self._lists else OUTLINE
        return self._new(definition, {level: value})

    def markup(self) -> str:
        """The lists as those of a Word document."""
        used = dict.fromkeys(name for name, _ in self._lists.values())
        return list_parts({name: self._definitions.get(name, []) for name in used}, self._lists)

    def _new(self, definition: str, starts: dict[int, int]) -> str:
        list_id = f"{len(self._lists)}"
        if len(self._lists) < _MOST:
            self._lists[list_id] = definition, dict(starts)
        return list_id


def _definitions(source: Source) -> Iterator[tuple[str, list[Level]]]:
    for root in {id(root): root for root in (source.styles, source.content)}.values():
        for style in root.iter("{*}list-style", "{*}outline-style"):
            name = OUTLINE if local(style) == "outline-style" else f"style {attribute(style, 'name')}"
            yield name, list(_levels(style))


def _levels(style: Element) -> Iterator[Level]:
    found = {number(one, "level", 0, 99): one for one in style if isinstance(one.tag, str)}
    for level in range(1, _LEVELS + 1):
        element = found.get(level)
        if element is None:
            yield Level("", "none")
        elif local(element) in {"list-level-style-number", "outline-level-style"}:
            form = _FORMATS.get(attribute(element, "num-format"), "decimal")
            yield Level(_text(element, level, found), form, number(element, "start-value", 1, 10**6))
        else:
            yield Level(attribute(element, "bullet-char") or "•", "bullet")


def _text(element: Element, level: int, found: dict[int, Element]) -> str:
    """What stands before a paragraph of this level. A character below 9 stands for the number of the level."""
    written = attribute(element, "num-list-format")
    if written:
        return _PLACE.sub(lambda place: chr(int(place[1]) - 1) if 0 < int(place[1]) <= _LEVELS else "", written)
    if not attribute(element, "num-format"):
        return attribute(element, "num-prefix") + attribute(element, "num-suffix")
    first = max(level - number(element, "display-levels", 1, _LEVELS) + 1, 1)
    shown = [one for one in range(first, level + 1) if one in found and attribute(found[one], "num-format")]
    numbers = ".".join(chr(one - 1) for one in shown)
    return attribute(element, "num-prefix") + numbers + attribute(element, "num-suffix")
