"""What a person gets to see of a PDF whose pages are pictures."""

from pathlib import Path

import pytest
from PIL import Image

from ingest.errors import CannotRead
from ingest.reading.read import read
from ingest.settings import Settings
from tests.ingest.reading import pdfs

DEFAULTS = Settings(_env_file=None)
LETTER = ["Dear Ms Lovelace,", "the boiler holds 0.9 litres of water.", "Serial number: 60-2417"]


def test_a_scanned_page_between_pages_of_text_is_read_from_its_picture(tmp_path: Path) -> None:
    path = pdfs.scans(tmp_path / "a.pdf", [["First page."], pdfs.picture_of(LETTER), ["Third page."]], stamp="Copy 7")
    told: list[tuple[int, int, int]] = []
    # One second would not do: a page that is read from its picture adds to the time allowed.
    within = DEFAULTS.model_copy(update={"read_seconds": 1})
    reading = read(path, "a.pdf", within, lambda *pages: told.append(pages))
    assert (reading.pages, reading.ocr_pages) == (3, 1)
    assert [section.page for section in reading.sections] == [1, 2, 3]
    assert (reading.sections[0].text, reading.sections[2].text) == ("First page.", "Third page.")
    assert all(line in reading.sections[1].text for line in LETTER)
    assert told == sorted(told)
    assert (1, 3, 1) in told  # the second page, while its picture is read


def test_a_scan_that_lies_on_its_side_is_read_all_the_same(tmp_path: Path) -> None:
    path = pdfs.scans(tmp_path / "a.pdf", [pdfs.picture_of(LETTER, turned=90)])
    assert "the boiler holds 0.9 litres of water." in read(path, "a.pdf", DEFAULTS).sections[0].text


def test_pictures_without_a_word_are_refused_in_one_sentence(tmp_path: Path) -> None:
    path = pdfs.scans(tmp_path / "a.pdf", [Image.new("RGB", (1240, 1754), "white")])
    with pytest.raises(CannotRead, match="no words could be recognised in them"):
        read(path, "a.pdf", DEFAULTS)


def test_a_page_of_text_around_a_picture_is_not_read_from_it(tmp_path: Path) -> None:
    path = pdfs.scans(
        tmp_path / "a.pdf", [pdfs.picture_of(["Drawn"])], stamp="A caption of the picture with many letters"
    )
    reading = read(path, "a.pdf", DEFAULTS)
    assert (reading.ocr_pages, reading.sections[0].text) == (0, "A caption of the picture with many letters")


def test_what_is_raised_while_progress_is_told_passes_through(tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _pictures: int) -> None:
        raise KeyboardInterrupt

    path = pdfs.scans(tmp_path / "a.pdf", [pdfs.picture_of(LETTER)])
    with pytest.raises(KeyboardInterrupt):
        read(path, "a.pdf", DEFAULTS, stop)
