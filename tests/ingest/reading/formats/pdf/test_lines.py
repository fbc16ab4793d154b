"""The pieces of printed lines, with their boxes as one looks at the page."""

from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.formats.layout.line import HYPHEN_MARKS, Line
from ingest.reading.formats.pdf.lines import lines
from ingest.reading.placed import PlacedText, rotated_box
from tests.ingest.reading import pdfs
from tests.ingest.reading.pieces import drawn_page


def written(path: Path, *places: tuple[float, float, str], font: str = "Helvetica") -> pypdfium2.PdfPage:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 12)
        for x, y, text in places:
            canvas.drawString(x, y, text)

    return drawn_page(path, draw)


def texts(found: list[Line]) -> list[str]:
    return [line.text for line in found]


def test_a_line_has_its_words_and_a_box_around_them(tmp_path: Path) -> None:
    (line,) = lines(written(tmp_path / "a.pdf", (72, 700, "The key is here.")))
    assert line.text == "The key is here."
    assert line.left == pytest.approx(72, abs=1)
    assert line.right == pytest.approx(72 + stringWidth("The key is here.", "Helvetica", 12), abs=1)
    assert line.bottom < 700 < line.top
    assert 11 < line.height < 18
    assert (line.middle, line.centre) == ((line.bottom + line.top) / 2, (line.left + line.right) / 2)


def test_a_line_is_cut_at_a_wide_gap_and_not_at_the_space_between_words(tmp_path: Path) -> None:
    end = 72 + stringWidth("two words", "Helvetica", 12)
    near, far = (end + 4, 700, "near"), (end + 80, 700, "far away")
    assert texts(lines(written(tmp_path / "a.pdf", (72, 700, "two words"), near, far))) == [
        "two words near",
        "far away",
    ]


def test_a_line_is_cut_at_a_vertical_rule_between_two_words(tmp_path: Path) -> None:
    end = 72 + stringWidth("two words", "Helvetica", 12)
    page = written(tmp_path / "a.pdf", (72, 700, "two words"), (end + 6, 700, "near"))
    assert texts(lines(page)) == ["two words near"]
    assert texts(lines(page, [20, end + 3, 500])) == ["two words", "near"]
    assert texts(lines(page, [20, 80, 500])) == ["two words near"]


def test_lines_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    page = written(tmp_path / "a.pdf", (72, 600, "lower"), (72, 700, "upper"))
    assert texts(lines(page)) == ["lower", "upper"]


def test_a_word_that_is_broken_at_a_line_end_bears_a_mark(tmp_path: Path) -> None:
    page = written(tmp_path / "a.pdf", (72, 700, "Whoever asks for infor-"), (72, 686, "mation gets it."))
    first, second = lines(page)
    assert first.text[:-1] == "Whoever asks for infor"
    assert first.text[-1] in HYPHEN_MARKS
    assert second.text == "mation gets it."
    assert second.top < first.middle


@pytest.mark.parametrize(("font", "bold"), [("Helvetica", False), ("Helvetica-Bold", True), ("Times-Bold", True)])
def test_bold_letters_are_known(tmp_path: Path, font: str, bold: bool) -> None:
    (line,) = lines(written(tmp_path / "a.pdf", (72, 700, "Price"), font=font))
    assert line.bold is bold


def test_text_that_goes_upwards_is_sideways(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "upright text")
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "arXiv 2101.00001")

    found = lines(drawn_page(tmp_path / "a.pdf", draw))
    assert {line.text: line.sideways for line in found} == {"upright text": False, "arXiv 2101.00001": True}


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_stored_rotated_has_its_boxes_as_one_looks_at_it(tmp_path: Path, rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        # The letters are rotated against the page, so that they are upright once the page is rotated.
        if rotation == 90:
            canvas.translate(800, 0)
        elif rotation == 180:
            canvas.translate(500, 800)
        else:
            canvas.translate(0, 500)
        canvas.rotate(rotation)
        canvas.drawString(72, 300, "The key is here.")

    (line,) = lines(drawn_page(tmp_path / "a.pdf", draw, (500, 800), rotation))
    assert line.text == "The key is here."
    assert line.left == pytest.approx(72, abs=1)
    assert line.bottom < 300 < line.top
    assert not line.sideways


def test_letters_of_two_utf_16_units_do_not_shift_the_boxes_after_them(tmp_path: Path) -> None:
    path = pdfs.foreign(tmp_path / "a.pdf", ["aa", "b     c"], {"a": "\U0001d400", "b": "b", "c": "c"})
    page = pypdfium2.PdfDocument(path)[0]
    found = lines(page)
    assert texts(found) == ["\U0001d400\U0001d400", "b", "c"]
    assert found[1].left == pytest.approx(72, abs=2)
    assert found[1].right < found[2].left


def test_ligatures_and_text_from_right_to_left_are_as_one_types_them(tmp_path: Path) -> None:
    letters = {"a": "ﬁ", "n": "n", "d": "d", "s": "ש", "l": "ל", "o": "ו", "m": "ם"}
    page = pypdfium2.PdfDocument(pdfs.foreign(tmp_path / "a.pdf", ["and", "mols"], letters))[0]
    assert texts(lines(page)) == ["find", "שלום"]
    arabic = {"m": "م", "x": "لا", "s": "س", "y": "\ufefc"}
    page = pypdfium2.PdfDocument(pdfs.foreign(tmp_path / "b.pdf", ["mxs", "sys"], arabic))[0]
    assert texts(lines(page)) == ["سلام", "سلاس"]


def test_a_box_of_the_stored_page_is_rotated_with_it() -> None:
    assert rotated_box((10, 20, 30, 40), 0, 100, 200) == (10, 20, 30, 40)
    assert rotated_box((10, 20, 30, 40), 90, 100, 200) == (20, 170, 40, 190)
    assert rotated_box((10, 20, 30, 40), 180, 100, 200) == (70, 160, 90, 180)
    assert rotated_box((10, 20, 30, 40), 270, 100, 200) == (60, 10, 80, 30)


def test_words_that_are_set_by_their_places_without_a_space_are_parted_and_keep_their_places(tmp_path: Path) -> None:
    end = 72 + stringWidth("that", "Times-Roman", 12)
    # PDFium joins these two: "thatis". The gap is 0.195 of the font's size.
    page = written(tmp_path / "a.pdf", (72, 700, "that"), (end + 2.34, 700, "is"), font="Times-Roman")
    (line,) = lines(page)
    assert line.text == "that is"
    assert isinstance(line.text, PlacedText)
    assert [line.text[spot.start : spot.end] for spot in line.text.spots] == ["that", "is"]
    assert [spot.box[0] for spot in line.text.spots] == pytest.approx([72, end + 2.34], abs=0.2)


def test_letters_that_are_set_apart_stay_one_word(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, 700, "Harbour", charSpace=2.2)

    assert [line.text.replace(" ", "") for line in lines(drawn_page(tmp_path / "a.pdf", draw))] == ["Harbour"]
