"""Which pages of a PDF are read by OCR: scans, drawn letters, and pages whose text layer is not what a person sees.

The text layer is judged, not counted: a stamp over a scan is not the text of the page, and neither are glyph numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.pdf.legible import legibility

# A page is a scan where images cover more than this share of it and it has fewer letters than this.
_COVERED, _STRAY_LETTERS = 0.5, 20
# A scan with fewer letters than this may have only a stamp as its text, and a few letters cannot be judged.
_MOST_STAMPED, _FEWEST_JUDGED = 400, 12
# A text layer is tried against OCR below the first figure. OCR reads better where it is above the second, by the third.
_DOUBTED, _LEGIBLE, _BETTER = 0.45, 0.6, 0.25
# After so many pages of a document on which OCR reads no better, as in program listings, it is not tried any more.
_MOST_IN_VAIN = 4
# 200 dpi: with less, small print is lost.
_PIXELS_PER_POINT = 200 / 72
# The share of a page that is ink, where there is print on it; and how light paper is, and how dark ink, of 255.
_LEAST_INK, _MOST_INK, _PAPER, _INK = 0.004, 0.3, 0.6, 90


@dataclass(slots=True)
class TextLayers:
    """Judges the text layers of a document's pages, one after the other."""

    in_vain: int = 0

    def needs_ocr(self, page: pypdfium2.PdfPage, pieces: Sequence[Line]) -> bool:
        """Whether the page has text that only OCR can read, as far as this is seen without OCR."""
        letters = _letters(pieces)
        if letters < _STRAY_LETTERS and _is_picture(page, bool(letters)):
            return True
        if letters < _MOST_STAMPED and _image_share(page) > _COVERED and _is_printed_elsewhere(page, pieces):
            return True
        return self.in_vain < _MOST_IN_VAIN and _is_doubted(pieces)

    def better(self, pieces: list[Line], recognised: list[Line]) -> list[Line]:
        """What is to be read of a page: its text layer, or what OCR recognised."""
        if not _is_doubted(pieces):
            return recognised if _letters(recognised) >= _letters(pieces) else pieces
        before, after = _legibility(pieces), _legibility(recognised)
        if after < _LEGIBLE or after < before + _BETTER:
            self.in_vain += 1
            return pieces
        return recognised


def recognise_page(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines that OCR recognises on a page, in no particular order, in points of the page turned upright."""
    # Only here, because it imports large libraries.
    from ingest.reading.formats.ocr import LARGEST_SIDE, recognise  # noqa: PLC0415

    scale = min(_PIXELS_PER_POINT, LARGEST_SIDE / max(*page.get_size(), 1.0))
    return [line.scaled(1 / scale) for line in recognise(page.render(scale=scale).to_numpy())]


def _is_doubted(pieces: Sequence[Line]) -> bool:
    return sum(len(piece.text) for piece in pieces) >= _FEWEST_JUDGED and _legibility(pieces) < _DOUBTED


def _legibility(pieces: Sequence[Line]) -> float:
    return legibility("\n".join(piece.text for piece in pieces))


def _letters(pieces: Sequence[Line]) -> int:
    return sum(len(re.sub(r"\W", "", piece.text)) for piece in pieces)


def _is_picture(page: pypdfium2.PdfPage, lettered: bool) -> bool:
    """Whether an image covers the page, or nothing but drawings is on it."""
    return _image_share(page) > _COVERED or (not lettered and next(iter(page.get_objects()), None) is not None)


def _image_share(page: pypdfium2.PdfPage) -> float:
    """The share of the page that images cover."""
    width, height = page.get_size()
    covered = 0.0
    for drawing in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = drawing.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return float(covered / max(width * height, 1.0))


def _is_printed_elsewhere(page: pypdfium2.PdfPage, pieces: Sequence[Line]) -> bool:
    """Whether a light page has more print outside the text layer than in it, so that the layer is only a stamp."""
    import numpy as np  # noqa: PLC0415 - for few pages

    _, height = page.get_size()
    # At 72 dots per inch, a point is a pixel. A huge page is not a scan of paper.
    if max(page.get_size()) > 3000:
        return False
    image = page.render(scale=1, grayscale=True).to_numpy()
    image = image.reshape(image.shape[0], image.shape[1])
    paper = float(np.percentile(image, 75))
    if np.mean(image > paper - _INK / 3) < _PAPER or paper < 255 - _INK:
        return False
    ink = image < paper - _INK
    total = float(ink.sum())
    for piece in pieces:
        rows = slice(max(0, int(height - piece.top)), max(0, int(height - piece.bottom) + 1))
        ink[rows, max(0, int(piece.left)) : max(0, int(piece.right) + 1)] = False
    outside = float(ink.sum())
    return _LEAST_INK < outside / ink.size < _MOST_INK and outside > 2 * (total - outside)
