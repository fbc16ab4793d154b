"""Makes what the PDF modules hand to each other: pieces of printed lines, rules and open pages."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.rule import Rule


def piece(text: str, left: float, top: float, height: float = 11, letter: float = 5, bold: bool = False) -> Line:
    """A piece of a printed line, each of its letters equally wide."""
    return Line(text, left, top - height, left + letter * len(text), top, bold)


def grid_rules(xs: list[float], ys: list[float]) -> list[Rule]:
    """The rules of a table, each from one end of the table to the other."""
    vertical = [Rule(True, x, min(ys), max(ys)) for x in xs]
    return vertical + [Rule(False, y, min(xs), max(xs)) for y in ys]


def drawn_page(
    path: Path, draw: Callable[[Canvas], None], size: tuple[float, float] = A4, rotation: int = 0
) -> pypdfium2.PdfPage:
    """The first page of a PDF that was drawn with reportlab, opened with PDFium; `size` is as one looks at the page."""
    canvas = Canvas(str(path), pagesize=size)
    if rotation:
        canvas.setPageRotation(rotation)
    draw(canvas)
    canvas.save()
    return pypdfium2.PdfDocument(path)[0]
