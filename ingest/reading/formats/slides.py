"""PowerPoint presentations: one section per slide, its title as the heading, the speaker notes below its text.

Slides are read shape by shape. In Markdown, the asterisks and brackets on a slide would be read as marks.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pptx
from pptx.chart.chart import Chart
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide

from ingest.document import Section
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents
from ingest.reading.formats import tables

_FILE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".svg")
# The format's own limit (ISO/IEC 29500-1, ST_TextIndentLevelType).
_DEEPEST = 8


def read(path: Path) -> Contents:
    """Read the slides that contain text. `page` is the number of the slide."""
    slides = pptx.Presentation(str(path)).slides
    found = (_section(slide, number) for number, slide in enumerate(slides, 1))
    return Contents((section for section in found if section), len(slides))


def _section(slide: Slide, number: int) -> Section | None:
    title = slide.shapes.title
    heading = one_line(title.text_frame.text) if title is not None else ""
    skipped = title.shape_id if title is not None and heading else None
    parts = [part for shape in _in_reading_order(slide.shapes) if shape.shape_id != skipped for part in _parts(shape)]
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None and notes.text.strip():
        parts.append("Notes: " + notes.text.strip())
    text = "\n\n".join(filter(None, (clean(part).strip() for part in parts)))
    if text or heading:
        return Section(text or heading, page=number, heading=heading if text and heading else None)
    return None


def _in_reading_order(shapes: Iterable[BaseShape]) -> list[BaseShape]:
    """Sort shapes from top to bottom, then from left to right. A shape without a position comes first."""
    return sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))


def _parts(shape: BaseShape) -> Iterator[str]:
    if isinstance(shape, GroupShape):
        for inner in _in_reading_order(shape.shapes):
            yield from _parts(inner)
    elif isinstance(shape, GraphicFrame) and shape.has_table:
        rows = [[one_line(cell.text) for cell in row.cells] for row in shape.table.rows]
        yield "\n".join(tables.lines(rows, headed=bool(shape.table.first_row)))
    elif isinstance(shape, GraphicFrame) and shape.has_chart:
        yield "\n".join(_chart(shape.chart))
    elif isinstance(shape, Shape):
        yield "\n".join(
            "  " * min(paragraph.level, _DEEPEST) + paragraph.text.strip() for paragraph in shape.text_frame.paragraphs
        )
    else:
        yield _description(shape)


def _chart(chart: Chart) -> Iterator[str]:
    if chart.has_title and chart.chart_title.has_text_frame:
        yield chart.chart_title.text_frame.text
    for plot in chart.plots:
        names = [str(category) for category in plot.categories]
        for series in plot.series:
            values = ["" if value is None else f"{value:g}" for value in series.values]
            yield f"{series.name}: {tables.row_line(values, names)}"


def _description(shape: BaseShape) -> str:
    """The alternative text that the author wrote for an image, unless it is only a file name."""
    properties = shape.element.xpath(".//p:cNvPr")
    described = one_line(properties[0].get("descr") or "") if properties else ""
    return "" if described.lower().endswith(_FILE_ENDINGS) else described
