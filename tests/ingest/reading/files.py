"""Makes real files of every kind that Pinpoint reads, small ones with words that are known."""

import gzip
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pptx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.reading.ole import msg, xls


def pdf(path: Path, pages: list[list[str]], outline: dict[int, str] | None = None, protected: bool = False) -> Path:
    """A PDF with these lines on its pages and with outline entries by page, protected with a password or not."""
    canvas = Canvas(str(path), pagesize=A4, encrypt="geheim" if protected else None)
    for number, lines in enumerate(pages, 1):
        if outline and number in outline:
            canvas.bookmarkPage(str(number))
            canvas.addOutlineEntry(outline[number], str(number))
        for place, line in enumerate(lines):
            canvas.drawString(72, 770 - 14 * place, line)
        canvas.showPage()
    canvas.save()
    return path


def scan(path: Path) -> Path:
    """A PDF that is a drawing without a letter."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    return path


def word(path: Path) -> Path:
    """A Word document with a title, two headings, a list and a table."""
    document = docx.Document()
    document.add_heading("Handbook", 0)
    document.add_heading("Holidays", 1)
    paragraph = document.add_paragraph("Everyone has ")
    paragraph.add_run("thirty days").bold = True
    paragraph.add_run(" a year; 3 * 4 < 20 & a_b_c # [x].")
    document.add_paragraph("Ask in time", style="List Bullet")
    document.add_heading("Travel", 1)
    rows = [("City", "Hotel", "Price"), ("Oslo", "Fjord", "120"), ("Rome", "Foro", "95")]
    table = document.add_table(0, 3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def slides(path: Path) -> Path:
    """Three slides, the second of them empty, the third with notes and a table."""
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "Results"
    first.placeholders[1].text = "Sales grew by *a fifth*\n# not a heading"
    show.slides.add_slide(show.slide_layouts[6])
    last = show.slides.add_slide(show.slide_layouts[5])
    last.shapes.title.text = "Plan"
    table = last.shapes.add_table(2, 2, 0, 0, 9_000_000, 900_000).table
    for (row, column), text in {(0, 0): "Step", (0, 1): "Month", (1, 0): "Hire", (1, 1): "May"}.items():
        table.cell(row, column).text = text
    last.notes_slide.notes_text_frame.text = "Mention the budget"
    show.save(str(path))
    return path


def workbook(path: Path) -> Path:
    """Two sheets: prices with a gap, and one with a title over its table."""
    book = openpyxl.Workbook()
    prices = book.active
    prices.title = "Prices"
    for row in (["Fruit", "Price", "Since"], ["Apple", 3, None], ["Pear", 2.5, "May"]):
        prices.append(row)
    staff = book.create_sheet("Staff")
    for row in (["Staff of the year"], ["Name", "Town"], ["Ada", "London"]):
        staff.append(row)
    book.save(path)
    return path


def old_workbook(path: Path) -> Path:
    """The prices as an Excel 97 file."""
    path.write_bytes(xls({"Prices": [["Fruit", "Price"], ["Apple", 3.0], ["Pear", 2.5]]}))
    return path


def outlook(path: Path) -> Path:
    """An e-mail as Outlook saves it."""
    path.write_bytes(msg("Lunch", "ada@example.org", "bob@example.org", "At noon in the park, *not* at one."))
    return path


def mail(path: Path, html: str | None = None) -> Path:
    """An e-mail with a plain body, or only a formatted one, and an attachment."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Größe des Zelts", "ada@example.org", "bob@example.org"
    message["Date"] = "Fri, 01 Mar 2024 10:00:00 +0000"
    if html:
        message.set_content(html, subtype="html")
    else:
        message.set_content("Das Zelt hat drei Meter.\n")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="plan.pdf")
    path.write_bytes(message.as_bytes())
    return path


def epub(path: Path) -> Path:
    """An e-book of two chapters."""
    chapter = "<html><head><title>x</title></head><body><h1>{}</h1><p>{}</p></body></html>"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
        )
        book.writestr(
            "book.opf",
            '<?xml version="1.0"?><package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>Two tales</dc:title><dc:creator>Ada</dc:creator></metadata><manifest>"
            '<item id="a" href="a.xhtml"/><item id="b" href="b.xhtml"/></manifest>'
            '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
        )
        book.writestr("a.xhtml", chapter.format("The fox", "A fox ran."))
        book.writestr("b.xhtml", chapter.format("The owl", "An owl slept."))
    return path


def articles(path: Path, count: int = 2) -> Path:
    """The Simple Wikipedia file in small."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for number in range(count):
            article = {"id": str(number), "title": f"Town {number}", "paragraphs": ["It is old.", "It has a river."]}
            file.write(json.dumps(article) + "\n")
    return path
