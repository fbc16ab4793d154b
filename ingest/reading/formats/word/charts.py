"""The text of a chart: its title, and each series with the names and values that Word keeps of it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from ingest.reading.clean import one_line
from ingest.reading.formats import tables
from ingest.reading.formats.word.markup import number

_NAMES, _VALUES = ("c:cat", "c:xVal"), ("c:val", "c:yVal")
_DECIMALS, _DATE, _QUOTED = re.compile(r"\.(0+)%"), re.compile("[yd]", re.I), re.compile(r'"[^"]*"|\[[^]]*\]')
_FIRST_DAY = date(1899, 12, 30)
# The digits after which a computed value is only noise.
_DIGITS = 12


def chart_lines(root: Element) -> Iterator[str]:
    """The lines of a chart: the titles, then one line a series."""
    for title in root.iter("c:title"):
        yield one_line("".join(text.text or "" for text in title.iter("a:t")))
    for series in root.iter("c:ser"):
        names, values = _points(series, _NAMES), _points(series, _VALUES)
        places = sorted(values)
        line = tables.row_line([values[place] for place in places], [names.get(place, "") for place in places])
        name = one_line(" ".join(text.text or "" for text in _below(series, "c:tx", "c:v")))
        if line:
            yield f"{name}: {line}" if name else line


def _points(series: Element, names: tuple[str, ...]) -> dict[int, str]:
    """The points of a series by their places. Of names on several levels, the innermost stand first."""
    points: dict[int, str] = {}
    for name in names:
        form = next((code.text or "" for code in _below(series, name, "c:formatCode")), "")
        for point in _below(series, name, "c:pt"):
            text = _shown(point.findtext("c:v") or "", point.get("formatCode", form))
            points.setdefault(number(point.get("idx"), -1), text)
    return points


def _below(series: Element, name: str, tag: str) -> Iterator[Element]:
    return (found for child in series.findall(name) for found in child.iter(tag))


def _shown(text: str, form: str) -> str:
    """A value as the chart shows it: as a percentage, as a date, or with the digits that mean something."""
    try:
        if "%" in form:
            decimals = _DECIMALS.search(form)
            return f"{float(text):.{len(decimals[1]) if decimals else 0}%}"
        if _DATE.search(_QUOTED.sub("", form)):
            return str(_FIRST_DAY + timedelta(days=int(float(text))))
        return f"{float(text):.{_DIGITS}g}" if "." in text else one_line(text)
    except (ValueError, OverflowError):
        return one_line(text)
