"""Comments, footnotes and endnotes: which one a mark in the text leads to, and what it is called."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.reading.clean import one_line
from ingest.reading.formats.word.markup import number, value
from ingest.reading.formats.word.numbers import formatted
from ingest.reading.formats.word.package import Package
from ingest.reading.formats.word.runs import Reference

_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class Note:
    """A comment or a note. `mark` stands in the text, `title` before the note's own text, which is in `content`."""

    mark: str
    title: str
    content: Element
    part: str


class Notes:
    """The comments and notes of a document. Each is given once, at its first mark."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts: dict[str, tuple[str, dict[str, Element]]] = {}
        self._counts: dict[str, int] = {}
        settings = package.named("settings")
        self._settings = settings[1] if settings else None

    def note(self, reference: Reference) -> Note | None:
        """What a mark leads to; None where it is missing or was given before."""
        kind = reference.kind
        part, elements = self._of_kind(kind)
        content = elements.pop(reference.id, None)
        if content is None:
            return None
        if kind == "comment":
            author = one_line(content.get("w:author") or "")
            return Note("", f"Comment by {author}" if author else "Comment", content, part)
        if reference.own_mark:
            return Note("", kind.capitalize(), content, part)
        start = number(value(self._settings, f"w:{kind}Pr/w:numStart"), 1)
        self._counts[kind] = self._counts.get(kind, start - 1) + 1
        form = value(self._settings, f"w:{kind}Pr/w:numFmt") or _FORMATS[kind]
        shown = formatted(self._counts[kind], form)
        return Note(f"[{shown}]", f"{kind.capitalize()} {shown}", content, part)

    def _of_kind(self, kind: str) -> tuple[str, dict[str, Element]]:
        if kind not in self._parts:
            part, root = self._package.named(f"{kind}s") or ("", None)
            found = root.findall(f"w:{kind}") if root is not None else []
            self._parts[kind] = part, {element.get("w:id", ""): element for element in found}
        return self._parts[kind]
