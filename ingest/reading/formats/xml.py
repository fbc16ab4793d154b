"""XML files: the text, with the names of the elements where only they explain a value.

External entities are never fetched, and a file that defines entities of its own is refused.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml  # type: ignore[import-untyped]
import defusedxml.ElementTree  # type: ignore[import-untyped]

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.formats import tables

_ENTITIES = (
    "This XML file uses its own abbreviations (entities), which cannot be read. Save it without them and add that."
)
_LONGEST_RECORD = 500


def read(path: Path) -> Contents:
    """Read the whole file as one section. Raises CannotRead where it is not XML or defines entities."""
    try:
        root = defusedxml.ElementTree.parse(path).getroot()
    except defusedxml.DefusedXmlException as error:
        raise CannotRead(_ENTITIES) from error
    return Contents([Section("\n".join(_lines(root)))])


def _lines(element: Element) -> Iterator[str]:
    """The lines of an element: a record on one line, running text as it is, anything else line by line."""
    values = _values(element)
    if _is_mixed(element):
        yield one_line("".join(element.itertext()))
    elif any(len(child) or child.attrib for child in element):
        own = values[: len(values) - sum(1 for child in element if (child.text or "").strip())]
        if own:
            yield _record(own)
        for child in element:
            yield from _lines(child)
    elif len({name for name, _ in values}) == len(values) and sum(len(value) for _, value in values) <= _LONGEST_RECORD:
        yield _record(values)
    else:
        yield from (f"{name}: {value}" for name, value in values)


def _record(values: list[tuple[str, str]]) -> str:
    return tables.row_line([value for _, value in values], [name for name, _ in values])


def _values(element: Element) -> list[tuple[str, str]]:
    """The values of an element: its attributes, its text and its children's texts, each with its name."""
    found = [(_local(name), one_line(value)) for name, value in element.attrib.items()]
    found.append((_local(element.tag), one_line(element.text or "")))
    found.extend((_local(child.tag), one_line(child.text or "")) for child in element)
    return [(name, value) for name, value in found if value]


def _is_mixed(element: Element) -> bool:
    own = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    return len(element) > 0 and bool(own)


def _local(name: str) -> str:
    return name.rpartition("}")[2]
