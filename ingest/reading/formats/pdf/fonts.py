"""The font of a letter on a PDF page: its size as a person sees it, and whether it is bold."""

import ctypes
import re

import pypdfium2
from pypdfium2.raw import (
    FS_MATRIX,
    FPDFText_GetFontInfo,
    FPDFText_GetFontSize,
    FPDFText_GetFontWeight,
    FPDFText_GetMatrix,
)

_BOLD = 600
# TeX's bold fonts have "bx" in their names: CMBX12, SFBX1095.
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|(?:\b|\+)(?:cm|sf|ec|la)(?:ss)?bx", re.IGNORECASE)
# PDFium guesses the weight of a font that is not in the file, and its guess for Times is bold.
_PLAIN_NAME = re.compile(r"roman|regular|italic|oblique|light|book\b", re.IGNORECASE)
_NAME_BYTES = 128


def is_bold(page: pypdfium2.PdfTextPage, character: int) -> bool:
    """Whether the letter is bold: its font's name says it, or else the font's weight."""
    name = ctypes.create_string_buffer(_NAME_BYTES)
    FPDFText_GetFontInfo(page, character, name, _NAME_BYTES, ctypes.c_int())
    named = name.value.decode(errors="replace")
    if _BOLD_NAME.search(named):
        return True
    return not _PLAIN_NAME.search(named) and FPDFText_GetFontWeight(page, character) >= _BOLD


def font_size(page: pypdfium2.PdfTextPage, character: int) -> float:
    """The size of the letter's font in points, as it is drawn; 0.0 where the file does not tell it."""
    matrix = FS_MATRIX()
    if not FPDFText_GetMatrix(page, character, matrix):
        return 0.0
    return float(FPDFText_GetFontSize(page, character) * (matrix.b**2 + matrix.d**2) ** 0.5)
