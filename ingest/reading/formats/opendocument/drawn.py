"""What is drawn in an OpenDocument file: text boxes, shapes, descriptions of pictures, charts, formulas, objects."""

import re

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.formats.as_word import Flow, run
from ingest.reading.formats.as_word.drawn import described, text_box
from ingest.reading.formats.opendocument.body import Body, is_shape
from ingest.reading.formats.opendocument.formulas import formula_markup
from ingest.reading.formats.opendocument.source import Element, attribute, local
from ingest.reading.formats.opendocument.tables import table_markup

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt|pc|px)")
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}
# As in a Word document: smaller pictures are logos and ornaments. In centimetres.
_PICTURE_WIDTH, _PICTURE_HEIGHT = 5.0, 2.5
_DEEPEST = 50


def drawn_markup(shape: Element, body: Body, depth: int = 0) -> str:
    """What a shape shows, as runs of a paragraph. What is not read of it is named."""
    if depth > _DEEPEST:
        raise RecursionError("groups are nested without end")
    if local(shape) in {"g", "a"}:
        inner = (drawn_markup(one, body, depth + 1) for one in shape if is_shape(one))
        return described(_description(shape)) + "".join(inner)
    if local(shape) == "frame":
        return _frame(shape, body)
    content = body.inside(shape)
    return described(_description(shape)) + (text_box(content) if "<w:t" in content else "")


def length(element: Element, name: str) -> float:
    """A length in centimetres; 0 where there is none."""
    found = _LENGTH.fullmatch(attribute(element, name).strip())
    return float(found[1]) * _CENTIMETRES[found[2]] if found else 0.0


def _frame(frame: Element, body: Body) -> str:
    """A frame holds the same content in several forms. The first that can be read is shown."""
    name = one_line(attribute(frame, "name"))
    for content in frame:
        kind = local(content)
        if kind == "text-box":
            return text_box(body.inside(content))
        if kind == "table":
            return text_box(table_markup(content, body.inside))
        if kind == "object":
            return described(_description(frame)) + _object(content, name, body)
        if kind in {"object-ole", "plugin", "applet", "floating-frame"}:
            body.shared.not_read.append(NotRead("embedded object", name))
            return described(_description(frame))
    described_as = _description(frame)
    is_picture = any(local(content) == "image" for content in frame)
    if is_picture and not described_as and _is_large(frame):
        body.shared.not_read.append(NotRead("picture", name))
    return described(described_as)


def _object(element: Element, name: str, body: Body) -> str:
    root = body.shared.source.inner(element)
    if root is None:
        body.shared.not_read.append(NotRead("embedded object", name))
        return ""
    if formula := formula_markup(root):
        return formula
    chart = next(root.iter("{*}chart"), None)
    if chart is not None:
        return _chart(chart, name, body)
    table = next(root.iter("{*}spreadsheet"), None)
    tables = [] if table is None else list(table.iterchildren("{*}table"))
    if not tables:
        body.shared.not_read.append(NotRead("embedded object", name))
    return "".join(text_box(table_markup(one, body.inside)) for one in tables)


def _chart(chart: Element, name: str, body: Body) -> str:
    """The titles of a chart and the table of its values; it is named where it has none."""
    flow = Flow()
    for title in chart.iter("{*}title", "{*}subtitle"):
        flow.add(run(one_line(" ".join("".join(part.itertext()) for part in title.iter("{*}p")))))
        flow.end_paragraph("")
    table = next(chart.iter("{*}table"), None)
    if table is None:
        body.shared.not_read.append(NotRead("chart", name))
    else:
        flow.block(table_markup(table, body.inside))
    return text_box(flow.markup())


def _description(shape: Element) -> str:
    found = ("".join(one.itertext()) for one in shape.iterchildren("{*}desc", "{*}title"))
    return next(filter(None, map(one_line, found)), "")


def _is_large(frame: Element) -> bool:
    return length(frame, "width") >= _PICTURE_WIDTH and length(frame, "height") >= _PICTURE_HEIGHT
