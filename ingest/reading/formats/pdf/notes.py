"""What people wrote onto a PDF page: text that is typed on it, and comments with their authors.

A comment whose words are printed on the page, too, as some programs copy what is highlighted, is left out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

import pypdfium2
from pypdfium2.raw import (
    FPDF_ANNOT_CARET,
    FPDF_ANNOT_CIRCLE,
    FPDF_ANNOT_FREETEXT,
    FPDF_ANNOT_HIGHLIGHT,
    FPDF_ANNOT_INK,
    FPDF_ANNOT_LINE,
    FPDF_ANNOT_POLYGON,
    FPDF_ANNOT_POLYLINE,
    FPDF_ANNOT_SQUARE,
    FPDF_ANNOT_SQUIGGLY,
    FPDF_ANNOT_STAMP,
    FPDF_ANNOT_STRIKEOUT,
    FPDF_ANNOT_TEXT,
    FPDF_ANNOT_UNDERLINE,
    FS_QUADPOINTSF,
    FPDFAnnot_CountAttachmentPoints,
    FPDFAnnot_GetAttachmentPoints,
    FPDFAnnot_GetSubtype,
    FPDFAnnot_HasKey,
)

from ingest.reading.formats.layout.line import HYPHEN_MARKS, Line
from ingest.reading.formats.pdf.annotations import Annotation, annotation_box, annotation_string, annotations
from ingest.reading.placed import Box, wholly

_MARKUPS = {FPDF_ANNOT_HIGHLIGHT, FPDF_ANNOT_UNDERLINE, FPDF_ANNOT_SQUIGGLY, FPDF_ANNOT_STRIKEOUT}
_DRAWINGS = {FPDF_ANNOT_CIRCLE, FPDF_ANNOT_INK, FPDF_ANNOT_LINE, FPDF_ANNOT_POLYGON, FPDF_ANNOT_POLYLINE}
_COMMENTS = _MARKUPS | _DRAWINGS | {FPDF_ANNOT_TEXT, FPDF_ANNOT_SQUARE, FPDF_ANNOT_STAMP, FPDF_ANNOT_CARET}
# In points: the usual height of text that is typed on a page.
_USUAL_SIZE = 12.0
_LONGEST_QUOTE, _MOST_QUADS = 120, 50


class Placed(Protocol):
    """A line or a table, which has a top and a bottom in points."""

    @property
    def bottom(self) -> float: ...
    @property
    def top(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on a page, in words, and its vertical middle in points."""

    text: str
    middle: float


@dataclass(frozen=True, slots=True)
class Written:
    """What people wrote onto a page: the lines that are typed on it, at their places, and the comments."""

    lines: tuple[Line, ...] = ()
    notes: tuple[Note, ...] = ()


def written(page: pypdfium2.PdfPage, pieces: Sequence[Line]) -> Written:
    """Find what people wrote onto a page.

    Args:
        page: The page.
        pieces: What is printed on it, which is not found once more.

    Returns:
        The lines and the comments, in the order of the file.
    """
    lines: list[Line] = []
    notes: dict[str, Note] = {}
    with annotations(page) as found:
        kinds = [(one, FPDFAnnot_GetSubtype(one)) for one in found]
        told = [(one, kind, annotation_string(one, "Contents").strip()) for one, kind in kinds if _may_tell(kind)]
        for one, kind, text in told:
            box = annotation_box(page, one)
            if not text or box is None or FPDFAnnot_HasKey(one, b"StateModel") or _is_printed(text, kind, box, pieces):
                continue
            if kind == FPDF_ANNOT_FREETEXT:
                lines += _typed_lines(text, *box)
            else:
                comment = _comment(text, annotation_string(one, "T"), _quoted(page, one) if kind in _MARKUPS else "")
                notes.setdefault(comment, Note(comment, (box[1] + box[3]) / 2))
    return Written(tuple(lines), tuple(notes.values()))


def notes_by_part(notes: Sequence[Note], parts: Sequence[Sequence[Placed]]) -> list[list[str]]:
    """The comments of each part of a page: a comment belongs to the part with the item that is nearest to it.

    Args:
        notes: The comments of the page.
        parts: The lines and tables of each part. Where there is none, the comments are a part of their own.

    Returns:
        The texts of the comments, one list a part.
    """
    found: list[list[str]] = [[] for _ in parts]
    if notes and not found:
        found.append([])
    for note in notes:
        far = [min((_distance(note, item) for item in items), default=inf) for items in parts]
        found[far.index(min(far)) if far else 0].append(note.text)
    return found


def _distance(note: Note, item: Placed) -> float:
    return max(0.0, item.bottom - note.middle, note.middle - item.top)


def _is_printed(text: str, kind: int, box: Box, pieces: Sequence[Line]) -> bool:
    """Whether the page has the words printed where the annotation marks them, or where they are typed."""
    if kind != FPDF_ANNOT_FREETEXT and kind not in _MARKUPS:
        return False
    left, bottom, right, top = box
    under = (line for line in pieces if line.left < right and left < line.right and bottom <= line.middle <= top)
    return _letters(text) in _letters("".join(line.text for line in under))


def _may_tell(kind: int) -> bool:
    return kind == FPDF_ANNOT_FREETEXT or kind in _COMMENTS


def _typed_lines(text: str, left: float, bottom: float, right: float, top: float) -> list[Line]:
    """The lines of a text that is typed into a box, from the top of the box."""
    texts = [line for line in map(_on_one_line, re.split(r"[\r\n]+", text)) if line]
    size = min(_USUAL_SIZE, (top - bottom) / max(len(texts), 1))
    return [
        Line(wholly(line, box), *box)
        for n, line in enumerate(texts)
        if (box := (left, top - (n + 1) * size, right, top - n * size))
    ]


def _comment(text: str, author: str, quoted: str) -> str:
    by = f" by {name}" if (name := _on_one_line(author)) else ""
    on = f" on “{quoted}”" if quoted else ""
    return f"Comment{by}{on}: {_on_one_line(text)}"


def _quoted(page: pypdfium2.PdfPage, annotation: Annotation) -> str:
    """The printed words that a comment marks; empty where they are many."""
    text, found = page.get_textpage(), []
    for index in range(min(FPDFAnnot_CountAttachmentPoints(annotation), _MOST_QUADS)):
        quad = FS_QUADPOINTSF()
        if FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            # The points are at the edges of the letters; a letter of the next line must not come in.
            inset = (max(ys) - min(ys)) / 5
            found.append(text.get_text_bounded(min(xs), min(ys) + inset, max(xs), max(ys) - inset))
    quoted = _on_one_line(" ".join(found))
    return quoted if len(quoted) <= _LONGEST_QUOTE else ""


def _on_one_line(text: str) -> str:
    return " ".join(re.sub(f"[{HYPHEN_MARKS}]", "", text).split())


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
