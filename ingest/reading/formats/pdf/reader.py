"""PDF files: one section per part of a page under a heading of the outline, or per page where the outline has none.

All pages are loaded first, because headers and footers are recognised only across pages. Then they become sections.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.contents import Contents, Embedded, PagesRead
from ingest.reading.file_types import file_type
from ingest.reading.formats.layout.columns import in_reading_order
from ingest.reading.formats.layout.continued import ContinuedTables
from ingest.reading.formats.layout.headers_and_footers import without_headers_and_footers
from ingest.reading.formats.layout.hyphens import vocabulary_of
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.looks import headings_by_looks, running_heads
from ingest.reading.formats.layout.parts import PrintedHeadings
from ingest.reading.formats.layout.rule import Rule
from ingest.reading.formats.layout.texts import item_texts
from ingest.reading.formats.pdf.attachments import Attachments
from ingest.reading.formats.pdf.bullets import with_bullets
from ingest.reading.formats.pdf.fields import fields
from ingest.reading.formats.pdf.filled import with_filled_fields
from ingest.reading.formats.pdf.headings import Headings, outline
from ingest.reading.formats.pdf.lines import lines
from ingest.reading.formats.pdf.notes import Note, notes_by_part, written
from ingest.reading.formats.pdf.page_names import page_name
from ingest.reading.formats.pdf.rules import rules
from ingest.reading.formats.pdf.scans import TextLayers, recognise_page
from ingest.reading.placed import joined, places
from ingest.reading.refusals import EMPTY_PAGES, OCR_FOUND_NOTHING, damaged, protected

logger = logging.getLogger(__name__)

_PDF = file_type("PDF")


@dataclass(frozen=True, slots=True)
class _Page:
    pieces: list[Line]
    rules: list[Rule]
    notes: tuple[Note, ...] = ()
    recognised: bool = False
    broken: bool = False
    height: float = 0.0  # in points


def read(path: Path) -> Contents:
    """Read the pages that contain text, with OCR where it is an image. Raises CannotRead: damaged or protected."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}
        raise CannotRead(protected(_PDF) if locked else damaged(_PDF)) from error
    _open_forms(document)
    pages = len(document)
    if pages == 0:
        raise CannotRead(damaged(_PDF))
    return Contents(_document_sections(document), pages)


def _open_forms(document: pypdfium2.PdfDocument) -> None:
    """Make the form fields readable, before the first page is opened. The scripts of a form never run."""
    try:
        document.init_forms()
    except pypdfium2.PdfiumError:
        logger.warning("the form cannot be read", exc_info=True)


def _document_sections(document: pypdfium2.PdfDocument) -> Iterator[Section | PagesRead | Embedded | NotRead]:
    pages: list[_Page] = []
    attachments = Attachments()
    yield from _load_pages(document, pages, attachments)
    printed = [page.pieces for page in pages]
    kept = without_headers_and_footers(printed)
    if not any(kept):
        kept = printed  # there is no other text than headers and footers
    vocabulary = vocabulary_of(piece for pieces in kept for piece in pieces)
    continued = ContinuedTables()
    ordered = [continued.page(in_reading_order(pieces, page.rules)) for pieces, page in zip(kept, pages, strict=True)]
    entries = outline(document)
    headings = Headings(entries) if entries else PrintedHeadings(headings_by_looks(ordered), running_heads(ordered))
    found = False
    for number, (items, page) in enumerate(zip(ordered, pages, strict=True), 1):
        parts = list(headings.parts(number, items))
        said = notes_by_part(page.notes, [part.items for part in parts])
        name = page_name(document, number)
        for part, notes in zip_longest(parts, said, fillvalue=None):
            texts = [*part.empty_titles, *item_texts(part.items, vocabulary)] if part else []
            text = joined("\n\n", [*texts, *(notes or ())])
            found = found or bool(text.strip())
            yield Section(str(text), number, part.heading if part else None, name, places(text, page.height))
    if headings.empty_titles():
        yield Section("\n\n".join(headings.empty_titles()), page=len(pages))
    files = list(attachments.of(document))
    yield from files
    if not found and not headings.empty_titles() and not files:
        raise CannotRead(_why_nothing(pages))


def _why_nothing(pages: Sequence[_Page]) -> str:
    """The sentence for a document without any text."""
    if any(page.recognised for page in pages):
        return OCR_FOUND_NOTHING
    return damaged(_PDF) if any(page.broken for page in pages) else EMPTY_PAGES


def _load_pages(document: pypdfium2.PdfDocument, pages: list[_Page], attachments: Attachments) -> Iterator[PagesRead]:
    """Append the content of each page to `pages`, collect its attachments, and yield the progress."""
    total, ocr_pages, layers = len(document), 0, TextLayers()
    for index in range(total):
        try:
            page = document[index]
            drawn = rules(page)
            pieces = with_bullets(page, lines(page, sorted(rule.place for rule in drawn if rule.vertical)))
            recognised = layers.needs_ocr(page, pieces)
            if recognised:
                ocr_pages += 1
                yield PagesRead(index, total, ocr_pages)
                # OCR also recognises a stamp on the scan.
                pieces = layers.better(pieces, recognise_page(page))
            typed = written(page, pieces)
            pieces = [*with_filled_fields(pieces, fields(page)), *typed.lines]
            pages.append(_Page(pieces, drawn, typed.notes, recognised, height=page.get_height()))
            attachments.add_page(page)
            page.close()
        except pypdfium2.PdfiumError:
            # One broken page is no reason to refuse the others.
            logger.warning("page %d cannot be read", index + 1, exc_info=True)
            pages.append(_Page([], [], broken=True))
        yield PagesRead(index + 1, total, ocr_pages)
