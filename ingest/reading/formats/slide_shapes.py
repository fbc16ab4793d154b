"""What the shapes of a slide say: texts, tables, charts, diagrams, equations, and the files put into it."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.contents import Embedded
from ingest.reading.formats import tables
from ingest.reading.formats.slide_charts import chart_lines, has_values
from ingest.reading.formats.slide_diagrams import diagram_lines
from ingest.reading.formats.slide_equations import MATH, equation_text

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FILE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg")
# The format's own limit (ISO/IEC 29500-1, ST_TextIndentLevelType).
_DEEPEST = 8
_MOST_COVERED = 1000  # columns or rows that one cell of a table covers
_BROKEN = (KeyError, ValueError, LookupError, AttributeError, TypeError, etree.XMLSyntaxError)

Said = str | NotRead | Embedded


def choose_alternatives(tree: etree._Element) -> None:
    """Put shapes that PowerPoint writes in two ways, as those with equations, in place: in the newer way."""
    for element in list(tree.iter(f"{_MC}AlternateContent")):
        parent = element.getparent()
        chosen = next((child for child in element if len(child)), None)
        if parent is not None and chosen is not None and _holds_shapes(chosen):
            for child in list(chosen):
                element.addprevious(child)
            parent.remove(element)


def in_reading_order(shapes: Iterable[BaseShape]) -> list[BaseShape]:
    """Sort shapes from top to bottom, then from left to right. A shape without a position comes first."""
    return sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))


def said_by(shape: BaseShape) -> Iterator[Said]:
    """The texts of a shape, and what of it is not read here."""
    if isinstance(shape, GroupShape):
        for inner in in_reading_order(shape.shapes):
            yield from said_by(inner)
    elif isinstance(shape, GraphicFrame):
        yield from _frame(shape)
    elif isinstance(shape, Shape):
        yield body_text(shape.element)
    else:
        yield _description(shape)


def body_text(element: Any) -> str:  # noqa: ANN401 - the library has no types
    """The paragraphs of a shape, indented by their level."""
    lines = []
    for paragraph in element.iter(f"{_A}p"):
        properties = paragraph.find(f"{_A}pPr")
        level = "" if properties is None else properties.get("lvl", "")
        depth = min(int(level), _DEEPEST) if level.isascii() and level.isdigit() and len(level) < 12 else 0
        lines.append("  " * depth + paragraph_text(paragraph).strip())
    return "\n".join(lines)


def paragraph_text(paragraph: etree._Element) -> str:
    """The text of a paragraph with its equations. Numbers of slides and the date of today are left out."""
    return "".join(_run(child) for child in paragraph)


def _run(element: etree._Element) -> str:
    if element.tag == f"{_A}br":
        return "\n"
    if element.tag == f"{_A}fld" and element.get("type", "").startswith(("slidenum", "datetime")):
        return ""
    if element.tag in {f"{_A}r", f"{_A}fld"}:
        return "".join(text.text or "" for text in element.iterfind(f"{_A}t"))
    if element.tag == f"{_MC}AlternateContent":
        return next((text for child in element if (text := "".join(map(_run, child)))), "")
    formulas = element.iter(f"{MATH}oMath")
    return " ".join(equation_text(formula) for formula in formulas)


def _holds_shapes(element: etree._Element) -> bool:
    return any(str(child.tag).endswith(("}sp", "}graphicFrame", "}pic", "}grpSp", "}cxnSp")) for child in element)


def _frame(shape: GraphicFrame) -> Iterator[Said]:
    """What is in the frame of a table, a chart, a diagram or a file. Where it is broken, it is named as not read."""
    kind = next((kind for ending, kind in _KINDS if shape.element.graphicData_uri.endswith(ending)), "")
    if not kind:
        yield _description(shape)
        return
    try:
        yield from _READERS[kind](shape)
    except _BROKEN:
        yield NotRead(kind, one_line(shape.name or ""))


def _table(shape: GraphicFrame) -> Iterator[Said]:
    rows = [
        [one_line(" ".join(map(paragraph_text, cell._tc.iter(f"{_A}p")))) for cell in row.cells]
        for row in shape.table.rows
    ]
    for down, row in enumerate(shape.table.rows):
        for across, cell in enumerate(row.cells):
            if cell.is_merge_origin and rows[down][across]:
                _cover(rows, down, across, cell.span_height, cell.span_width)
    yield "\n".join(tables.lines(rows, headed=bool(shape.table.first_row)))


def _cover(rows: list[list[str]], down: int, across: int, height: int, width: int) -> None:
    """Put the value of a merged cell into each cell that it covers, where that has none."""
    for row in rows[down : down + min(height, _MOST_COVERED)]:
        for place in range(across, min(across + min(width, _MOST_COVERED), len(row))):
            row[place] = row[place] or rows[down][across]


def _chart(shape: GraphicFrame) -> Iterator[Said]:
    root = etree.fromstring(_part_of(shape, "chart", f"{_REL}id").blob, _parser())
    lines = list(chart_lines(root))
    if not has_values(root):
        yield NotRead("chart", lines[0] if lines else one_line(shape.name or ""))
    yield "\n".join(lines)


def _diagram(shape: GraphicFrame) -> Iterator[Said]:
    yield "\n".join(diagram_lines(_part_of(shape, "relIds", f"{_REL}dm").blob))


def _file(shape: GraphicFrame) -> Iterator[Said]:
    """A file that was put into the slide, such as a table of Excel."""
    yield _description(shape)
    name = one_line(shape.element.xpath("string(.//p:oleObj/@name)") or shape.name or "")
    part = _part_of(shape, "oleObj", f"{_REL}id")
    ending = PurePosixPath(part.partname).suffix
    yield Embedded(name if ending == ".bin" else name + ending, part.blob, "embedded file")


_KINDS = (
    ("/table", "table"),
    ("/chart", "chart"),
    ("/diagram", "diagram"),
    ("/ole", "embedded file"),
    ("/chartex", "chart"),
)
_READERS = {"table": _table, "chart": _chart, "diagram": _diagram, "embedded file": _file}


def _part_of(shape: GraphicFrame, element: str, attribute: str) -> Any:  # noqa: ANN401
    """The part of the file that an element inside the frame names."""
    named = next(shape.element.iter(f"{{*}}{element}"))
    return shape.part.related_part(named.get(attribute))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _description(shape: BaseShape) -> str:
    """The alternative text that the author wrote for an image, unless it is only a file name."""
    properties = shape.element.xpath(".//p:cNvPr")
    described = one_line(properties[0].get("descr") or "") if properties else ""
    return "" if described.lower().endswith(_FILE_ENDINGS) else described
