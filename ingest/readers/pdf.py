"""PDF files: a section a page that has text, with the outline's title for it where the file has an outline."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.readers.clean import one_line
from ingest.readers.contents import Contents
from ingest.readers.outline import LONGEST_PATH
from ingest.readers.pdf_lines import lines
from ingest.readers.pdf_paragraphs import paragraphs

log = logging.getLogger(__name__)

_PROTECTED = "This PDF is protected with a password. Save a copy without the password and add that."
_DAMAGED = "This PDF is damaged and cannot be read. Open it in a PDF program, save it anew and add that."


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: `page` counts from 1, `level` from 0 at the top."""

    title: str
    page: int
    level: int


def read(path: Path) -> Contents:
    """The pages that bear text. Raises CannotRead where the file is damaged or protected with a password."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        protected = error.err_code in {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}
        raise CannotRead(_PROTECTED if protected else _DAMAGED) from error
    pages = len(document)
    if pages == 0:
        raise CannotRead(_DAMAGED)
    return Contents(_sections(document, page_headings(outline(document), pages)), pages)


def outline(document: pypdfium2.PdfDocument) -> list[Entry]:
    """The lines of the file's outline that lead to a page, as they stand there."""
    entries = []
    for bookmark in document.get_toc():
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        title = one_line(bookmark.get_title())
        if title and index is not None:
            entries.append(Entry(title, index + 1, bookmark.level))
    return entries


def page_headings(entries: list[Entry], pages: int) -> list[str | None]:
    """The heading of each page: the first outline entry that begins on it, else the last that began before it.

    >>> page_headings([Entry("One", 1, 0), Entry("Part", 3, 1), Entry("Two", 4, 0)], 4)
    ['One', 'One', 'One > Part', 'Two']
    """
    headings: list[str | None] = []
    above: list[Entry] = []
    by_page: dict[int, list[Entry]] = {}
    for entry in entries:
        by_page.setdefault(entry.page, []).append(entry)
    for page in range(1, pages + 1):
        begun = by_page.get(page, [])
        above = _follow(above, _first_branch(begun))
        headings.append(_path(above))
        above = _follow(above, begun)
    return headings


def _first_branch(begun: list[Entry]) -> list[Entry]:
    """The first entry of a page and those right below it: the chapter and its first part."""
    count = 1
    while count < len(begun) and begun[count].level > begun[count - 1].level:
        count += 1
    return begun[:count]


def _follow(above: list[Entry], entries: list[Entry]) -> list[Entry]:
    for entry in entries:
        above = [*(upper for upper in above if upper.level < entry.level), entry]
    return above


def _path(above: list[Entry]) -> str | None:
    if not above:
        return None
    titles = list(dict.fromkeys(entry.title for entry in above[-2:]))
    return path if len(path := " > ".join(titles)) <= LONGEST_PATH else titles[-1]


def _sections(document: pypdfium2.PdfDocument, headings: list[str | None]) -> Iterator[Section]:
    for number, heading in enumerate(headings, 1):
        try:
            text = _page_text(document, number - 1)
        except pypdfium2.PdfiumError:
            # The other pages of a file with a broken one are worth having.
            log.warning("page %d cannot be read", number, exc_info=True)
            continue
        if text.strip():
            yield Section(text, page=number, heading=heading)


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        return "\n\n".join(paragraphs(lines(page.get_textpage())))
    finally:
        page.close()
