"""The text of a cell of an OpenDocument sheet."""

from collections.abc import Iterator

from ingest.reading.clean import one_line
from ingest.reading.formats.excel.digits import general
from ingest.reading.formats.excel.number_format import shown
from ingest.reading.formats.excel.package import Element, attribute, local
from ingest.reading.left_empty import NOT_CALCULATED

_LONGEST_FORMULA = 200
_MOST_SPACES = 100


def cell_text(cell: Element) -> str:
    """What the cell showed when the file was saved; else its value; else that its formula was not calculated."""
    text = one_line(" ".join(_paragraph(part) for part in cell.iterchildren("{*}p")))
    if text:
        return text
    stored = _stored(cell)
    formula = attribute(cell, "formula")
    if not stored and formula and not attribute(cell, "value-type"):
        # The name of the language of formulas comes first: "of:=SUM([.A1])".
        return f"={formula.partition('=')[2][:_LONGEST_FORMULA]} {NOT_CALCULATED}"
    return stored


def paragraphs(element: Element) -> Iterator[str]:
    """The paragraphs inside a shape, a comment or a title."""
    return (_paragraph(part) for part in element.iter("{*}p"))


def creator(note: Element) -> str:
    """Who wrote a comment; empty where that is not known."""
    return next((one_line(part.text or "") for part in note.iterchildren("{*}creator")), "")


def _paragraph(element: Element) -> str:
    parts = [element.text or ""]
    for part in element:
        name = local(part)
        if name == "s":
            count = attribute(part, "c")
            parts.append(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 9 else 1))
        elif name in {"tab", "line-break"}:
            parts.append(" ")
        elif name and name != "annotation":
            parts.append("".join(part.itertext()))
        parts.append(part.tail or "")
    return "".join(parts)


def _stored(cell: Element) -> str:
    kind = attribute(cell, "value-type")
    for name in ("string-value", "date-value", "time-value"):
        if value := attribute(cell, name):
            return one_line(value)
    if kind == "boolean":
        return attribute(cell, "boolean-value").upper()
    try:
        number = float(attribute(cell, "value"))
    except ValueError:
        return ""
    return shown(number, "0.##%").replace(".%", "%") if kind == "percentage" else general(number)
