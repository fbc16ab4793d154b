"""The parts of a Word document that is made in memory, and the archive of them that the reader opens."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO

from ingest.reading.formats.as_word.markup import attribute

_SCHEMAS = "http://schemas.openxmlformats.org/"
_RELATIONS = _SCHEMAS + "officeDocument/2006/relationships"
_NAMESPACES = {
    "w": _SCHEMAS + "wordprocessingml/2006/main",
    "r": _RELATIONS,
    "m": _SCHEMAS + "officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_MARGINS = {"header": "hdr", "footer": "ftr"}


@dataclass(slots=True)
class Parts:
    """The parts as texts: body, styles and lists; the notes of each kind; headers and footers in their order."""

    body: str = ""
    styles: str = ""
    lists: str = ""
    notes: dict[str, list[str]] = field(default_factory=dict)
    margins: list[tuple[str, str]] = field(default_factory=list)

    def add_note(self, kind: str, content: str, author: str = "") -> int:
        """Keep a "footnote", an "endnote" or a "comment". Returns its number, for the mark in the text."""
        kept = self.notes.setdefault(kind, [])
        number = len(kept) + 1
        by = f" w:author={attribute(author)}" if author else ""
        kept.append(f'<w:{kind} w:id="{number}"{by}>{content}</w:{kind}>')
        return number

    def archive(self) -> BytesIO:
        """The document, as the reader of Word documents takes it."""
        parts = {
            "styles": _element("styles", self.styles),
            "numbering": _element("numbering", self.lists),
            **{f"{kind}s": _element(f"{kind}s", "".join(kept)) for kind, kept in self.notes.items()},
        }
        kinds = {name: name for name in parts}
        marks = []
        for number, (kind, content) in enumerate(self.margins):
            name = f"{kind}{number}"
            parts[name], kinds[name] = _element(_MARGINS[kind], content), kind
            marks.append(f'<w:{kind}Reference w:type="default" r:id="{name}"/>')
        body = f"<w:body>{self.body}<w:sectPr>{''.join(marks)}</w:sectPr></w:body>"
        archive = BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
            file.writestr("_rels/.rels", _relations({"word/document.xml": "officeDocument"}))
            file.writestr("word/document.xml", _element("document", body))
            file.writestr("word/_rels/document.xml.rels", _relations({f"{name}.xml": kinds[name] for name in parts}))
            for name, content in parts.items():
                file.writestr(f"word/{name}.xml", content)
        return archive


def _element(name: str, content: str) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    return f"<w:{name} {spaces}>{content}</w:{name}>"


def _relations(targets: dict[str, str]) -> str:
    links = (
        f'<Relationship Id="{name.partition(".")[0]}" Type="{_RELATIONS}/{kind}" Target="{name}"/>'
        for name, kind in targets.items()
    )
    return f'<Relationships xmlns="{_SCHEMAS}package/2006/relationships">{"".join(links)}</Relationships>'
