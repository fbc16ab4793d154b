"""The labels of pages, as viewers show them."""

from pathlib import Path

import pypdfium2
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFPageLabels
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Section
from ingest.reading.formats.pdf.page_names import page_name
from ingest.reading.formats.pdf.reader import read
from tests.ingest.reading import files


def labelled(path: Path, pages: int, labels: dict[int, dict[str, object]]) -> Path:
    """A PDF whose pages are named from each of these pages on, counted from 0."""
    canvas = Canvas(str(path))
    for number in range(pages):
        canvas.drawString(72, 700, f"This is leaf {'abcdefgh'[number]}.")
        canvas.showPage()
    tree = PDFPageLabels()
    for start, label in labels.items():
        tree.addPageLabel(start, PDFDictionary(label))
    canvas._doc.Catalog.PageLabels = tree
    canvas.save()
    return path


def test_a_page_has_the_name_that_viewers_show(tmp_path: Path) -> None:
    labels: dict[int, dict[str, object]] = {
        0: {"S": PDFName("r")},
        2: {"S": PDFName("D")},
        4: {"P": "(Plate )", "S": PDFName("A")},
    }
    sections = [part for part in read(labelled(tmp_path / "a.pdf", 5, labels)).sections if isinstance(part, Section)]
    assert [(part.page, part.page_name) for part in sections] == [
        (1, "i"),
        (2, "ii"),
        (3, "1"),
        (4, "2"),
        (5, "Plate A"),
    ]


def test_a_page_that_is_called_by_its_number_has_no_other_name(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(labelled(tmp_path / "a.pdf", 2, {0: {"S": PDFName("D")}}))
    assert [page_name(document, number) for number in (1, 2)] == [None, None]
    assert page_name(pypdfium2.PdfDocument(files.pdf(tmp_path / "b.pdf", [["One."]])), 1) is None


def test_a_name_as_long_as_a_sentence_is_none(tmp_path: Path) -> None:
    labels: dict[int, dict[str, object]] = {0: {"P": f"({'very ' * 9}long)"}}
    assert page_name(pypdfium2.PdfDocument(labelled(tmp_path / "a.pdf", 1, labels)), 1) is None
