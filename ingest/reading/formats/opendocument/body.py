"""The blocks of an OpenDocument text as those of a Word document: headings, paragraphs, lists, tables, sections."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.document import NotRead
from ingest.reading.formats.as_word import Flow, Parts, paragraph_properties, style
from ingest.reading.formats.opendocument.lists import OUTLINE, Lists
from ingest.reading.formats.opendocument.source import Element, Source, attribute, local, number
from ingest.reading.formats.opendocument.styles import TITLE, Styles
from ingest.reading.formats.opendocument.tables import table_markup

STYLES = style("title", "title") + style("contents", "toc 1") + style("contents-title", "toc heading")
_NO_HEADING = 9
_INDEXES = frozenset(
    {
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    }
)  # fmt: skip
_SHAPES = frozenset(
    f"{{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}}{name}"
    for name in (
        "frame", "custom-shape", "rect", "ellipse", "circle", "line", "connector", "polygon", "polyline", "path", "g",
        "a", "measure", "caption", "regular-polygon",
    )
)  # fmt: skip


@dataclass(slots=True)
class Shared:
    """What all texts of a document share while they are read."""

    source: Source
    styles: Styles
    lists: Lists
    parts: Parts
    not_read: list[NotRead]


@dataclass(frozen=True, slots=True)
class _Item:
    """Where a paragraph stands: in a list on some level, and whether it is the first of its item."""

    list_id: str = ""
    level: int = 0
    is_first: bool = False


def is_shape(element: Element) -> bool:
    """Whether an element is something drawn. A link in a text has the name of a linked shape, in another namespace."""
    return element.tag in _SHAPES


class Body:
    """Reads blocks into a flow. `inline` adds what is in a paragraph, or a shape, to the flow."""

    def __init__(self, shared: Shared, flow: Flow, inline: "Callable[[Element, Body, bool], None]") -> None:
        self.shared, self.flow, self._inline = shared, flow, inline
        self._item = _Item()

    def blocks(self, parent: Element, paragraph_style: str = "") -> None:
        """Read the blocks in an element. With `paragraph_style`, all paragraphs have this style."""
        for element in parent:
            name = local(element)
            if name in {"p", "h"}:
                self._paragraph(element, paragraph_style)
            elif name == "list":
                self._list(element, paragraph_style)
            elif name == "table":
                self.flow.block(table_markup(element, self._inside))
            elif name in {"section", "numbered-paragraph", "index-body"}:
                if attribute(element, "display") != "none":
                    self.blocks(element, paragraph_style)
            elif name in _INDEXES:
                self.blocks(element, "contents" if name == "table-of-content" else "")
            elif name == "index-title":
                self.blocks(element, "contents-title")
            elif is_shape(element) or name == "annotation":
                self._inline(element, self, False)
                self.flow.end_paragraph("")

    def inside(self, parent: Element) -> str:
        """The blocks in a note, a cell or a text box, as a text of their own."""
        return self._inside(parent)

    def _inside(self, parent: Element) -> str:
        inner = Body(self.shared, Flow(), self._inline)
        inner.blocks(parent)
        return inner.flow.markup()

    def _paragraph(self, element: Element, paragraph_style: str) -> None:
        named = attribute(element, "style-name")
        if attribute(element, "is-hidden") == "true":
            return
        self._inline(element, self, self.shared.styles.hides("paragraph", named))
        level = self._heading_level(element, named)
        style_id = paragraph_style or ("title" if level == TITLE else "")
        outline = _NO_HEADING if level is None or paragraph_style else level - 1 if level else None
        list_id, depth = self._number(element, named, level)
        self.flow.end_paragraph(paragraph_properties(style_id, outline, list_id, depth))

    def _heading_level(self, element: Element, named: str) -> int | None:
        if local(element) == "h":
            return number(element, "outline-level", 1, _NO_HEADING) or 1
        return self.shared.styles.heading_level(named)

    def _number(self, element: Element, named: str, level: int | None) -> tuple[str, int]:
        """The list that numbers a paragraph, and on which level; no list where nothing does."""
        item, self._item = self._item, _Item(self._item.list_id, self._item.level)
        if attribute(element, "is-list-header") == "true":
            return "", 0
        if item.list_id:
            return (item.list_id, item.level) if item.is_first else ("", 0)
        of_style = self.shared.styles.list_style(named)
        if local(element) != "h":
            return (self.shared.lists.of_style(of_style), 0) if of_style else ("", 0)
        if of_style == "":
            return "", 0
        list_id, depth = self.shared.lists.of_style(of_style) if of_style else OUTLINE, min((level or 1) - 1, 8)
        if attribute(element, "restart-numbering") == "true":
            list_id = self.shared.lists.restart(list_id, depth, number(element, "start-value", 1, 10**6))
        return list_id, depth

    def _list(self, element: Element, paragraph_style: str) -> None:
        outer = self._item
        level = outer.level + 1 if outer.list_id else 0
        list_id = outer.list_id
        named = attribute(element, "style-name")
        if not list_id or named:
            list_id = self.shared.lists.begin(element, named)
        for item in element:
            if local(item) not in {"list-item", "list-header"}:
                continue
            if start := number(item, "start-value", 0, 10**6):
                list_id = self.shared.lists.restart(list_id, min(level, 8), start)
            self._item = _Item(list_id, min(level, 8), local(item) == "list-item")
            self.blocks(item, paragraph_style)
        self._item = outer if outer.list_id else _Item()
