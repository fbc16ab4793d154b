"""What lies over the cells of a sheet: text boxes and charts as text; diagrams, pictures and other charts by name."""

from collections.abc import Iterator, Sequence

from lxml import etree

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.formats import tables
from ingest.reading.formats.excel.number_format import shown
from ingest.reading.formats.excel.package import Element, Link, Package, attribute, local

_MOST_CHARTS, _MOST_POINTS = 200, 1000
_NAMED = {"chartEx": "chart", "diagramData": "diagram"}


def drawn(package: Package, links: Sequence[Link]) -> Iterator[str | NotRead]:
    """The texts of the drawings that a sheet names, and what of them is not read."""
    for link in links:
        if link.type == "drawing" and package.has(link.part):
            try:
                yield from _drawing(package, link.part)
            except (etree.XMLSyntaxError, ValueError):
                yield NotRead("drawing")


def _drawing(package: Package, part: str) -> Iterator[str | NotRead]:
    root, links = package.root(part), package.links(part)
    for shape in root.iter("{*}sp"):
        text = "\n".join(filter(None, (_runs(paragraph) for paragraph in shape.iter("{*}p"))))
        if text:
            yield text
    charts = [link.part for link in links if link.type == "chart" and package.has(link.part)]
    for chart in charts[:_MOST_CHARTS]:
        yield from _chart(package.root(chart))
    yield from (NotRead("chart") for _ in charts[_MOST_CHARTS:])
    for link in links:
        if link.type in _NAMED and package.has(link.part):
            title = next(package.root(link.part).iter("{*}title"), None) if link.type == "chartEx" else None
            yield NotRead(_NAMED[link.type], _runs(title) if title is not None else "")
    for picture in root.iter("{*}pic"):
        described = next(picture.iter("{*}cNvPr"), None)
        yield NotRead("picture", one_line(attribute(described, "descr")) if described is not None else "")


def _chart(root: Element) -> Iterator[str | NotRead]:
    """A chart: its title, the titles of its axes, and a line for each series."""
    titles = [_title(title) for title in root.iter("{*}title")]
    series = [line for element in root.iter("{*}ser") if (line := _series(element))]
    if not series:
        yield NotRead("chart", titles[0] if titles else "")
        return
    yield "\n".join(["Chart: " + " · ".join(filter(None, titles)) if any(titles) else "Chart", *series])


def _series(element: Element) -> str:
    name = _points(element, "tx")
    names = _points(element, "cat") or _points(element, "xVal")
    values = _points(element, "val") or _points(element, "yVal")
    if not values:
        return ""
    row = [values.get(place, "") for place in range(max(values) + 1)]
    line = tables.row_line(row, [names.get(place, "") for place in range(len(row))])
    return f"{name[min(name)]}: {line}" if name else line


def _points(element: Element, kind: str) -> dict[int, str]:
    """The texts or numbers of one part of a series, by their places."""
    part = next(element.iterchildren(f"{{*}}{kind}"), None)
    if part is None:
        return {}
    code = next((one.text or "" for one in part.iter("{*}formatCode")), "General")
    found = {}
    for point in part.iter("{*}pt"):
        place, value = attribute(point, "idx"), next(point.iterchildren("{*}v"), None)
        if place.isdecimal() and int(place) < _MOST_POINTS and value is not None and value.text:
            found[int(place)] = _value(one_line(value.text), code)
    literal = next((one for one in part if local(one) == "v" and one.text), None)
    return found or ({0: one_line(literal.text or "")} if literal is not None else {})


def _value(text: str, code: str) -> str:
    try:
        return shown(float(text), code)
    except ValueError:
        return text


def _title(title: Element) -> str:
    cached = " ".join(one_line(value.text or "") for value in title.iter("{*}v"))
    return _runs(title) or cached


def _runs(element: Element) -> str:
    """The text of the runs in an element, in one line."""
    return one_line("".join(run.text or "" for run in element.iter("{*}t")))
