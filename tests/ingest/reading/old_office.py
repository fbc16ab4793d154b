"""Old Office files, OpenDocument files and a rich text for tests, small ones with words that are known.

No library writes the old ones. `old_files` has two that LibreOffice made: a contract with numbered headings, a
deletion, hidden words, notes, a comment, merged cells and a text box, and a plan with a table.
"""

import lzma
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.ingest.reading.ole import ole_file

_FOLDER = Path(__file__).parent / "old_files"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{short}="{_SPACE}:{long}:1.0"'
    for short, long in {
        "office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing",
        "presentation": "presentation", "svg": "svg-compatible", "manifest": "manifest", "chart": "chart",
    }.items()
)  # fmt: skip
SPACES = f'{_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
TEXT, SLIDES = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "presentation"))


def contract() -> bytes:
    """The contract as an old Word document."""
    return lzma.decompress((_FOLDER / "contract.doc.xz").read_bytes())


def plan_streams() -> dict[str, bytes]:
    """The streams of the plan, an old PowerPoint presentation."""
    data = lzma.decompress((_FOLDER / "plan.ppt.xz").read_bytes())
    length = int.from_bytes(data[:4], "little")
    return {"Current User": data[4 : 4 + length], "PowerPoint Document": data[4 + length :]}


def old_word(path: Path) -> Path:
    """The contract in a file."""
    path.write_bytes(contract())
    return path


def old_slides(path: Path) -> Path:
    """The plan in a file."""
    path.write_bytes(ole_file(plan_streams()))
    return path


def rich_text(path: Path, body: str = r"{\b Letter}\par The gate opens at \u8364\'80 six.\par") -> Path:
    """A rich text with a table of fonts and one of styles."""
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial;}"
        r"{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset128 MS Gothic;}}{\colortbl;\red0\green0\blue0;}"
        r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\sbasedon0 heading 1;}{\*\cs10 Strong;}}"
    )
    path.write_bytes(f"{head}\n{body}}}".encode("cp1252"))
    return path


def open_document(
    path: Path,
    body: str,
    styles: str = "",
    automatic: str = "",
    more: Mapping[str, str] | None = None,
    kind: str = TEXT,
) -> Path:
    """An OpenDocument file. `styles` are those of the document, `automatic` those of its text."""
    holder = "text" if kind == TEXT else "presentation"
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{holder}>{body}</office:{holder}></office:body></office:document-content>"
    )
    sheet = f"<office:document-styles {SPACES}>{styles}</office:document-styles>"
    parts = {"mimetype": kind, "content.xml": content, "styles.xml": sheet, **(more or {})}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return path


def open_text(path: Path) -> Path:
    """An OpenDocument text with a heading, a list and a table."""
    table = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell><text:p>{cell}</text:p></table:table-cell>' for cell in row)}"
        "</table:table-row>"
        for row in (("City", "Hotel", "Price"), ("Oslo", "Fjord", "120"), ("Rome", "Foro", "95"))
    )
    item = "<text:list-item><text:p>Ask in time</text:p></text:list-item>"
    body = (
        '<text:h text:outline-level="1">Travel</text:h><text:p>Everyone has thirty<text:s text:c="2"/>days.</text:p>'
        f"<text:list>{item}</text:list><table:table>{table}</table:table>"
    )
    return open_document(path, body)


def open_slides(path: Path) -> Path:
    """An OpenDocument presentation of two slides."""
    return open_document(
        path, slide("Results", frame("Sales grew.")) + slide("Plan", frame("Hire in May.")), kind=SLIDES
    )


def slide(title: str, *shapes: str, more: str = "") -> str:
    """A slide with a title."""
    top = f'<draw:frame presentation:class="title"><draw:text-box><text:p>{title}</text:p></draw:text-box></draw:frame>'
    return f"<draw:page{more}>{top}{''.join(shapes)}</draw:page>"


def frame(text: str, place: str = "", kind: str = "") -> str:
    """A text box at a place, such as `svg:y="2cm"`."""
    named = f' presentation:class="{kind}"' if kind else ""
    return f"<draw:frame {place}{named}><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"
