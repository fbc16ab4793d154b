"""Equations of Office as one line of text: `x=(-b±√(b^2-4ac))/2a`.

Source: ISO/IEC 29500-1, 22.1 (Office Math).
"""

from lxml import etree

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DEEPEST = 40
_PARTS = ("num", "den", "e", "sub", "sup", "deg", "fName")


def equation_text(element: etree._Element, depth: int = 0) -> str:
    """The text of an equation or of a part of one, without marks of its format."""
    if depth > _DEEPEST:
        return "".join(text.text or "" for text in element.iter(f"{MATH}t"))
    name = str(element.tag).removeprefix(MATH)
    if name == "t":
        return element.text or ""
    if name in {"d", "mr", "eqArr", "m"}:
        return _several(element, name, depth)
    if name not in {"f", "sSup", "sSub", "sSubSup", "nary", "rad", "func"}:
        return "".join(equation_text(child, depth + 1) for child in element)
    parts = {str(child.tag).removeprefix(MATH): equation_text(child, depth + 1) for child in element}
    return _joined(element, name, {part: parts.get(part, "") for part in _PARTS})


def _joined(element: etree._Element, name: str, parts: dict[str, str]) -> str:
    """A part whose own parts have roles: above and below, base and exponent."""
    if name == "f":
        return f"{_whole(parts['num'])}/{_whole(parts['den'])}"
    if name == "nary":
        return f"{_mark(element, 'chr', '∫')}{_raised(parts)} {parts['e']}"
    if name == "rad":
        return f"{parts['deg']}√({parts['e']})"
    if name == "func":
        return f"{parts['fName']} {parts['e']}"
    return parts["e"] + _raised(parts)


def _several(element: etree._Element, name: str, depth: int) -> str:
    """A part with several others side by side: those in brackets, those of a matrix."""
    inner = [equation_text(child, depth + 1) for child in element if child.tag in {f"{MATH}e", f"{MATH}mr"}]
    if name == "d":
        between = _mark(element, "sepChr", "|").join(inner)
        return f"{_mark(element, 'begChr', '(')}{between}{_mark(element, 'endChr', ')')}"
    return ("; " if name == "m" else ", ").join(inner)


def _raised(parts: dict[str, str]) -> str:
    low, high = parts["sub"], parts["sup"]
    return (f"_{_whole(low)}" if low else "") + (f"^{_whole(high)}" if high else "")


def _whole(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _mark(element: etree._Element, name: str, usual: str) -> str:
    found = next(element.iterfind(f"{MATH}{element.tag.removeprefix(MATH)}Pr/{MATH}{name}"), None)
    return usual if found is None else found.get(f"{MATH}val", "")
