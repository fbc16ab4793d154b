"""Equations (Office Math) as a line of text: `a/b`, `x^2`, `√(x+1)`, `∑_(i=1)^n i`."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from ingest.reading.formats.word.markup import value

_PROPERTIES = frozenset({"w:del", "w:moveFrom", "w:rPr"})
# A function and its argument, then signs between factors that nobody sees.
_APPLIES, _UNSEEN = "\u2061", re.compile("[\u2062-\u2064]")
_PLAIN = re.compile(r"[-+−]?[\w.]*(?:[\u0300-\u036f]\w*)*")
_OVERLINE = "\u0305"


def equation(element: Element) -> str:
    """The text of an equation (m:oMath) or of a paragraph of them (m:oMathPara), each on a line."""
    if element.tag == "m:oMathPara":
        return "\n".join(filter(None, (equation(one) for one in element.findall("m:oMath"))))
    return " ".join(_UNSEEN.sub("", _all(element)).replace(_APPLIES, " ").split())


def _all(element: Element | None) -> str:
    return "".join(_part(child) for child in element) if element is not None else ""


def _part(element: Element) -> str:
    if element.tag in {"m:t", "w:t"}:
        return element.text or ""
    if element.tag in _PROPERTIES or element.tag.endswith("Pr"):
        return ""
    form = _FORMS.get(element.tag)
    return form(element) if form else _all(element)


def _child(element: Element, name: str) -> str:
    return _all(element.find(name))


def _grouped(text: str) -> str:
    """In brackets, unless it is one number or name or is in brackets already."""
    is_one = len(text) == 1 or _PLAIN.fullmatch(text.strip()) or _is_bracketed(text)
    return text if is_one else f"({text})"


def _is_bracketed(text: str) -> bool:
    return text.startswith("(") and text.find(")") == len(text) - 1


def _fraction(element: Element) -> str:
    over, under = _child(element, "m:num"), _child(element, "m:den")
    if value(element, "m:fPr/m:type", "m:val") == "noBar":
        return f"{over} ¦ {under}"
    return f"{_grouped(over)}/{_grouped(under)}"


def _bracketed(element: Element) -> str:
    signs = (("m:begChr", "("), ("m:sepChr", "|"), ("m:endChr", ")"))
    begin, between, end = (_sign(element, f"m:dPr/{name}", usual) for name, usual in signs)
    return begin + between.join(_all(part) for part in element.findall("m:e")) + end


def _sign(element: Element, path: str, usual: str) -> str:
    """A sign that the equation may set; an empty one is set to be empty."""
    found = value(element, path, "m:val")
    return usual if found is None else found


def _scripted(element: Element) -> str:
    return _grouped(_child(element, "m:e")) + _scripts(element)


def _scripts(element: Element) -> str:
    below, above = _child(element, "m:sub"), _child(element, "m:sup")
    return (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")


def _scripted_before(element: Element) -> str:
    return f"{_scripts(element)} {_child(element, 'm:e')}"


def _root(element: Element) -> str:
    return f"{_child(element, 'm:deg')}√{_grouped(_child(element, 'm:e'))}"


def _sum(element: Element) -> str:
    return f"{_sign(element, 'm:naryPr/m:chr', '∫')}{_scripts(element)} {_child(element, 'm:e')}"


def _function(element: Element) -> str:
    return f"{_child(element, 'm:fName')} {_child(element, 'm:e')}"


def _limit(sign: str) -> Callable[[Element], str]:
    return lambda element: f"{_child(element, 'm:e')}{sign}{_grouped(_child(element, 'm:lim'))}"


def _accented(element: Element) -> str:
    return _child(element, "m:e") + _sign(element, "m:accPr/m:chr", "\u0302")


def _barred(element: Element) -> str:
    return _child(element, "m:e") + _OVERLINE


def _matrix(element: Element) -> str:
    rows = (", ".join(_all(cell) for cell in row.findall("m:e")) for row in element.findall("m:mr"))
    return f"[{'; '.join(rows)}]"


def _lines(element: Element) -> str:
    return "; ".join(_all(line).replace("&", "") for line in element.findall("m:e"))


def _phantom(element: Element) -> str:
    return "" if value(element, "m:phantPr/m:show", "m:val") in {"0", "off", "false"} else _child(element, "m:e")


_FORMS: dict[str, Callable[[Element], str]] = {
    "m:f": _fraction,
    "m:d": _bracketed,
    "m:sSup": _scripted,
    "m:sSub": _scripted,
    "m:sSubSup": _scripted,
    "m:sPre": _scripted_before,
    "m:rad": _root,
    "m:nary": _sum,
    "m:func": _function,
    "m:limLow": _limit("_"),
    "m:limUpp": _limit("^"),
    "m:acc": _accented,
    "m:bar": _barred,
    "m:m": _matrix,
    "m:eqArr": _lines,
    "m:phant": _phantom,
}
