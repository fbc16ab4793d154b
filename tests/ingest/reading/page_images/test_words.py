"""The words of a page in reading order, each with where it is seen, where it is stored, and its printed line."""

from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.page_images.words import Word, main_rotation, words_in_order
from tests.ingest.reading import pdfs
from tests.ingest.reading.pieces import drawn_page


def words(path: Path) -> list[Word]:
    return words_in_order(pypdfium2.PdfDocument(path)[0])


def lines_of(found: list[Word]) -> list[str]:
    """The words of each printed line, in the order of the lines."""
    texts: dict[int, list[str]] = {}
    for word in found:
        texts.setdefault(word.line, []).append(word.text)
    return [" ".join(texts[line]) for line in sorted(texts)]


def test_each_word_has_its_own_box_on_its_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "The key")
        canvas.drawString(72, 686, "is here")

    the, key, is_, here = words_in_order(drawn_page(tmp_path / "a.pdf", draw))
    assert [word.text for word in (the, key, is_, here)] == ["The", "key", "is", "here"]
    assert [word.line for word in (the, key, is_, here)] == [0, 0, 1, 1]
    assert the.seen[0] == pytest.approx(72, abs=1)
    assert the.seen[2] < key.seen[0]
    assert the.seen[1] < 700 < the.seen[3]
    assert here.seen[3] < the.seen[3]
    assert all(word.seen == word.stored and word.rotation == 0 for word in (the, key, is_, here))


def test_columns_come_one_after_the_other_and_share_no_line(tmp_path: Path) -> None:
    left, right = pdfs.prose(0, 10, 6), pdfs.prose(10, 10, 6)
    found = words(pdfs.columns(tmp_path / "a.pdf", ["A title across the page"], [[left, right]]))
    assert lines_of(found) == ["A title across the page", *left, *right]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_comes_row_by_row_and_its_rows_share_no_line(tmp_path: Path, ruled: bool) -> None:
    rows = [("Part", "Price"), ("Valve", "12.50"), ("Seal", "3.20"), ("Hose", "8.00")]
    found = lines_of(words(pdfs.table(tmp_path / "a.pdf", rows, ruled)))
    assert found == ["Before.", *(" ".join(row) for row in rows), "After."]


def test_the_halves_of_a_broken_word_are_two_words_with_boxes_of_their_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Whoever asks for infor-")
        canvas.drawString(72, 686, "mation gets it.")

    found = words_in_order(drawn_page(tmp_path / "a.pdf", draw))
    assert [word.text[:5] for word in found[3:5]] == ["infor", "matio"]
    assert found[3].seen[1] > found[4].seen[1]
    assert found[4].seen[2] < found[3].seen[0]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_of_rotated_words_keeps_its_lines(tmp_path: Path, rotation: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 300)
        canvas.rotate(-rotation)
        canvas.drawString(0, 0, "first line here")
        canvas.drawString(0, -14, "second line there")

    found = words_in_order(drawn_page(tmp_path / "a.pdf", draw))
    assert {word.rotation for word in found} == {rotation}
    assert main_rotation(found) == rotation
    # PDFium gives the lines of a page that is rotated by 90 degrees from the last to the first.
    assert lines_of(found)[:: -1 if rotation == 90 else 1] == ["first line here", "second line there"]


def test_a_page_that_is_stored_rotated_has_each_word_in_both_places(tmp_path: Path) -> None:
    page = drawn_page(tmp_path / "a.pdf", lambda canvas: canvas.drawString(72, 300, "sideways"), (800, 500), 90)
    (word,) = words_in_order(page)
    assert word.rotation == 90
    assert word.stored[0] == pytest.approx(72, abs=1)
    left, bottom, right, top = word.stored
    assert word.seen == pytest.approx((bottom, 500 - right, top, 500 - left), abs=0.01)


def test_letters_of_a_script_without_spaces_are_words_of_their_own(tmp_path: Path) -> None:
    path = pdfs.foreign(tmp_path / "a.pdf", ["abc de"], {"a": "水", "b": "の", "c": "温", "d": "d", "e": "e"})
    assert [word.text for word in words(path)] == ["水", "の", "温", "de"]


def test_letters_of_two_utf_16_units_do_not_shift_the_words_after_them(tmp_path: Path) -> None:
    found = words(pdfs.foreign(tmp_path / "a.pdf", ["aa bbbb cc"], {"a": "\U0001d400", "b": "b", "c": "c"}))
    assert [word.text for word in found] == ["\U0001d400\U0001d400", "bbbb", "cc"]
    # Courier's letters are 0.6 of its size wide.
    assert [round(word.seen[0] - 72) for word in found] == pytest.approx([0, 7.2 * 3, 7.2 * 8], abs=1)
    assert found[0].seen[2] - 72 == pytest.approx(7.2 * 2, abs=1)


def test_a_page_without_words_has_none(tmp_path: Path) -> None:
    assert words_in_order(drawn_page(tmp_path / "a.pdf", lambda canvas: canvas.rect(50, 50, 100, 100))) == []


def test_short_words_do_not_say_how_a_page_is_rotated() -> None:
    box = (0.0, 0.0, 10.0, 10.0)
    assert main_rotation([Word("a", box, box, 270)] * 5 + [Word("word", box, box, 90)]) == 90
    assert main_rotation([Word("a", box, box, 270)]) == 0
