"""Every word that is printed on a page is in the text of its section with the place where it is printed."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Place, Section
from ingest.reading.formats.layout.continued import ContinuedTables
from ingest.reading.formats.layout.tables import Table
from ingest.reading.formats.pdf.reader import read
from ingest.reading.placed import wholly
from tests.ingest.reading import pdfs

ROWS = [("Part", "Price", "Stock"), *((f"Valve number {n}", f"{n}.50", str(7 * n)) for n in range(1, 9))]


def sections(path: Path) -> list[Section]:
    return [each for each in read(path).sections if isinstance(each, Section) and each.text]


def printed_in(path: Path, section: Section, place: Place) -> str:
    """What PDFium itself finds printed in a place, in one word."""
    page = pypdfium2.PdfDocument(path)[(section.page or 1) - 1]
    left, top, right, bottom = (number / 10 for number in place[2:])
    text = page.get_textpage().get_text_bounded(left - 0.5, A4[1] - bottom, right + 0.5, A4[1] - top)
    return "".join(text.split())


def check(path: Path) -> None:
    """Each place has the word that the text has there, apart from a hyphen at the end of a line."""
    found = sections(path)
    assert found
    for section in found:
        assert section.places
        for place in section.places:
            word = section.text[place.start : place.end]
            assert printed_in(path, section, place).rstrip("-\ufffe\x02").startswith(word.rstrip("-"))


def covered(section: Section) -> list[str]:
    """The words of a section of which a part has a place."""
    marked = {number for place in section.places for number in range(place.start, place.end)}
    words, start = [], 0
    for word in section.text.split():
        start = section.text.index(word, start)
        words += [word] if marked & set(range(start, start + len(word))) else []
        start += len(word)
    return words


def test_running_text_with_broken_words(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    lines = ["Whoever asks at the window for infor-", "mation about the boats gets it in wri-", "ting after some days."]
    pdfs.write_lines(canvas, pdfs.LEFT, pdfs.TOP, lines)
    canvas.save()
    (section,) = sections(tmp_path / "a.pdf")
    assert "information" in section.text
    assert covered(section) == section.text.split()
    check(tmp_path / "a.pdf")


def test_columns(tmp_path: Path) -> None:
    path = pdfs.columns(tmp_path / "a.pdf", ["A title"], [[pdfs.prose(0, 20, 6), pdfs.prose(20, 20, 6)]])
    (section,) = sections(path)
    assert covered(section) == section.text.split()
    check(path)


@pytest.mark.parametrize("ruled", [True, False])
def test_the_cells_of_a_table_with_the_names_of_the_columns_once(tmp_path: Path, ruled: bool) -> None:
    path = pdfs.table(tmp_path / "a.pdf", ROWS, ruled)
    (section,) = sections(path)
    check(path)
    assert section.text.count("Price: ") == 8
    assert covered(section).count("Price:") == 1
    assert [word for word in covered(section) if word.endswith(".50")] == [price for _, price, _ in ROWS[1:]]


def test_what_was_filled_in_stands_in_its_field(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    form: Any = canvas.acroForm
    canvas.drawString(72, 700, "Boat name:")
    form.textfield(value="Heron of Hull", x=200, y=695, width=200, height=18)
    canvas.drawString(72, 660, "Crane:")
    form.checkbox(name="c", x=300, y=657, size=12, checked=True)
    canvas.save()
    (section,) = sections(tmp_path / "a.pdf")
    assert section.text == "Boat name: Heron of Hull\n\nCrane: yes"
    fields = {section.text[place.start : place.end]: place[2:] for place in section.places}
    top = round(A4[1] * 10)
    assert fields["Heron of Hull"] == (2000, top - 7130, 4000, top - 6950)
    assert fields["yes"][0] == 3000
    assert fields["Boat"][0] == 720


def test_the_head_of_a_table_from_the_page_before_has_no_place() -> None:
    def cells(bottom: float, *row: str) -> tuple[str, ...]:
        return tuple(wholly(cell, (72, bottom, 100, bottom + 12)) for cell in row)

    head = cells(180, "Knot", "Turns")
    first = Table((head, cells(160, "Bowline", "1"), cells(140, "Hitch", "2")), True, 72, 60, 400, 200)
    rest = Table((cells(760, "Bend", "3"), cells(740, "Splice", "4")), False, 72, 700, 400, 780)
    again = Table((cells(780, "Knot", "Turns"), *rest.cells), False, 72, 700, 400, 800)
    for second, placed in ((rest, ["Bend", "3"]), (again, ["Knot", "Bend", "Turns", "3"])):
        continued = ContinuedTables()
        continued.page([first])
        (table,) = continued.page([second])
        line = table.text[: table.text.index("\n")]
        assert line == "Knot: Bend · Turns: 3"
        assert [line[start:end] for start, end, _ in getattr(line, "spots", ())] == placed
