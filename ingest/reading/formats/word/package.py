"""The parts of a Word document in its zip archive, and which refers to which. A damaged part is named, not fatal."""

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from ingest.reading.formats.word.markup import parse

# What parsing and unpacking raise on damage. RuntimeError is that of a part with a password, or nested too deeply.
DAMAGE = (ParseError, ValueError, LookupError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, OSError)
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """That a part refers to another one: `kind` is the last word of the type, such as "header"."""

    kind: str
    target: str
    external: bool = False


class Package:
    """A Word document as its parts. `damaged` collects the parts that could not be read.

    Raises BadZipFile where the source is no zip archive.
    """

    def __init__(self, source: Path | BytesIO) -> None:
        self._archive = zipfile.ZipFile(source)
        self._names = {name.replace("\\", "/").lower(): name for name in self._archive.namelist()}
        self.damaged: dict[str, None] = {}
        self._relations: dict[str, Mapping[str, Relation]] = {}
        roots = self.relations("")
        found = (relation.target for relation in roots.values() if relation.kind == "officeDocument")
        self.main = next((name for name in found if self.has(name)), _MAIN)

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name.lower() in self._names

    def main_root(self) -> Element:
        """The document itself. Raises what parsing raises, because without it there is nothing to read."""
        with self._archive.open(self._names[self.main.lower()]) as file:
            return parse(file)

    def root(self, name: str) -> Element | None:
        """The parsed part; None where it is missing or damaged."""
        try:
            with self._archive.open(self._names[name.lower()]) as file:
                return parse(file)
        except DAMAGE:
            self.damaged[name] = None
            return None

    def content(self, name: str) -> bytes | None:
        """The bytes of a part; None where it is missing or damaged."""
        try:
            return self._archive.read(self._names[name.lower()])
        except DAMAGE:
            self.damaged[name] = None
            return None

    def relations(self, part: str) -> Mapping[str, Relation]:
        """The relations of a part by their ids; those of the package itself for an empty name."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> Mapping[str, Relation]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        root = self.root(path) if self.has(path) else None
        relations = {}
        for element in root if root is not None else ():
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            kind = element.get("Type", "").rpartition("/")[2]
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            relations[element.get("Id", "")] = Relation(kind, target if external else inside, external)
        return relations

    def named(self, kind: str) -> tuple[str, Element] | None:
        """The name and the root of the document's part of this kind, such as "styles"; None where there is none."""
        relations = self.relations(self.main).values()
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        name = next((one.target for one in relations if one.kind == kind and not one.external), usual)
        root = self.root(name) if self.has(name) else None
        return None if root is None else (name, root)
