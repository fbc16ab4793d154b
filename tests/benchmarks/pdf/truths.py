"""Makes PDFs whose text is known: columns, tables, headings, hyphens, right-to-left. From reportlab and from Chromium.

Each stands with what a person reads in it, in order, so that what an engine gives can be compared with the truth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path
from random import Random

from playwright.sync_api import PdfMargins, sync_playwright
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ingest.reading import pdfs

CHROMIUM = "/usr/bin/chromium"
Rows = Sequence[Sequence[str]]
WORDS = (pdfs.LOREM + " harbour pilot ledger saddle meadow cellar lantern parish orchard ferry timber kiln").split()


@dataclass(frozen=True, slots=True)
class Truth:
    """A made file: its kind, its text in reading order, and what else is known of it.

    `rows` has the heads of a table and then its rows, the name first; `kept` are words that are to be found whole, and
    `outline` says that the file itself has its headings in an outline.
    """

    path: Path
    kind: str
    text: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    kept: tuple[str, ...] = ()


def truths(folder: Path) -> list[Truth]:
    """All made files, in this folder."""
    return [*_columns(folder), *_tables(folder), *_hyphens(folder), *_outlined(folder), *_from_chromium(folder)]


def _prose(seed: int, count: int) -> str:
    """A paragraph of so many words, each sixth with its number so that no two places are alike."""
    chance = Random(seed)
    return " ".join(f"{chance.choice(WORDS)}{f' n{seed}x{place}' if place % 6 == 5 else ''}" for place in range(count))


def _columns(folder: Path) -> Iterator[Truth]:
    """Columns that the file has row by row, below a title, in one block or two."""
    for number, (count, lines) in enumerate(product((2, 3), (12, 25))):
        blocks = [
            [pdfs.prose(1000 * block + 100 * column, lines, 8 if count == 2 else 5) for column in range(count)]
            for block in range(1 if lines == 25 else 2)
        ]
        titles = [f"The town news, part {block}" for block in range(len(blocks))]
        path = pdfs.columns(folder / f"columns-{number}.pdf", titles, blocks)
        in_order = [
            [title, *(line for column in block for line in column)] for title, block in zip(titles, blocks, strict=True)
        ]
        yield Truth(path, "columns", "\n".join(line for part in in_order for line in part))


_TABLES: tuple[Rows, ...] = (
    (("Part", "Price", "Stock"), ("Valve", "12.50", "31"), ("Seal", "3.20", "7"), ("Hose", "8.00", "112")),
    (
        ("Tariff", "Weekday", "Weekend", "Holiday"), ("Adult", "14", "17", "21"), ("Child", "6", "8", "9"),
        ("Family of four", "33", "41", "48"), ("School class", "75", "90", "98"), ("Dog", "2", "3", "4"),
    ),
    (
        ("Trail", "Length", "Grade"), ("Heron Loop", "4.2 km", "easy"), ("Mill Ridge", "11.8 km", "hard"),
        ("Quarry Path", "7.5 km", "moderate"), ("Fen Walk", "2.9 km", "barrier-free"),
    ),
    (
        ("Item", "Number", "Unit", "Price", "Sum"), ("Oak plank", "12", "m", "9.40", "112.80"),
        ("Brass hinge", "24", "piece", "3.15", "75.60"), ("Linseed oil", "5", "litre", "11.90", "59.50"),
        ("Wood screw", "400", "piece", "0.04", "16.00"),
    ),
)  # fmt: skip


def _tables(folder: Path) -> Iterator[Truth]:
    for number, (rows, ruled, bold) in enumerate(product(_TABLES, (True, False), (True, False))):
        path = pdfs.table(folder / f"table-{number}.pdf", rows, ruled, bold)
        yield _table_truth(path, "tables with lines" if ruled else "tables without lines", rows)


def _table_truth(path: Path, kind: str, rows: Rows) -> Truth:
    text = "\n".join(" ".join(row) for row in rows)
    return Truth(path, kind, text, rows=tuple(tuple(row) for row in rows))


_BROKEN = (
    ("the yearly mainte-", "nance of the pump", "maintenance"),
    ("paid by the govern-", "ment of the town", "government"),
    ("a long-", "term loan at the bank", "long-term"),
    ("of 2-", "butanol in the tank", "2-butanol"),
    ("the COVID-19-", "related delay", "COVID-19-related"),
    ("an x-", "ray of the hand", "x-ray"),
    ("the pre-", "and post-war years", "pre- and post-war"),
    ("a state-of-the-", "art machine", "state-of-the-art"),
    ("the com-", "mittee met twice", "committee"),
    ("our well-", "known offer", "well-known"),
    ("the self-", "employed plumber", "self-employed"),
    ("every depart-", "ment of the house", "department"),
    ("an HIV-", "positive result", "HIV-positive"),
    ("the environ-", "mental report", "environmental"),
    ("a cost-", "effective way", "cost-effective"),
    ("their infor-", "mation desk", "information"),
)


def _hyphens(folder: Path) -> Iterator[Truth]:
    canvas = Canvas(str(folder / "hyphens-0.pdf"), pagesize=A4)
    lines = [line for above, below, _ in _BROKEN for line in (f"In this line there is {above}", f"{below} and more.")]
    for start in range(0, len(lines), 32):
        pdfs.write_lines(canvas, pdfs.LEFT, pdfs.TOP, lines[start : start + 32])
        canvas.showPage()
    canvas.save()
    yield Truth(folder / "hyphens-0.pdf", "hyphens", "", kept=tuple(whole for _, _, whole in _BROKEN))


def _outlined(folder: Path) -> Iterator[Truth]:
    titles = ("Opening hours", "Prices", "How to get there", "Groups and schools")
    pages: list[list[tuple[str, int | None]]] = [
        [(title, 0), *((line, None) for line in pdfs.prose(40 * number, 12))] for number, title in enumerate(titles)
    ]
    path = pdfs.outlined(folder / "outline-0.pdf", pages)
    yield Truth(path, "headings, in the outline", "\n".join(line for page in pages for line, _ in page), titles)


_MARGIN: PdfMargins = {"top": "2cm", "bottom": "2cm", "left": "2cm", "right": "2cm"}


def _from_chromium(folder: Path) -> Iterator[Truth]:
    """The same kinds as pages that a browser prints."""
    made = [*_html_columns(), *_html_tables(), *_html_headings(), *_html_hyphens(), *_html_right_to_left()]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for number, (html, truth) in enumerate(made):
            path = folder / f"chromium-{number}.pdf"
            page.set_content(f"<style>body{{font:11pt 'DejaVu Serif'}}</style>{html}")
            page.pdf(path=path, format="A4", tagged=False, margin=_MARGIN)
            yield Truth(path, truth.kind, truth.text, truth.headings, truth.rows, truth.kept)
        browser.close()


Made = tuple[str, Truth]
_NOWHERE = Path()


def _html_columns() -> Iterator[Made]:
    for number, (count, paragraphs, gap) in enumerate(product((2, 3), (3, 9), ("12pt", "30pt"))):
        title, texts = f"Report number {number}", [_prose(number * 20 + place, 70) for place in range(paragraphs)]
        body = "".join(f"<p>{text}</p>" for text in texts)
        style = f"columns:{count};column-gap:{gap};text-align:{'justify' if number % 2 else 'left'}"
        yield (
            f"<h1>{title}</h1><div style='{style}'>{body}</div>",
            Truth(_NOWHERE, "columns", "\n".join([title, *texts])),
        )
    side, main = _prose(900, 60), [_prose(901 + place, 80) for place in range(3)]
    html = f"<aside style='float:left;width:28%;font-size:9pt'>{side}</aside><main style='margin-left:34%'>"
    yield html + "".join(f"<p>{text}</p>" for text in main), Truth(_NOWHERE, "columns", "\n".join([side, *main]))


def _html_tables() -> Iterator[Made]:
    long = (
        ("Service", "What it covers", "Fee"),
        *((f"Plan {name}", _prose(300 + place, 16), f"{10 * place + 7} EUR") for place, name in enumerate("ABCDE")),
    )
    styles = {
        "border:1px solid black": "tables with lines",
        "border-bottom:1px solid black;padding:2px 8px": "tables with lines between rows",
        "padding:3px 14px": "tables without lines",
        "padding:1px 30px;text-align:right": "tables without lines",
    }
    for rows, (style, kind) in product((*_TABLES, long), styles.items()):
        head = "".join(f"<th style='{style}'>{cell}</th>" for cell in rows[0])
        body = "".join("<tr>" + "".join(f"<td style='{style}'>{cell}</td>" for cell in row) for row in rows[1:])
        html = f"<p>{_prose(777, 40)}<table style='border-collapse:collapse'><tr>{head}</tr>{body}</table><p>After it."
        yield html, _table_truth(_NOWHERE, kind, rows)


def _html_headings() -> Iterator[Made]:
    titles = ("Notice period", "Working hours", "Leave", "Illness", "Pay and expenses", "Closing words")
    tags = ("<h1>{}</h1>", "<h2>{}</h2>", "<h3>{}</h3>", "<p><b>{}</b></p>", "<p><b>{}</b></p>", "<h2>{}</h2>")
    for number, style in enumerate(("h1,h2{color:black}", "h1,h2,h3{font-family:'DejaVu Sans'}", "h1{font-size:13pt}")):
        names = [f"{place}. {title}" if number == 1 else title for place, title in enumerate(titles, 1)]
        texts = [_prose(500 + 10 * number + place, 90) for place in range(len(titles))]
        html = "".join(tag.format(name) + f"<p>{text}</p>" for tag, name, text in zip(tags, names, texts, strict=True))
        text = "\n".join(line for pair in zip(names, texts, strict=True) for line in pair)
        yield f"<style>{style}</style>{html}", Truth(_NOWHERE, "headings, by their looks", text, tuple(names))


def _html_hyphens() -> Iterator[Made]:
    soft = ("main|te|nance", "go|vern|ment", "in|for|ma|tion", "en|vi|ron|men|tal", "com|mit|tee", "de|part|ment")
    whole = ("long-term", "well-known", "self-employed", "cost-effective", "state-of-the-art", "follow-up")
    chance = Random(3)
    words = [chance.choice([chance.choice(soft), chance.choice(soft), chance.choice(whole)]) for _ in range(220)]
    text = " ".join(word.replace("|", "") for word in words)
    html = escape(" ".join(words)).replace("|", "&shy;")
    for width in (5, 8):
        # Each word with its neighbours: what was joined or parted wrongly at a line's end does not fit.
        yield (
            f"<p style='width:{width}cm;text-align:justify'>{html}</p>",
            Truth(_NOWHERE, "hyphens", "", kept=tuple(" ".join(text.split()[at : at + 3]) for at in range(0, 217, 2))),
        )


_RIGHT_TO_LEFT = (
    "הספרייה פתוחה בימים ראשון עד חמישי בין השעות תשע לחמש. ביום שישי היא סגורה. טלפון 03-5551234 לבירורים. "
    "אפשר לשאול עד שישה ספרים בבת אחת ולהחזיר אותם אחרי שלושה שבועות. הארכה אפשרית פעם אחת דרך האתר.",
    "تفتح المكتبة أبوابها من الأحد إلى الخميس بين الساعة التاسعة والخامسة. يوم الجمعة مغلقة. هاتف 5551234 للاستفسار. "
    "يمكن استعارة ستة كتب في المرة الواحدة وإعادتها بعد ثلاثة أسابيع. التمديد ممكن مرة واحدة عبر الموقع.",
)


def _html_right_to_left() -> Iterator[Made]:
    for text in _RIGHT_TO_LEFT:
        for style in ("", "columns:2;"):
            html = f"<div dir=rtl style=\"font:12pt 'DejaVu Sans';{style}\"><p>{text}</p></div>"
            yield html, Truth(_NOWHERE, "right-to-left", text)
