"""The XML of an OpenDocument file: the parts in its zip archive, or all of them in one flat file."""

from pathlib import Path

from lxml import etree

from ingest.errors import CannotRead
from ingest.reading.file_types import ZIP, FileType
from ingest.reading.formats.excel.package import Element, Package, attribute, local
from ingest.reading.refusals import protected

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_BROKEN = (KeyError, ValueError, OSError, RuntimeError, EOFError, etree.XMLSyntaxError)


class Source:
    """An opened file. `content` is the outermost element of its text, `styles` that of its styles.

    Raises CannotRead where it is protected with a password.
    """

    def __init__(self, path: Path, kind: FileType) -> None:
        self._package: Package | None = None
        with path.open("rb") as file:
            is_flat = file.read(len(ZIP)) != ZIP
        if is_flat:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            self.content = self.styles = etree.fromstring(path.read_bytes(), parser)
            return
        self._package = Package(path)
        if self._package.has(_MANIFEST) and any(True for _ in self._package.elements(_MANIFEST, "encryption-data")):
            raise CannotRead(protected(kind))
        self.content = self._package.root(_CONTENT)
        self.styles = self._package.root(_STYLES) if self._package.has(_STYLES) else self.content

    def inner(self, drawn: Element) -> Element | None:
        """The XML of an object in the file, such as a chart; None where it has none or is broken."""
        own = next(drawn.iterchildren("{*}document", "{*}math"), None)
        if own is not None or self._package is None:
            return own
        part = f"{attribute(drawn, 'href').removeprefix('./').rstrip('/')}/{_CONTENT}"
        try:
            return self._package.root(part) if self._package.has(part) else None
        except _BROKEN:
            return None


def number(element: Element, name: str, default: int, most: int) -> int:
    """An attribute that is a whole number from 0 on, at most so much."""
    value = attribute(element, name)
    return min(int(value), most) if value.isascii() and value.isdecimal() and len(value) < 10 else default


__all__ = ["Element", "Source", "attribute", "local", "number"]
