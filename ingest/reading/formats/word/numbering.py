"""The numbers that Word puts before headings, clauses and list items. The text of the document does not have them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.reading.formats.word.markup import number, switch, value
from ingest.reading.formats.word.numbers import formatted
from ingest.reading.formats.word.styles import Styles

BULLET = "-"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
# A bullet is a sign of a picture font, and only now and then a word, such as "Note:".
_WORD = re.compile(r"[^\W\d_]{2}")
# "001, 002, 003, ...": a format that Word writes out.
_PADDED = re.compile(r"0+1\b")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: a number as Word shows it, or "-" for a bullet. `level` counts from 0."""

    text: str
    level: int = 0

    @property
    def indent(self) -> str:
        """The space before it in a list. A number of several parts, such as 3.2, says its depth by itself."""
        return "  " * self.level if len(re.findall(r"\w+", self.text)) < 2 else ""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    digits_only: bool
    restarts_after: int | None
    hidden: bool
    width: int


@dataclass(slots=True)
class _List:
    """What the lists with the same definition share: how far each level has counted."""

    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    started: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Counts the numbered paragraphs of a document in their order.

    Args:
        root: The part with the definitions of the lists; None where there is none.
        styles: The styles, which may number their paragraphs.
    """

    def __init__(self, root: Element | None, styles: Styles) -> None:
        empty: list[Element] = []
        definitions = root.findall("w:abstractNum") if root is not None else empty
        self._definitions = {one.get("w:abstractNumId", ""): one for one in definitions}
        self._nums = {one.get("w:numId", ""): one for one in (root.findall("w:num") if root is not None else empty)}
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._levels: dict[str, Mapping[int, _Level]] = {}

    def label(self, properties: Element | None, style_id: str) -> Label | None:
        """Count a paragraph and tell what stands before it; None where it is not numbered.

        Args:
            properties: The paragraph's own properties (w:pPr).
            style_id: The paragraph's style.
        """
        own = properties.find("w:numPr") if properties is not None else None
        of_style = self._styles.numbering(style_id)
        own_list, own_level = value(own, "w:numId"), value(own, "w:ilvl")
        list_id = own_list or of_style.list_id
        if list_id is None or list_id not in self._nums:
            return None
        level = number(own_level)
        if own_level is None:
            of_list = number(of_style.level) if own_list is None else 0
            level = self._level_of_styles(list_id, of_style.styles, of_list)
        return self._counted(list_id, level) if 0 <= level < _LEVELS else None

    def _counted(self, list_id: str, level: int) -> Label | None:
        levels = self._levels_of(list_id)
        if level not in levels:
            return None
        shared = self._lists.setdefault(self._definition_id(list_id), _List())
        self._count(list_id, level, shared)
        if levels[level].hidden:
            return None
        if levels[level].format == "bullet" and not _WORD.search(levels[level].text):
            return Label(BULLET, level)
        text = _PLACE.sub(lambda place: _shown(levels, level, int(place[1]) - 1, shared), levels[level].text).strip()
        if not text:
            return None
        return Label(text if any(map(str.isalnum, text)) else BULLET, level)

    def _count(self, list_id: str, level: int, shared: _List) -> None:
        levels = self._levels_of(list_id)
        override = value(self._override(list_id, level), "w:startOverride")
        first = override is not None and (list_id, level) not in shared.started
        shared.started.add((list_id, level))
        before = shared.counts[level]
        start = number(override, levels[level].start) if first else levels[level].start
        shared.counts[level] = start if before is None or first else before + 1
        for deeper in range(level + 1, _LEVELS):
            after = levels[deeper].restarts_after if deeper in levels else None
            if after is None or level < after:
                shared.counts[deeper] = None

    def _level_of_styles(self, list_id: str, styles: tuple[str, ...], default: int) -> int:
        """The level that the list itself links to one of these styles."""
        definition = self._definition(list_id)
        elements = definition.findall("w:lvl") if definition is not None else []
        linked = {value(one, "w:pStyle"): one.get("w:ilvl") for one in elements}
        return next((number(linked[style], default) for style in styles if style in linked), default)

    def _levels_of(self, list_id: str) -> Mapping[int, _Level]:
        if list_id not in self._levels:
            definition = self._definition(list_id)
            elements = list(definition.findall("w:lvl")) if definition is not None else []
            # What a list changes of its definition comes last and counts.
            elements += [one for override in self._nums[list_id] for one in override.findall("w:lvl")]
            self._levels[list_id] = {number(one.get("w:ilvl"), -1): _level(one) for one in elements}
        return self._levels[list_id]

    def _override(self, list_id: str, level: int) -> Element | None:
        overrides = self._nums[list_id].findall("w:lvlOverride")
        return next((one for one in overrides if number(one.get("w:ilvl"), -1) == level), None)

    def _definition_id(self, list_id: str) -> str:
        return value(self._nums[list_id], "w:abstractNumId") or ""

    def _definition(self, list_id: str) -> Element | None:
        """The definition of a list, which may stand behind the name of a style."""
        definition = self._definitions.get(self._definition_id(list_id))
        linked = value(definition, "w:numStyleLink")
        if definition is None or linked is None or definition.find("w:lvl") is not None:
            return definition
        other = self._styles.numbering(linked).list_id
        return self._definitions.get(self._definition_id(other)) if other in self._nums and other else None


def _shown(levels: Mapping[int, _Level], level: int, place: int, shared: _List) -> str:
    """The number of one level inside the label of another."""
    if place not in levels:
        return ""
    count = shared.counts[place]
    if count is None:
        count = levels[place].start
    if levels[level].digits_only and levels[place].format != "none":
        return str(count)
    if levels[place].width:
        return str(count).zfill(levels[place].width)
    return "" if levels[place].format == "bullet" else formatted(count, levels[place].format)


def _level(element: Element) -> _Level:
    forms = list(element.iter("w:numFmt"))
    padded = next(filter(None, (_PADDED.match(form.get("w:format", "")) for form in forms)), None)
    after = value(element, "w:lvlRestart")
    return _Level(
        start=number(value(element, "w:start")),
        format=forms[-1].get("w:val", "decimal") if forms else "decimal",
        text=value(element, "w:lvlText") or "",
        digits_only=bool(switch(element, "w:isLgl")),
        restarts_after=None if after is None else number(after),
        hidden=bool(switch(element.find("w:rPr"), "w:vanish")),
        width=min(len(padded[0]), _LEVELS) if padded else 0,
    )
