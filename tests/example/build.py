"""Build the example library from its Markdown sources: python tests/example/build.py [FOLDER]

Every source in `sources/` becomes one document of an invented firm. A source is plain Markdown in which a
paragraph, a list item or a table row is one line: `#` headings, `-` and `1.` lists, `|` tables, and `Notes:`
for what the speaker says. The same sources give the same documents: no clock and no chance goes in.
Each fact stands in one place only; `test_example.py` says what else must hold after a change.
"""

from __future__ import annotations

import html
import io
import re
import sys
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt as DocxPt
from docx.text.paragraph import Paragraph as DocxParagraph
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Pt as PptxPt
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
DOCUMENTS = HERE.parents[1] / "ingest" / "example" / "documents"

FIRM = "Velmarsh Ltd"
ISSUED = datetime(2025, 2, 3, 9, 0, 0)
INK = "#1f4e5f"


@dataclass(frozen=True)
class Block:
    """One line of a source. `kind` is heading, text, bullet, step, row or notes; `level` counts the # signs."""

    kind: str
    text: str
    level: int = 0

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return [cell.strip() for cell in self.text.strip("|").split("|")]


def read_blocks(source: str) -> list[Block]:
    """The blocks of a source in their order, without blank lines and the rules under table heads."""
    lines = (line.strip() for line in source.splitlines())
    return [read_block(line) for line in lines if line and not re.fullmatch(r"[|\s-]+", line)]


def read_block(line: str) -> Block:
    """The block that a line stands for."""
    if heading := re.match(r"(#+) (.*)", line):
        return Block("heading", heading[2], len(heading[1]))
    if line.startswith("|"):
        return Block("row", line)
    for kind, pattern in (("bullet", r"- (.*)"), ("step", r"\d+\. (.*)"), ("notes", r"Notes: (.*)")):
        if match := re.match(pattern, line):
            return Block(kind, match[1])
    return Block("text", line)


def split_at_headings(blocks: list[Block], level: int) -> Iterator[tuple[str, list[Block]]]:
    """Pairs of a heading of this level and the blocks under it; what stands before the first one is left out."""
    starts = [i for i, block in enumerate(blocks) if block.kind == "heading" and block.level == level]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        yield blocks[start].text, blocks[start + 1 : end]


# Word


def write_docx(blocks: list[Block]) -> bytes:
    """A Word document: the first heading is the title, each chapter starts on a new page."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", DocxPt(11)
    title, *rest = blocks
    document.add_heading(title.text, 0)
    for block in rest:
        if block.kind == "heading":
            heading = document.add_heading(block.text, block.level)
            heading.paragraph_format.page_break_before = block.level == 1
        else:
            styles = {"bullet": "List Bullet", "step": "List Number"}
            document.add_paragraph(block.text, styles.get(block.kind, "Normal"))
    add_page_number(document.sections[0].footer.paragraphs[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return freeze_zip(buffer.getvalue(), title.text)


def add_page_number(paragraph: DocxParagraph) -> None:
    """Put the field that Word fills with the page number into a footer."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph.add_run("Page ")
    paragraph._p.append(field)


# PowerPoint


def write_pptx(blocks: list[Block]) -> bytes:
    """A slide deck: the title and its subtitle, then one slide with bullets and notes for each `##`."""
    deck = Presentation()
    title, subtitle = blocks[0].text, blocks[1].text
    cover = deck.slides.add_slide(deck.slide_layouts[0])
    cover.shapes.title.text = title
    cover.placeholders[1].text = subtitle
    for heading, body in split_at_headings(blocks, 2):
        add_slide(deck, heading, body)
    buffer = io.BytesIO()
    deck.save(buffer)
    return freeze_zip(buffer.getvalue(), title)


def add_slide(deck: Deck, heading: str, body: list[Block]) -> None:
    """Add a slide with its bullets, and its notes where the source has some."""
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = heading
    bullets = [block.text for block in body if block.kind == "bullet"]
    frame = slide.placeholders[1].text_frame
    frame.text = bullets[0]
    for bullet in bullets[1:]:
        frame.add_paragraph().text = bullet
    for paragraph in frame.paragraphs:
        paragraph.font.size = PptxPt(24)
    for notes in (block.text for block in body if block.kind == "notes"):
        slide.notes_slide.notes_text_frame.text = notes


