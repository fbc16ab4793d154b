"""The text of a chart: its titles, then a line for each series, with each value after its category.

Source: ISO/IEC 29500-1, 21.2 (DrawingML, charts). The values are those that the file keeps beside its workbook.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

from ingest.reading.clean import one_line
from ingest.reading.formats import tables

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SIMPLE_FORMAT = re.compile(r'([^\d#?.,;%"\[\]\\]?)(#,##)?0(\.0+)?(%)?(?:;.*)?')
_MOST_POINTS = 32_000  # the program's own limit of a series


def chart_lines(root: etree._Element) -> Iterator[str]:
    """The lines of a chart, from its XML. There is no line of a series without values."""
    if root.tag == f"{_CX}chartSpace":
        yield from _newer_chart(root)
    chart = root.find(f"{_C}chart")
    area = chart.find(f"{_C}plotArea") if chart is not None else None
    if chart is None or area is None:
        return
    yield from filter(None, [_title(chart)])
    axes = (_title(axis) for axis in area if str(axis.tag).endswith("Ax"))
    yield from (f"Axis: {title}" for title in axes if title)
    for series in area.iter(f"{_C}ser"):
        yield from _series(series)


def has_values(root: etree._Element) -> bool:
    """Whether the file keeps a value of the chart, in place of only naming a workbook that has them."""
    names = {f"{_C}val", f"{_C}yVal", f"{_CX}numDim"}
    return any(next(element.iter(f"{_C}v", f"{_CX}pt"), None) is not None for element in root.iter(*names))


def _newer_chart(root: etree._Element) -> Iterator[str]:
    """The lines of a chart of the kinds that came in 2016, such as a waterfall ([MS-ODRAWXML] 2.24.3)."""
    titles = (one_line("".join(text.text or "" for text in title.iter(f"{_A}t"))) for title in root.iter(f"{_CX}title"))
    yield from filter(None, titles)
    series = {
        element.get("val"): parent for parent in root.iter(f"{_CX}series") for element in parent.iter(f"{_CX}dataId")
    }
    for data in root.iter(f"{_CX}data"):
        names = next((dict(_newer_points(level)) for level in data.iterfind(f"{_CX}strDim/{_CX}lvl")), {})
        for level in data.iterfind(f"{_CX}numDim/{_CX}lvl"):
            values = {place: shown(text, level.get("formatCode", "")) for place, text in _newer_points(level)}
            line = tables.row_line([*values.values()], [names.get(place, "") for place in values])
            owner = series.get(data.get("id"))
            name = "" if owner is None else one_line("".join(text.text or "" for text in owner.iter(f"{_CX}v")))
            yield ": ".join(filter(None, [name, line]))


def _newer_points(level: etree._Element) -> Iterator[tuple[int, str]]:
    for point in level.iterfind(f"{_CX}pt"):
        place = point.get("idx", "")
        if place.isascii() and place.isdigit() and len(place) < 6:
            yield int(place), one_line(point.text or "")


def _title(element: etree._Element) -> str:
    title = element.find(f"{_C}title")
    return _words(title) if title is not None else ""


def _words(element: etree._Element) -> str:
    paragraphs = ("".join(run.text or "" for run in part.iter(f"{_A}t")) for part in element.iter(f"{_A}p"))
    said = one_line(" ".join(paragraphs))
    return said or one_line(" ".join(value.text or "" for value in element.iter(f"{_C}v")))


def _series(series: etree._Element) -> Iterator[str]:
    name = series.find(f"{_C}tx")
    names = _categories(series, "cat") or _categories(series, "xVal")
    values = _values(series, "val") or _values(series, "yVal")
    places = sorted(values)
    line = tables.row_line([values[place] for place in places], [names.get(place, "") for place in places])
    if line:
        yield ": ".join(filter(None, [_words(name) if name is not None else "", line]))
    labels = (_words(label) for label in series.iterfind(f"{_C}dLbls/{_C}dLbl/{_C}tx"))
    yield from filter(None, labels)


def _categories(series: etree._Element, name: str) -> dict[int, str]:
    """The names of the categories by their place. Those of several levels are joined, the outer one first."""
    element = series.find(f"{_C}{name}")
    levels = [] if element is None else list(element.iter(f"{_C}lvl"))
    if not levels:
        return _values(series, name)
    inner, *outer = (dict(_points(level)) for level in levels)
    for level in outer:
        above = ""
        for place in range(max(inner, default=-1) + 1):
            above = level.get(place, above)
            if place in inner:
                inner[place] = f"{above} {inner[place]}".strip()
    return inner


def _values(series: etree._Element, name: str) -> dict[int, str]:
    element = series.find(f"{_C}{name}")
    if element is None:
        return {}
    code = next((found.text or "" for found in element.iter(f"{_C}formatCode")), "")
    is_number = next(element.iter(f"{_C}numRef", f"{_C}numLit"), None) is not None
    return {place: shown(text, code) if is_number else text for place, text in _points(element)}


def _points(element: etree._Element) -> Iterator[tuple[int, str]]:
    for point in element.iter(f"{_C}pt"):
        place, value = point.get("idx", ""), point.find(f"{_C}v")
        if value is not None and place.isascii() and place.isdigit() and len(place) < 6 and int(place) < _MOST_POINTS:
            yield int(place), one_line(value.text or "")


def shown(text: str, code: str) -> str:
    """A number as its format shows it, where that is a plain one, a percentage or a date.

    >>> shown("0.256", "0.0%"), shown("1234567", "#,##0"), shown("45658", "yyyy\\\\-mm\\\\-dd")
    ('25.6%', '1,234,567', '2025-01-01')
    """
    try:
        number = float(text)
        if code and is_date_format(code):
            found = from_excel(number)
            return f"{found:%Y-%m-%d}" if isinstance(found, datetime) else text
    except (ValueError, OverflowError, TypeError):
        return text
    fitting = _SIMPLE_FORMAT.fullmatch(code)
    if fitting is None:
        return f"{number:.10g}"
    sign, thousands, decimals, percent = fitting.groups()
    places = len(decimals or ".") - 1
    return f"{sign}{number * (100 if percent else 1):{',' if thousands else ''}.{places}f}{percent or ''}"
