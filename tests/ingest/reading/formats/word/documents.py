"""Makes Word documents from the XML of their parts, so that a test says exactly what is in the file."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.reading.formats.docx import read

_OPEN = "http://schemas.openxmlformats.org/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
NAMESPACES = {
    "w": _OPEN + "wordprocessingml/2006/main",
    "r": _OPEN + "officeDocument/2006/relationships",
    "m": _OPEN + "officeDocument/2006/math",
    "mc": _OPEN + "markup-compatibility/2006",
    "wp": _OPEN + "drawingml/2006/wordprocessingDrawing",
    "a": _OPEN + "drawingml/2006/main",
    "pic": _OPEN + "drawingml/2006/picture",
    "c": _OPEN + "drawingml/2006/chart",
    "dgm": _OPEN + "drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wps": _MICROSOFT + "word/2010/wordprocessingShape",
    "cx": _MICROSOFT + "drawing/2014/chartex",
}
_ROOTS = {"header": "hdr", "footer": "ftr"}
_PARSED = ("styles", "numbering", "comments", "footnotes", "endnotes", "settings", "header", "footer")
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.title().replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "heading 1", "heading 2", "heading 3", "toc 1", "toc heading")
)


def element(name: str, content: str) -> str:
    """An element with all the namespaces that a part may use."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    return f"<{name} {spaces}>{content}</{name}>"


def document(path: Path, body: str, files: Mapping[str, tuple[str, str | bytes]] | None = None, **parts: str) -> Path:
    """A Word document.

    Args:
        path: Where it is written.
        body: What is in its body.
        files: Other files inside it by their names, each with its kind, such as "aFChunk", and its content.
        parts: What is in its other parts, such as `comments` or `header1`. The id of a part is its name.
    """
    made: dict[str, tuple[str, str | bytes]] = {}
    for name, inner in {"styles": STYLES, **parts}.items():
        kind = name.rstrip("0123456789")
        assert kind in _PARSED
        made[f"{name}.xml"] = kind, element(f"w:{_ROOTS.get(kind, kind)}", inner)
    made.update(files or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _relations({"word/document.xml": ("officeDocument", "")}))
        archive.writestr("word/document.xml", element("w:document", f"<w:body>{body}</w:body>"))
        archive.writestr("word/_rels/document.xml.rels", _relations(made))
        for name, (_, content) in made.items():
            archive.writestr(f"word/{name}", content)
    return path


def _relations(targets: dict[str, tuple[str, str | bytes]]) -> str:
    links = "".join(
        f'<Relationship Id="{name.partition(".")[0]}" Type="{NAMESPACES["r"]}/{kind}" Target="{name}"/>'
        for name, (kind, _) in targets.items()
    )
    return f'<Relationships xmlns="{_OPEN}package/2006/relationships">{links}</Relationships>'


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs or other elements. What is no element becomes a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, level: int = 0, of: int = 1, style: str = "") -> str:
    """A paragraph of a list."""
    return p(text, style=style, properties=numbered(level, of))


def numbered(level: int, of: int) -> str:
    """The property that a paragraph is numbered."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'


def level(number: int, text: str, kind: str = "decimal", more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, nums: str = "") -> str:
    """The definition of list 1, and of others that use it too."""
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{nums}'
    )


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells. What is no element becomes a cell with that text."""
    made = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def cell(text: str = "", span: int = 1, down: str = "") -> str:
    """A cell over so many columns; `down` is "restart" or "continue" where it is merged with those below or above."""
    merged = f'<w:vMerge w:val="{down}"/>' if down else ""
    inner = text if text.startswith("<") else p(text)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{inner}</w:tc>'


def text_box(*paragraphs: str) -> str:
    """A text box as Word writes it: for new programs, and again for old ones."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    new = drawing(f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>")
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def drawing(graphic: str, description: str = "", size: tuple[int, int] = (100, 100)) -> str:
    """A drawing in the text."""
    return (
        f'<w:drawing><wp:inline><wp:extent cx="{size[0]}" cy="{size[1]}"/><wp:docPr id="1" name="Drawing" '
        f'descr="{description}"/><a:graphic><a:graphicData>{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def field(instruction: str, result: str, before: str = "") -> str:
    """A field in three runs and its result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{before}</w:fldChar></w:r><w:r><w:instrText> {instruction} '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def parts(path: Path) -> list[tuple[str | None, str]]:
    """The headings and texts of a document's sections."""
    return [(one.heading, one.text) for one in read(path).sections if isinstance(one, Section)]


def text(path: Path) -> str:
    """The text of a document without headings."""
    assert [heading for heading, _ in parts(path)] in ([None], [])
    return "".join(text for _, text in parts(path))


def not_read(path: Path) -> list[NotRead]:
    """What was not read of a document."""
    return [one for one in read(path).sections if isinstance(one, NotRead)]
