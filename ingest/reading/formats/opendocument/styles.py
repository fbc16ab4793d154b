"""The styles of an OpenDocument file: which are headings, which hide their text, which number their paragraphs."""

import re
from collections.abc import Iterator
from itertools import chain

from ingest.reading.formats.opendocument.source import Element, Source, attribute, number

_HEADING = re.compile(r"heading[ _]?([1-9])")
_DEEPEST = 30
TITLE = 0


class Styles:
    """The styles of paragraphs and texts by their names."""

    def __init__(self, source: Source) -> None:
        # The styles of the text itself come last, and count.
        roots = {id(root): root for root in (source.styles, source.content)}.values()
        found = chain.from_iterable(root.iter("{*}style") for root in roots)
        self._styles = {(attribute(one, "family"), attribute(one, "name")): one for one in found}
        self._hidden: dict[tuple[str, str], bool] = {}

    def hides(self, family: str, name: str) -> bool:
        """Whether text of this style is hidden."""
        if (family, name) not in self._hidden:
            shown = (_display(style) for style in self._chain(family, name))
            self._hidden[family, name] = next(filter(None, shown), "") == "none"
        return self._hidden[family, name]

    def heading_level(self, name: str) -> int | None:
        """0 for the document's title, 1 for the highest heading, and so on; None for anything else."""
        for style in self._chain("paragraph", name):
            level = number(style, "default-outline-level", 0, 10)
            called = (attribute(style, "display-name") or attribute(style, "name").replace("_20_", " ")).lower()
            if level or (found := _HEADING.fullmatch(called)):
                return level or int(found[1] if found else 1)
            if called == "title":
                return TITLE
        return None

    def list_style(self, name: str) -> str | None:
        """The list that numbers paragraphs of this style; empty for none at all, None where it does not say."""
        for style in self._chain("paragraph", name):
            named = [value for key, value in style.attrib.items() if key.rpartition("}")[2] == "list-style-name"]
            if named:
                return str(named[0])
        return None

    def says(self, family: str, name: str, what: str) -> str:
        """An attribute of the properties of a style; empty where there is none."""
        for style in self._chain(family, name):
            for properties in style:
                if value := attribute(properties, what):
                    return value
        return ""

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """The style, then the one that it is based on, and so on."""
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def _display(style: Element) -> str:
    return next(filter(None, (attribute(one, "display") for one in style.iterchildren("{*}text-properties"))), "")