# Excel


def write_xlsx(blocks: list[Block]) -> bytes:
    """A workbook: one sheet for each `##`, its table as rows of text with a bold first row that stays in view."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for heading, body in split_at_headings(blocks, 2):
        sheet = workbook.create_sheet(heading)
        for row in body:
            sheet.append(row.cells)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column, width in zip("ABCD", (13, 34, 44, 56), strict=True):
            sheet.column_dimensions[column].width = width
            for cell in sheet[column]:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return freeze_zip(buffer.getvalue(), blocks[0].text)


# What the three Office formats share

CORE_PROPERTIES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{title}}</dc:title><dc:creator>{FIRM}</dc:creator>\
<dcterms:created xsi:type="dcterms:W3CDTF">{ISSUED:%Y-%m-%dT%H:%M:%SZ}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{ISSUED:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified></cp:coreProperties>
"""


def freeze_zip(packed: bytes, title: str) -> bytes:
    """Pack an Office file again with its title and the date of issue, which replaces the time of saving."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            is_properties = name == "docProps/core.xml"
            content = CORE_PROPERTIES.format(title=html.escape(title)).encode() if is_properties else old.read(name)
            entry = zipfile.ZipInfo(name, ISSUED.timetuple()[:6])
            new.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


# PDF

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=15, spaceAfter=7)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9.5, leading=12.5, spaceAfter=0)
STEP = ParagraphStyle("step", parent=BODY, leftIndent=18, bulletIndent=0, spaceAfter=4)
TITLE = ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=28, leading=34, spaceAfter=20)
CHAPTER = ParagraphStyle("chapter", parent=BODY, fontName="Helvetica-Bold", fontSize=18, leading=24, spaceAfter=10)
SECTION = ParagraphStyle("section", parent=BODY, fontName="Helvetica-Bold", fontSize=12.5, leading=18, spaceBefore=8)
for _style in (TITLE, CHAPTER, SECTION):
    _style.textColor = HexColor(INK)
CONTENTS = [
    ParagraphStyle("contents1", parent=BODY, fontName="Helvetica-Bold", spaceBefore=3, spaceAfter=0, leading=13),
    ParagraphStyle("contents2", parent=BODY, fontSize=9, leading=10.6, spaceAfter=0, leftIndent=14),
]


def write_pdf(blocks: list[Block]) -> bytes:
    """A PDF with a title page, contents, bookmarks, and a running head and page number on every page after it."""
    title = blocks[0].text
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, title=title, author=FIRM, creator=FIRM, invariant=1)
    frame = Frame(2.3 * cm, 2.2 * cm, A4[0] - 4.6 * cm, A4[1] - 4.6 * cm, id="page")
    document.addPageTemplates(PageTemplate("page", [frame], onPage=draw_page))
    document.afterFlowable = lambda flowable: note_heading(document, flowable)
    document.multiBuild(list(flow(blocks)))
    return buffer.getvalue()


def draw_page(canvas: Canvas, document: BaseDocTemplate) -> None:
    """Draw the running head and the page number; the title page has a coloured band instead."""
    canvas.setFillColor(HexColor(INK))
    if document.page == 1:
        canvas.rect(0, 0, A4[0], 4 * cm, stroke=0, fill=1)
        return
    canvas.setFont("Helvetica", 8.5)
    canvas.drawString(2.3 * cm, A4[1] - 1.5 * cm, document.title)
    canvas.drawRightString(A4[0] - 2.3 * cm, 1.3 * cm, f"Page {document.page}")


def note_heading(document: BaseDocTemplate, flowable: Flowable) -> None:
    """Enter a heading that was just set into the bookmarks and the contents."""
    levels = {"chapter": 0, "section": 1}
    style = getattr(flowable, "style", None)
    if not isinstance(style, ParagraphStyle) or style.name not in levels:
        return
    level, text = levels[style.name], flowable.getPlainText()
    document.canv.bookmarkPage(text)
    document.canv.addOutlineEntry(text, text, level, closed=level == 0)
    document.notify("TOCEntry", (level, html.escape(text), document.page, text))


def flow(blocks: list[Block]) -> Iterator[Flowable]:
    """The manual as reportlab's flowables. No paragraph runs over a page's end, no heading stands alone there."""
    title, *rest = blocks
    first_chapter = next(i for i, block in enumerate(rest) if block.kind == "heading")
    yield Spacer(1, 6 * cm)
    yield Paragraph(html.escape(title.text), TITLE)
    for block in rest[:first_chapter]:
        yield Paragraph(html.escape(block.text), BODY)
    yield PageBreak()
    yield Paragraph("Contents", TITLE)
    yield TableOfContents(levelStyles=CONTENTS, dotsMinLevel=-1)
    for chapter, body in split_at_headings(rest[first_chapter:], 1):
        yield PageBreak()
        yield Paragraph(html.escape(chapter), CHAPTER)
        for section, content in split_at_headings(body, 2):
            heading, *paragraphs = [Paragraph(html.escape(section), SECTION), *section_flow(content)]
            yield KeepTogether([heading, *paragraphs[:1]])
            yield from (KeepTogether([paragraph]) for paragraph in paragraphs[1:])


def section_flow(blocks: list[Block]) -> Iterator[Flowable]:
    """The paragraphs, numbered steps and tables of one section."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        members = list(group)
        if kind == "row":
            yield pdf_table([block.cells for block in members])
        elif kind == "step":
            for number, block in enumerate(members, 1):
                yield Paragraph(html.escape(block.text), STEP, bulletText=f"{number}.")
        else:
            yield from (Paragraph(html.escape(block.text), BODY) for block in members)


