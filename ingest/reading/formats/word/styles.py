"""The styles of a Word document: which make headings, which hide their text, and which number their paragraphs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.reading.formats.word.markup import number, switch, value

TITLE = 0
_HEADING = re.compile(r"heading ?([1-9])")
_CONTENTS = re.compile(r"toc (?:[1-9]|heading)")
# As many as any real document has one below the other; a circle ends here too.
_DEEPEST = 30
_NO_OUTLINE = 9


@dataclass(frozen=True, slots=True)
class StyleNumbering:
    """What numbers the paragraphs of a style: list and level. `styles` are the style and those that it is based on."""

    list_id: str | None
    level: str | None
    styles: tuple[str, ...]


class Styles:
    """The styles by their ids.

    Args:
        root: The part with the styles; None where there is none. Then only the usual ids of headings are known.
    """

    def __init__(self, root: Element | None) -> None:
        elements = root.findall("w:style") if root is not None else []
        self._styles = {style.get("w:styleId", ""): style for style in elements}
        self._hidden: dict[str, bool] = {}
        self._levels: dict[str, int | None] = {}
        self._numbering: dict[str, StyleNumbering] = {}
        default = next((one for one in elements if one.get("w:default") and one.get("w:type") == "paragraph"), None)
        self.default = default.get("w:styleId", "") if default is not None else ""

    def heading_level(self, style_id: str) -> int | None:
        """0 for the document's title, 1 for the highest heading, and so on; None for anything else."""
        if style_id not in self._levels:
            self._levels[style_id] = self._find_level(style_id)
        return self._levels[style_id]

    def is_contents(self, style_id: str) -> bool:
        """Whether its paragraphs are the lines of a table of contents."""
        return bool(_CONTENTS.fullmatch(self._name(style_id)))

    def hides(self, style_id: str) -> bool:
        """Whether text of this style is hidden."""
        if style_id not in self._hidden:
            switches = (switch(style.find("w:rPr"), "w:vanish") for style in self._chain(style_id))
            self._hidden[style_id] = next((found for found in switches if found is not None), False)
        return self._hidden[style_id]

    def numbering(self, style_id: str) -> StyleNumbering:
        """What numbers the paragraphs of this style."""
        if style_id not in self._numbering:
            self._numbering[style_id] = self._find_numbering(style_id)
        return self._numbering[style_id]

    def _find_numbering(self, style_id: str) -> StyleNumbering:
        list_id = level = None
        passed = []
        for style in self._chain(style_id):
            passed.append(style.get("w:styleId", ""))
            level = level or value(style, "w:pPr/w:numPr/w:ilvl")
            list_id = value(style, "w:pPr/w:numPr/w:numId")
            if list_id is not None:
                break
        return StyleNumbering(list_id, level, tuple(passed))

    def _find_level(self, style_id: str) -> int | None:
        for style in self._chain(style_id):
            outline = value(style, "w:pPr/w:outlineLvl")
            if outline is not None:
                level = number(outline, _NO_OUTLINE)
                return level + 1 if 0 <= level < _NO_OUTLINE else None
            name = self._name(style.get("w:styleId", ""))
            if (heading := _HEADING.fullmatch(name)) or name in {"title", "subtitle"}:
                return int(heading[1]) if heading else TITLE if name == "title" else None
        if style_id not in self._styles and (heading := _HEADING.fullmatch(style_id.lower())):
            return int(heading[1])
        return TITLE if style_id == "Title" and style_id not in self._styles else None

    def _name(self, style_id: str) -> str:
        style = self._styles.get(style_id)
        return (value(style, "w:name") or style_id).strip().lower()

    def _chain(self, style_id: str) -> Iterator[Element]:
        """The style, then the one that it is based on, and so on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = value(style, "w:basedOn") or ""
