"""The XML inside a Word document, with short names: an element is "w:p", an attribute "w:val".

Both namespaces of the format (transitional and strict) get the same short names. A part with entities is refused.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element

import defusedxml.ElementTree  # type: ignore[import-untyped]

_SCHEMAS = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
# What both namespaces of the format have, by the end of its address.
_SHARED = {
    "w": ("wordprocessingml/2006/main", "wordprocessingml/main"),
    "r": ("officeDocument/2006/relationships", "officeDocument/relationships"),
    "m": ("officeDocument/2006/math", "officeDocument/math"),
    "wp": ("drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
    "a": ("drawingml/2006/main", "drawingml/main"),
    "pic": ("drawingml/2006/picture", "drawingml/picture"),
    "c": ("drawingml/2006/chart", "drawingml/chart"),
    "dgm": ("drawingml/2006/diagram", "drawingml/diagram"),
}
_PREFIXES = {
    _SCHEMAS + "markup-compatibility/2006": "mc",
    _SCHEMAS + "package/2006/relationships": "rel",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    _MICROSOFT + "word/2010/wordprocessingShape": "wps",
    _MICROSOFT + "drawing/2014/chartex": "cx",
    "http://www.w3.org/XML/1998/namespace": "xml",
    **{_SCHEMAS + ends[0]: prefix for prefix, ends in _SHARED.items()},
    **{_STRICT + ends[1]: prefix for prefix, ends in _SHARED.items()},
}
_OFF = frozenset({"0", "false", "off", "none"})


def parse(file: IO[bytes]) -> Element:
    """Parse one part of a document. Raises ParseError or a ValueError of defusedxml where it is no sound XML."""
    root: Element = defusedxml.ElementTree.parse(file).getroot()
    short: dict[str, str] = {}
    for element in root.iter():
        element.tag = short.get(element.tag) or _shortened(element.tag, short)
        if element.attrib:
            attributes = element.attrib.items()
            element.attrib = {short.get(name) or _shortened(name, short): text for name, text in attributes}
    return root


def find(element: Element | None, path: str) -> Element | None:
    """The first element on a path of short names below `element`, such as "w:pPr/w:rPr"; None where there is none."""
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(name)
    return element


def value(element: Element | None, path: str, name: str = "w:val") -> str | None:
    """The attribute of the first element on this path below `element`; None where there is none."""
    found = find(element, path)
    return found.get(name) if found is not None else None


def number(text: str | None, default: int = 0) -> int:
    """A whole number that is written out, or the default where there is none."""
    try:
        return int(text or "")
    except ValueError:
        return default


def switch(element: Element | None, name: str) -> bool | None:
    """Whether the property `name` is on or off in this list of properties; None where it does not say."""
    found = element.find(name) if element is not None else None
    return None if found is None else (found.get("w:val") or "on") not in _OFF


def chosen(alternatives: Element) -> Iterator[Element]:
    """The forms of the same content (mc:AlternateContent), the preferred one first. Only one of them is shown."""
    yield from alternatives.findall("mc:Choice")
    yield from alternatives.findall("mc:Fallback")


def _shortened(name: str, short: dict[str, str]) -> str:
    address, brace, local = name.removeprefix("{").partition("}")
    prefix = _PREFIXES.get(address) if brace else None
    short[name] = f"{prefix}:{local}" if prefix else name
    return short[name]
