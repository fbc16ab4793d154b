"""Pictures: photographs, screenshots and scans, whose text OCR recognises. A TIFF may have many pages.

The lines of a page become text as those of a scan in a PDF do, with its columns, tables and paragraphs.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.contents import Contents, PagesRead
from ingest.reading.file_types import file_type
from ingest.reading.formats.layout.columns import in_reading_order
from ingest.reading.formats.layout.continued import ContinuedTables
from ingest.reading.formats.layout.headers_and_footers import without_headers_and_footers
from ingest.reading.formats.layout.hyphens import vocabulary_of
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.looks import headings_by_looks, running_heads
from ingest.reading.formats.layout.parts import PrintedHeadings
from ingest.reading.formats.layout.texts import item_texts
from ingest.reading.formats.picture_pages import MOST_PIXELS, opened_picture, page_places, upright
from ingest.reading.placed import joined, places
from ingest.reading.refusals import NO_WORDS, damaged

logger = logging.getLogger(__name__)

# The height of a usual line, in points. A layout is judged in points, and a picture has only pixels.
_LINE_HEIGHT = 12.0
# What Pillow raises for a damaged picture.
_DAMAGED = (OSError, SyntaxError, ValueError)


def read(path: Path) -> Contents:
    """Read the text of a picture. Raises CannotRead: damaged, too large or without words."""
    return Contents(_sections(path, _places(path, "Picture"), "Picture"))


def read_pages(path: Path) -> Contents:
    """Read the text of a picture that may have several pages. Raises CannotRead as `read` does."""
    places = _places(path, "TIFF")
    return Contents(_sections(path, places, "TIFF"), len(places))


def _places(path: Path, kind: str) -> list[int]:
    try:
        with opened_picture(path) as picture:
            return page_places(picture)
    except _DAMAGED as error:
        raise CannotRead(damaged(file_type(kind))) from error


def _sections(path: Path, numbers: Sequence[int], kind: str) -> Iterator[Section | PagesRead | NotRead]:
    """The text of each page, once all pages are recognised: what recurs on them shows only then."""
    from ingest.reading.formats.ocr import recognise  # noqa: PLC0415 - large, and not needed for a damaged picture

    found: list[list[Line]] = []
    heights: list[int] = []
    broken: list[NotRead] = []
    for number, place in enumerate(numbers, 1):
        yield PagesRead(number - 1, len(numbers), number)
        heights.append(0)
        try:
            pixels = _pixels(path, place)
            heights[-1] = pixels.shape[0]
            found.append(recognise(pixels))
        except _DAMAGED:
            logger.warning("page %d of a picture cannot be read", number, exc_info=True)
            found.append([])
            broken.append(NotRead("page", f"page {number}"))
    yield PagesRead(len(numbers), len(numbers), len(numbers))
    if len(broken) == len(numbers):
        raise CannotRead(damaged(file_type(kind)))
    yield from broken
    if not any(found):
        raise CannotRead(NO_WORDS)
    for number, heading, text in _texts(found):
        page = number if kind == "TIFF" else None
        yield Section(str(text), page, heading, places=places(text, heights[number - 1]))


def _pixels(path: Path, place: int) -> NDArray[np.uint8]:
    """A page as OCR takes it: blue, green, red. The picture itself is out of memory then."""
    with opened_picture(path) as picture:
        picture.seek(place)
        page = upright(picture, MOST_PIXELS)
    return np.ascontiguousarray(np.asarray(page)[:, :, ::-1])


def _texts(found: Sequence[Sequence[Line]]) -> Iterator[tuple[int, str | None, str]]:
    """The page, the heading and the text of each part, of lines in pixels. Words have their places in pixels, too."""
    scale = _LINE_HEIGHT / max(median(line.height for page in found for line in page), 1.0)
    in_points = [[replace(line.scaled(scale), text=line.text) for line in page] for page in found]
    kept = without_headers_and_footers(in_points)
    if not any(kept):
        kept = in_points  # there is no other text than headers and footers
    vocabulary, continued = vocabulary_of(line for page in kept for line in page), ContinuedTables()
    ordered = [continued.page(in_reading_order(page, [])) for page in kept]
    headings = PrintedHeadings(headings_by_looks(ordered), running_heads(ordered))
    for number, items in enumerate(ordered, 1):
        for part in headings.parts(number, items):
            yield number, part.heading, joined("\n\n", [*part.empty_titles, *item_texts(part.items, vocabulary)])
