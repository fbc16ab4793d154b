"""What a person gets to see of a PDF whose pages are scans."""

from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import CannotRead
from ingest.reading.read import read
from ingest.settings import Settings
from tests.ingest.reading import pdfs

DEFAULTS = Settings(_env_file=None)
LINES = ["Dear Ms Lovelace,", "the boiler holds 0.9 litres of water.", "Serial number: 60-2417"]


def test_a_scanned_page_between_pages_of_text_is_read_with_ocr(tmp_path: Path) -> None:
    path = pdfs.scans(tmp_path / "a.pdf", [["First page."], pdfs.page_scan(LINES), ["Third page."]], stamp="Copy 7")
    progress: list[tuple[int, int, int]] = []
    # One second is too short: each page with OCR adds to the time allowed.
    within = DEFAULTS.model_copy(update={"read_seconds": 1})
    reading = read(path, "a.pdf", within, lambda *pages: progress.append(pages))
    assert (reading.pages, reading.ocr_pages) == (3, 1)
    assert [section.page for section in reading.sections] == [1, 2, 3]
    assert (reading.sections[0].text, reading.sections[2].text) == ("First page.", "Third page.")
    assert all(line in reading.sections[1].text for line in LINES)
    assert progress == sorted(progress)
    assert (1, 3, 1) in progress  # the second page, during OCR


def test_a_scan_that_lies_on_its_side_is_read_all_the_same(tmp_path: Path) -> None:
    path = pdfs.scans(tmp_path / "a.pdf", [pdfs.page_scan(LINES, rotation=90)])
    assert "the boiler holds 0.9 litres of water." in read(path, "a.pdf", DEFAULTS).sections[0].text


def test_scans_without_a_word_are_refused_in_one_sentence(tmp_path: Path) -> None:
    path = pdfs.scans(tmp_path / "a.pdf", [Image.new("RGB", (1240, 1754), "white")])
    with pytest.raises(CannotRead, match="no words could be recognised in them"):
        read(path, "a.pdf", DEFAULTS)


def test_a_page_of_text_around_an_image_gets_no_ocr(tmp_path: Path) -> None:
    path = pdfs.scans(
        tmp_path / "a.pdf", [pdfs.page_scan(["Drawn"])], stamp="A caption of the picture with many letters"
    )
    reading = read(path, "a.pdf", DEFAULTS)
    assert (reading.ocr_pages, reading.sections[0].text) == (0, "A caption of the picture with many letters")


def test_an_exception_from_the_progress_passes_through(tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _ocr_pages: int) -> None:
        raise KeyboardInterrupt

    path = pdfs.scans(tmp_path / "a.pdf", [pdfs.page_scan(LINES)])
    with pytest.raises(KeyboardInterrupt):
        read(path, "a.pdf", DEFAULTS, stop)
