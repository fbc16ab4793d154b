"""The parts of an Office file (a zip archive) and how they name each other ([ECMA-376 part 2]). Nothing is fetched."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from lxml import etree

# An element of lxml, which has no types.
Element: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Link:
    """One part named by another: its id there, the last word of its type such as `comments`, and its name."""

    id: str
    type: str
    part: str


class Package:
    """An open archive. Names of parts are found whatever their case."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self._names = {name.lower(): name for name in self._archive.namelist()}

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self._names

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names.values())

    def open(self, part: str) -> IO[bytes]:
        """Open a part. Raises KeyError where there is none."""
        return self._archive.open(self._names[part.lower()])

    def root(self, part: str) -> Element:
        """The outermost element of a small part. Raises KeyError or lxml's XMLSyntaxError."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        with self.open(part) as file:
            return etree.fromstring(file.read(), parser)

    def elements(self, part: str, *names: str) -> Iterator[Element]:
        """The elements of a large part with these names, one after the other; each is emptied after its use.

        Raises KeyError, lxml's XMLSyntaxError, or ValueError where bytes are no letters.
        """
        tags = [f"{{*}}{name}" for name in names]
        with self.open(part) as file:
            try:
                for _, element in etree.iterparse(
                    file, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
                ):
                    yield element
                    element.clear(keep_tail=False)
                    parent = element.getparent()
                    while parent is not None and element.getprevious() is not None:
                        del parent[0]
            except OSError as error:
                # lxml says by this error, too, that bytes are no letters. Then the system has no number for it.
                if error.errno is None:
                    raise ValueError("a part has bytes that are no letters") from error
                raise

    def links(self, part: str) -> list[Link]:
        """The parts that a part names. Links out of the file are left out."""
        folder, name = posixpath.split(part)
        beside = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(beside):
            return []
        return [
            Link(link.get("Id", ""), link.get("Type", "").rpartition("/")[2], _target(folder, link.get("Target", "")))
            for link in self.root(beside)
            if isinstance(link.tag, str) and link.get("TargetMode") != "External"
        ]


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute, whatever its namespace; empty where there is none."""
    return next((value for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _target(folder: str, target: str) -> str:
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined)
