"""The text of a SmartArt diagram: its points in their order, a line each, indented by their depth.

Source: ISO/IEC 29500-1, 21.4 (DrawingML, diagrams): points, and connections that say which is a part of which.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.reading.clean import one_line

_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TRANSITIONS = ("parTransId", "sibTransId")  # what stands on the arrows
_MOST_INDENTED = 8


@dataclass(slots=True)
class _Points:
    """The texts of the points, the parts of each in their order, and the points that are a part of another."""

    texts: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)


def diagram_lines(data: bytes) -> Iterator[str]:
    """The lines of a diagram, from the XML of its data. Raises lxml's XMLSyntaxError where that is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    points = _points(etree.fromstring(data, parser))
    tops = [number for number in points.parts if number not in points.placed]
    # The diagram itself is a point without a text.
    waiting = [(number, 0 if points.texts.get(number) else -1) for number in reversed([*tops, *points.texts])]
    seen: set[str] = set()
    while waiting:
        number, depth = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        if text := points.texts.get(number):
            yield "  " * min(max(depth, 0), _MOST_INDENTED) + text
        waiting += [(part, depth + 1) for part in reversed(points.parts.get(number, []))]


def _points(root: etree._Element) -> _Points:
    points = _Points()
    for point in root.iter(f"{_D}pt"):
        if point.get("type") != "pres":
            points.texts[point.get("modelId", "")] = _text(point)
    connections = [line for line in root.iter(f"{_D}cxn") if line.get("type", "parOf") == "parOf"]
    for line in sorted(connections, key=lambda line: _order(line.get("srcOrd", ""))):
        part = line.get("destId", "")
        arrows = [line.get(name, "") for name in _TRANSITIONS]
        points.parts.setdefault(line.get("srcId", ""), []).extend([part, *filter(points.texts.get, arrows)])
        points.placed.update([part, *arrows])
    return points


def _order(number: str) -> int:
    return int(number) if number.isascii() and number.isdigit() and len(number) < 12 else 0


def _text(point: etree._Element) -> str:
    paragraphs = point.iterfind(f"{_D}t/{_A}p")
    return "; ".join(filter(None, (one_line("".join(_words(paragraph))) for paragraph in paragraphs)))


def _words(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(f"{_A}t", f"{_A}br"):
        yield element.text or "" if element.tag == f"{_A}t" else " "
