"""The annotations of a PDF page: what lies on the page and is not part of its printed text, such as form fields.

A person does not see hidden annotations, so these are left out.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
from pypdfium2.raw import (
    FPDF_ANNOT_FLAG_HIDDEN,
    FPDF_ANNOT_FLAG_NOVIEW,
    FPDF_WCHAR,
    FS_RECTF,
    FPDFAnnot_GetFlags,
    FPDFAnnot_GetRect,
    FPDFAnnot_GetStringValue,
    FPDFPage_CloseAnnot,
    FPDFPage_GetAnnot,
    FPDFPage_GetAnnotCount,
)

from ingest.reading.formats.pdf.lines import seen_box
from ingest.reading.placed import Box

# A page with more is not made by people. Longer strings are cut.
_MOST_ANNOTATIONS, _MOST_BYTES = 5000, 400_000

# PDFium's handle of an annotation. It is valid while the page is open.
Annotation = Any


@contextmanager
def annotations(page: pypdfium2.PdfPage) -> Iterator[list[Annotation]]:
    """The visible annotations of a page, in the order of the file. They are closed at the end of the block."""
    opened = [FPDFPage_GetAnnot(page, index) for index in range(min(FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS))]
    try:
        hidden = FPDF_ANNOT_FLAG_HIDDEN | FPDF_ANNOT_FLAG_NOVIEW
        yield [one for one in opened if one and not FPDFAnnot_GetFlags(one) & hidden]
    finally:
        for one in opened:
            if one:
                FPDFPage_CloseAnnot(one)


def annotation_box(page: pypdfium2.PdfPage, annotation: Annotation) -> Box | None:
    """Where the annotation is on the page as a person sees it, in points; None where the file does not say it."""
    place = FS_RECTF()
    if not FPDFAnnot_GetRect(annotation, place):
        return None
    left, right = sorted((place.left, place.right))
    bottom, top = sorted((place.bottom, place.top))
    return seen_box(page)((left, bottom, right, top))


def annotation_string(annotation: Annotation, key: str) -> str:
    """A string of the annotation's dictionary, such as that of "Contents"; empty where there is none."""
    return wide_string(lambda buffer, size: FPDFAnnot_GetStringValue(annotation, key.encode("ascii"), buffer, size))


def wide_string(get: Callable[[Any, int], int]) -> str:
    """A string from one of PDFium's functions, which fills a buffer and says how many bytes it needs."""
    size = int(get(None, 0))
    if size <= 2 or size > _MOST_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size + 2)
    get(ctypes.cast(buffer, ctypes.POINTER(FPDF_WCHAR)), size)
    return buffer.raw[: size - size % 2].decode("utf-16-le", errors="replace").rstrip("\0")
