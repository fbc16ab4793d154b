"""The lines of a PDF page, in the order of the file, each with its place on the page."""

import re
from dataclasses import dataclass

import pypdfium2
from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

# PDFium puts the two halves of a hyphenated word on one line, with a mark where the page has the line's end.
HYPHEN_MARKS = "\x02\ufffe"
_LINE = re.compile(f"[^\r\n{HYPHEN_MARKS}]+[{HYPHEN_MARKS}]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Places are in points (1/72 inch) from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """How tall the line is: its font's height, not that of its letters."""
        return self.top - self.bottom


def lines(page: pypdfium2.PdfTextPage) -> list[Line]:
    """The lines of a page that bear text. One that ends with a hyphen ends with PDFium's mark for it."""
    found = []
    text = page.get_text_range()
    start = position = 0
    for piece in _LINE.finditer(text):
        # PDFium counts in units of UTF-16.
        start += _units(text[position : piece.start()])
        position = piece.start()
        written = piece.group()
        if stripped := written.strip():
            first = start + _units(written[: len(written) - len(written.lstrip())])
            last = first + _units(stripped) - 1
            found.append(_placed(page, stripped, first, last))
    return found


def _placed(page: pypdfium2.PdfTextPage, text: str, first: int, last: int) -> Line:
    boxes = [box for index in (first, last) if (box := _box(page, index))] or [(0.0, 0.0, 0.0, 0.0)]
    return Line(
        text,
        left=min(box[0] for box in boxes),
        bottom=min(box[1] for box in boxes),
        right=max(box[2] for box in boxes),
        top=max(box[3] for box in boxes),
    )


def _box(page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    character = FPDFText_GetCharIndexFromTextIndex(page, index)
    if character < 0:
        return None
    try:
        left, bottom, right, top = page.get_charbox(character, loose=True)
    except pypdfium2.PdfiumError:
        return None
    return left, bottom, right, top


def _units(text: str) -> int:
    return len(text) + sum(1 for character in text if character > "\uffff")
