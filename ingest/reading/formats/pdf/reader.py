"""PDF files: a section a headed part of a page, or a page, as far as the file's outline names its headings.

All pages are looked at first, because only together they show what recurs on them; then they become sections.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY, FPDF_PAGEOBJ_IMAGE

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.reading.contents import Contents, PagesRead
from ingest.reading.file_types import ONLY_PICTURES, damaged, file_type, protected
from ingest.reading.formats.pdf.columns import Item, in_reading_order
from ingest.reading.formats.pdf.headings import Headings, outline
from ingest.reading.formats.pdf.lines import Line, lines
from ingest.reading.formats.pdf.paragraphs import compounds_of, paragraphs
from ingest.reading.formats.pdf.rules import Rule, rules
from ingest.reading.formats.pdf.running import without_running
from ingest.reading.formats.pdf.tables import Table

log = logging.getLogger(__name__)

_PDF = file_type("PDF")
# A picture over so much of the page, with fewer letters than these beside it, is a scanned page: a stamp or a number
# is not its text.
_COVERED, _STRAY_LETTERS = 0.5, 20


@dataclass(frozen=True, slots=True)
class _Page:
    pieces: list[Line]
    rules: list[Rule]


def read(path: Path) -> Contents:
    """The pages that bear text, be it only as a picture. Raises CannotRead where the file is damaged or protected."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}
        raise CannotRead(protected(_PDF) if locked else damaged(_PDF)) from error
    pages = len(document)
    if pages == 0:
        raise CannotRead(damaged(_PDF))
    return Contents(_read(document), pages)


def _read(document: pypdfium2.PdfDocument) -> Iterator[Section | PagesRead]:
    pages: list[_Page] = []
    yield from _look_at(document, pages)
    kept = without_running([page.pieces for page in pages])
    compounds = compounds_of(piece for pieces in kept for piece in pieces)
    headings = Headings(outline(document))
    found = False
    for number, (pieces, page) in enumerate(zip(kept, pages, strict=True), 1):
        for part in headings.parts(number, in_reading_order(pieces, page.rules)):
            text = "\n\n".join([*part.unsaid, *_texts(part.items, compounds)])
            found = found or bool(text.strip())
            yield Section(text, page=number, heading=part.heading)
    if headings.unsaid():
        yield Section("\n\n".join(headings.unsaid()), page=len(pages))
    elif not found:
        raise CannotRead(ONLY_PICTURES)


def _look_at(document: pypdfium2.PdfDocument, pages: list[_Page]) -> Iterator[PagesRead]:
    """Put what is on each page at the end of `pages`, and say how far that is."""
    total, pictures = len(document), 0
    for index in range(total):
        try:
            page = document[index]
            drawn = rules(page)
            pieces = lines(page, sorted(rule.place for rule in drawn if rule.upright))
            if _is_scanned(page, pieces):
                pictures += 1
                yield PagesRead(index, total, pictures)
                from ingest.reading.formats.pdf.ocr import read_picture  # noqa: PLC0415 - large, and seldom needed

                # A stamp on the scan is seen in its picture as well.
                pieces = read_picture(page) or pieces
            pages.append(_Page(pieces, drawn))
            page.close()
        except pypdfium2.PdfiumError:
            # The other pages of a file with a broken one are worth having.
            log.warning("page %d cannot be read", index + 1, exc_info=True)
            pages.append(_Page([], []))
        yield PagesRead(index + 1, total, pictures)


def _is_scanned(page: pypdfium2.PdfPage, pieces: Sequence[Line]) -> bool:
    """Whether the page's text is in its picture, be it a scan or letters that are drawn."""
    letters = sum(len(re.sub(r"\W", "", piece.text)) for piece in pieces)
    if letters >= _STRAY_LETTERS:
        return False
    width, height = page.get_size()
    covered, drawn = 0.0, False
    for drawing in page.get_objects():
        drawn = True
        if drawing.type == FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = drawing.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > _COVERED * width * height or (drawn and not letters)


def _texts(items: Sequence[Item], compounds: frozenset[str]) -> Iterator[str]:
    """The paragraphs and tables of a part, in their order."""
    run: list[Line] = []
    for item in items:
        if isinstance(item, Table):
            yield from paragraphs(run, compounds)
            run = []
            yield item.text
        else:
            run.append(item)
    yield from paragraphs(run, compounds)