def pdf_table(rows: list[list[str]]) -> Flowable:
    """A ruled table as wide as the page; the first column is narrow where there are three."""
    head = ParagraphStyle("head", parent=CELL, fontName="Helvetica-Bold")
    cells = [[Paragraph(html.escape(cell), CELL if i else head) for cell in row] for i, row in enumerate(rows)]
    is_code_list = rows[0][0] == "Code"
    widths = {2: [7 * cm, 9.2 * cm], 3: [1.6 * cm, 5.6 * cm, 9 * cm] if is_code_list else [5.4 * cm] * 3}
    table = Table(cells, colWidths=widths[len(rows[0])], repeatRows=1, spaceBefore=4, spaceAfter=10)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, HexColor("#9fb3ba")),
                ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e3edf0")),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


# Web page and plain text


def write_html(blocks: list[Block]) -> bytes:
    """A web page with its headings and paragraphs."""
    body = [
        f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
        if block.kind == "heading"
        else f"<p>{html.escape(block.text)}</p>"
        for block in blocks
    ]
    head = f'<meta charset="utf-8"><title>{html.escape(blocks[0].text)}</title>'
    style = "<style>body { font: 16px/1.5 sans-serif; max-width: 44em; margin: 2em auto; }</style>"
    page = f'<!doctype html>\n<html lang="en-GB">\n<head>{head}{style}</head>\n<body>\n'
    return (page + "\n".join(body) + "\n</body>\n</html>\n").encode()


def write_text(blocks: list[Block]) -> bytes:
    """A plain letter, wrapped as a mail program would."""
    return ("\n\n".join(textwrap.fill(block.text, 76) for block in blocks) + "\n").encode()


def write_markdown(blocks: list[Block]) -> bytes:
    """The source as it is, one blank line between its blocks."""
    lines = ("#" * block.level + " " + block.text if block.kind == "heading" else block.text for block in blocks)
    return ("\n\n".join(lines) + "\n").encode()


WRITERS: dict[str, Callable[[list[Block]], bytes]] = {
    "employee-handbook.docx": write_docx,
    "otter-60-manual.pdf": write_pdf,
    "onboarding-deck.pptx": write_pptx,
    "prices-and-parts.xlsx": write_xlsx,
    "it-guide.html": write_html,
    "customer-service-faq.md": write_markdown,
    "works-notice.txt": write_text,
}


def build(folder: Path) -> None:
    """Write every document of the example library into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in WRITERS.items():
        source = SOURCES / Path(name).with_suffix(".md").name
        (folder / name).write_bytes(write(read_blocks(source.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
