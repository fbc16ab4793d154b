"""The straight rules drawn on a PDF page, horizontal or vertical: the lines of ruled tables."""

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
from pypdfium2.raw import (
    FPDF_PAGEOBJ_PATH,
    FPDF_SEGMENT_BEZIERTO,
    FPDF_SEGMENT_MOVETO,
    FPDFPath_CountSegments,
    FPDFPath_GetPathSegment,
    FPDFPathSegment_GetClose,
    FPDFPathSegment_GetPoint,
    FPDFPathSegment_GetType,
)

from ingest.reading.formats.layout.rule import Rule
from ingest.reading.formats.pdf.lines import seen_box
from ingest.reading.placed import Box

# A page with more is a drawing and not a table. A drawing may have millions.
_MOST_OBJECTS, _MOST_RULES = 2000, 1500
# In points: a thinner path is a rule and not a box; a shorter one is part of a drawing.
_THICKEST, _SHORTEST = 3.0, 4.0
_SLANT = 0.5

Point = tuple[float, float]


def rules(page: pypdfium2.PdfPage) -> list[Rule]:
    """Find the rules of a page and the edges of its boxes. A page that is a drawing has none."""
    found: list[Rule] = []
    seen = seen_box(page)
    for count, drawn in enumerate(page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=1)):
        if count >= _MOST_OBJECTS or len(found) > _MOST_RULES:
            return []
        found.extend(_path_rules(drawn, seen))
    return found


def _path_rules(drawn: pypdfium2.PdfObject, seen: Callable[[Box], Box]) -> Iterator[Rule]:
    left, bottom, right, top = seen(drawn.get_bounds())
    if right - left <= _THICKEST or top - bottom <= _THICKEST:
        yield from _segment_rule((left, bottom), (right, top))
        return
    if FPDFPath_CountSegments(drawn) > _MOST_RULES:
        return
    for start, end in _path_segments(drawn):
        box = seen((*start, *end))
        yield from _segment_rule(box[:2], box[2:])


def _segment_rule(one: Point, other: Point) -> Iterator[Rule]:
    width, height = abs(one[0] - other[0]), abs(one[1] - other[1])
    if max(width, height) < _SHORTEST or min(width, height) > max(_SLANT, _THICKEST * (max(width, height) > 12)):
        return
    if height > width:
        yield Rule(True, (one[0] + other[0]) / 2, min(one[1], other[1]), max(one[1], other[1]))
    else:
        yield Rule(False, (one[1] + other[1]) / 2, min(one[0], other[0]), max(one[0], other[0]))


def _path_segments(drawn: pypdfium2.PdfObject) -> Iterator[tuple[Point, Point]]:
    """The straight segments of a path, each as two points of the page."""
    matrix = drawn.get_matrix()
    begun = last = (0.0, 0.0)
    for index in range(FPDFPath_CountSegments(drawn)):
        segment = FPDFPath_GetPathSegment(drawn, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = matrix.on_point(x.value, y.value)
        kind = FPDFPathSegment_GetType(segment)
        if kind == FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind != FPDF_SEGMENT_BEZIERTO:
            yield last, point
        last = point
        if FPDFPathSegment_GetClose(segment):
            yield last, begun
            last = begun
