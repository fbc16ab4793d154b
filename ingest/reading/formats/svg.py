"""SVG drawings: the words in them, one line for each text, after the title of the drawing.

External entities are never fetched, and a file that defines entities of its own is refused.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml  # type: ignore[import-untyped]
import defusedxml.ElementTree  # type: ignore[import-untyped]

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents

_ENTITIES = (
    "This drawing uses abbreviations of its own (entities), which cannot be read. Save it without them and add it."
)
# What is defined and not shown where it stands.
_NOT_SHOWN = frozenset({"defs", "metadata", "script", "style", "symbol"})


def read(path: Path) -> Contents:
    """Read the words of a drawing. Raises CannotRead where it is not XML or defines entities."""
    try:
        root = defusedxml.ElementTree.parse(path).getroot()
    except defusedxml.DefusedXmlException as error:
        raise CannotRead(_ENTITIES) from error
    pictures = sum(1 for element in _shown(root) if _local(element.tag) == "image")
    return Contents([Section("\n".join(filter(None, _lines(root)))), *(NotRead("picture") for _ in range(pictures))])


def _lines(root: Element) -> Iterator[str]:
    for element in _shown(root):
        name = _local(element.tag)
        if name in {"title", "desc"}:
            yield one_line(element.text or "")
        elif name == "text":
            yield from _lines_of_text(element)
        elif name == "foreignObject":
            yield one_line(" ".join(element.itertext()))


def _shown(element: Element) -> Iterator[Element]:
    """The elements that a person sees, in their order; of a text, only itself."""
    for child in element:
        if not isinstance(child.tag, str) or _local(child.tag) in _NOT_SHOWN:
            continue
        yield child
        if _local(child.tag) not in {"text", "foreignObject"}:
            yield from _shown(child)


def _lines_of_text(element: Element) -> Iterator[str]:
    """The lines of a text: a part that begins at a place of its own is one."""
    line = element.text or ""
    for part in element:
        if part.get("x") is not None:
            yield one_line(line)
            line = ""
        line += "".join(part.itertext()) + (part.tail or "")
    yield one_line(line)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
