"""Makes PDFs that are laid out as people's are: columns, tables, running heads, outlines, scans, foreign scripts."""

from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

WIDTH, HEIGHT = A4
LEFT, TOP, LEADING = 72, 740, 14
LOREM = (
    "the committee met in the large hall of the old town and spoke about the plans for the new bridge across the river "
    "which the citizens had been waiting for since the flood of the year before and nobody could say how long it takes"
)


def prose(first: int, count: int, width: int = 9) -> list[str]:
    """`count` lines of words, each line with its number in it, so that their order can be seen."""
    words = LOREM.split()
    return [
        " ".join([f"line{number}", *(words[(number * 7 + word) % len(words)] for word in range(width))])
        for number in range(first, first + count)
    ]


def write_lines(canvas: Canvas, x: float, y: float, lines: Sequence[str], size: float = 11) -> None:
    """Put lines below each other."""
    canvas.setFont("Helvetica", size)
    for place, line in enumerate(lines):
        canvas.drawString(x, y - LEADING * place, line)


def running(path: Path, bodies: Sequence[Sequence[str]], heads: Sequence[str], feet: Sequence[str]) -> Path:
    """A PDF with a head and a foot on each page."""
    canvas = Canvas(str(path), pagesize=A4)
    for body, head, foot in zip(bodies, heads, feet, strict=True):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(LEFT, 800, head)
        canvas.drawRightString(WIDTH - LEFT, 40, foot)
        write_lines(canvas, LEFT, TOP, body)
        canvas.showPage()
    canvas.save()
    return path


def outlined(path: Path, pages: Sequence[Sequence[tuple[str, int | None]]]) -> Path:
    """A PDF whose lines are headings where they have a level; those stand in its outline."""
    canvas = Canvas(str(path), pagesize=A4)
    for number, page in enumerate(pages):
        y = TOP
        for place, (line, level) in enumerate(page):
            canvas.setFont("Helvetica-Bold" if level is not None else "Helvetica", 11 if level is None else 14)
            canvas.drawString(LEFT, y, line)
            if level is not None:
                canvas.bookmarkPage(f"{number}.{place}")
                canvas.addOutlineEntry(line, f"{number}.{place}", level)
            y -= LEADING if level is None else 2 * LEADING
        canvas.showPage()
    canvas.save()
    return path


def columns(path: Path, titles: Sequence[str], blocks: Sequence[Sequence[Sequence[str]]]) -> Path:
    """A page of blocks below each other, each a title across it and columns, written into the file row by row."""
    canvas = Canvas(str(path), pagesize=A4)
    y = 780.0
    for title, block in zip(titles, blocks, strict=True):
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawCentredString(WIDTH / 2, y, title)
        y -= 2 * LEADING
        width = (WIDTH - 2 * 40) / len(block)
        canvas.setFont("Helvetica", 9)
        for row in zip_longest(*block, fillvalue=""):
            for column, line in enumerate(row):
                canvas.drawString(40 + column * width, y, line)
            y -= LEADING - 2
        y -= LEADING
    canvas.save()
    return path


def table(path: Path, rows: Sequence[Sequence[str]], ruled: bool, bold: bool = False, above: str = "Before.") -> Path:
    """A table between two lines of text, with rules around its cells or without, its first row bold or not."""
    canvas = Canvas(str(path), pagesize=A4)
    write_lines(canvas, LEFT, TOP, [above])
    style: list[tuple[object, ...]] = [("FONTSIZE", (0, 0), (-1, -1), 10)]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    if bold:
        style.append(("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold"))
    drawn = Table([list(row) for row in rows], style=TableStyle(style), colWidths=[110] * len(rows[0]))
    _, height = drawn.wrapOn(canvas, WIDTH, HEIGHT)
    drawn.drawOn(canvas, LEFT, TOP - 40 - height)
    write_lines(canvas, LEFT, TOP - 80 - height, ["After."])
    canvas.save()
    return path


def page_scan(lines: Sequence[str], rotation: int = 0) -> Image.Image:
    """The image of a page with these lines, as a scanner makes it, at 150 dots per inch."""
    image = Image.new("RGB", (1240, 1754), "white")
    drawing = ImageDraw.Draw(image)
    font = ImageFont.load_default(26)
    for place, line in enumerate(lines):
        drawing.text((150, 150 + 44 * place), line, fill="black", font=font)
    return image.rotate(rotation, expand=True)


def scans(path: Path, pages: Sequence[Image.Image | Sequence[str]], stamp: str = "") -> Path:
    """A PDF of scans, and of pages of text where there are lines. Each scan has a stamp as its only text."""
    canvas = Canvas(str(path), pagesize=A4)
    for page in pages:
        if isinstance(page, Image.Image):
            file = BytesIO()
            page.save(file, "PNG")
            file.seek(0)
            canvas.setPageSize(A4 if page.width < page.height else (HEIGHT, WIDTH))
            canvas.drawImage(ImageReader(file), 0, 0, *((WIDTH, HEIGHT) if page.width < page.height else A4[::-1]))
            canvas.drawString(500, 20, stamp)
        else:
            write_lines(canvas, LEFT, TOP, page)
        canvas.showPage()
    canvas.save()
    return path


def _drawn(signs: str, letters: dict[str, str]) -> str:
    """What draws these signs, with the letter of a sign named beside it where there is one."""
    if signs not in letters:
        return f"({signs}) Tj"
    return f"/Span <</ActualText <FEFF{letters[signs].encode('utf-16-be').hex()}>>> BDC ({signs}) Tj EMC"


def foreign(path: Path, lines: Sequence[str], letters: dict[str, str], beside: bool = False) -> Path:
    """A PDF whose signs stand for other letters: `letters` says what each of them means, as a font's table does.

    With `beside`, the page names the letter of each sign beside it as well, as a browser does that prints Arabic.
    """
    table = "".join(f"<{ord(sign):02X}> <{meant.encode('utf-16-be').hex()}>\n" for sign, meant in letters.items())
    mapping = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{table}endbfchar endcmap end end"
    )
    drawn = [[*line] if beside else [line] for line in lines]
    shown = " ".join(
        f"1 0 0 1 72 {700 - 20 * place} Tm {' '.join(_drawn(piece, letters if beside else {}) for piece in pieces)}"
        for place, pieces in enumerate(drawn)
    )
    content = f"BT /F1 12 Tf {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>",
        f"<< /Length {len(mapping)} >>\nstream\n{mapping}\nendstream",
    ]
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    cross = "".join(f"{place:010d} 00000 n \n" for place in places)
    written += (
        f"xref\n0 7\n0000000000 65535 f \n{cross}trailer << /Size 7 /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF"
    )
    path.write_bytes(written.encode("ascii"))
    return path
