"""What a person gets to see of pictures. OCR takes a second each, so they are few."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.formats import pictures as reader
from ingest.reading.read import read
from ingest.reading.refusals import refused_for_good
from ingest.settings import Settings
from tests.ingest.reading.pictures import HEIC, WORDS, bomb, drawn

DEFAULTS = Settings(_env_file=None)


def texts(path: Path) -> list[str]:
    """The texts of a picture's pages, read in this process, so that the models are loaded once."""
    return [section.text for section in reader.read(path).sections if isinstance(section, Section)]


def test_a_photograph_that_lies_on_its_side_is_read_in_the_box(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    drawn().rotate(90, expand=True).save(tmp_path / "a.jpg", exif=exif)
    reading = read(tmp_path / "a.jpg", "IMG_2417.JPG", DEFAULTS)
    assert (reading.type, reading.pages, reading.ocr_pages) == ("Picture", None, 1)
    assert reading.sections == (Section("\n".join(WORDS)),)


def test_a_picture_upside_down_and_light_on_dark_is_read(tmp_path: Path) -> None:
    drawn(ink="#dddddd", paper="#1e1e1e").rotate(180).save(tmp_path / "a.png")
    assert texts(tmp_path / "a.png") == ["\n".join(WORDS)]


def test_letters_on_nothing_stand_on_white(tmp_path: Path) -> None:
    drawn(["Glass bottle"], (500, 130), "black", (0, 0, 0, 0), mode="RGBA").save(tmp_path / "a.webp", lossless=True)
    assert texts(tmp_path / "a.webp") == ["Glass bottle"]


def test_heic_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(HEIC)
    assert texts(tmp_path / "a.heic") == ["Meter 60-2417 is sealed."]


def test_a_table_in_a_picture_has_rows_with_the_names_of_their_columns(tmp_path: Path) -> None:
    image, font = Image.new("RGB", (900, 330), "white"), ImageFont.load_default(size=34)
    for row, line in enumerate(["Part Price Stock", "Rotor 12 7", "Seal 3 150", "Pump 88 2"]):
        for column, cell in enumerate(line.split()):
            ImageDraw.Draw(image).text((60 + 300 * column, 40 + 70 * row), cell, fill="black", font=font)
    image.save(tmp_path / "a.bmp")
    assert "Part: Rotor · Price: 12 · Stock: 7" in texts(tmp_path / "a.bmp")[0]


def test_each_page_of_a_tiff_is_a_page_and_a_broken_one_is_named(tmp_path: Path) -> None:
    pages = [drawn(["The first page of a fax"], (700, 130)), drawn(["Its last page"], (700, 130))]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    progress: list[tuple[int, int, int]] = []
    reading = read(tmp_path / "a.tif", "a.tif", DEFAULTS, lambda *step: progress.append(step))
    assert (reading.type, reading.pages, reading.ocr_pages, reading.not_read) == ("TIFF", 2, 2, ())
    assert [(section.page, section.text) for section in reading.sections] == [
        (1, "The first page of a fax"), (2, "Its last page"),
    ]  # fmt: skip
    assert progress == sorted(progress)
    with Image.open(tmp_path / "a.tif") as picture:
        at = picture.tag_v2[273][0]  # type: ignore[attr-defined]
    content = (tmp_path / "a.tif").read_bytes()
    (tmp_path / "a.tif").write_bytes(content[:at] + bytes(300) + content[at + 300 :])
    found = list(reader.read_pages(tmp_path / "a.tif").sections)
    assert NotRead("page", "page 1") in found
    assert Section("Its last page", 2) in found


def test_a_picture_without_words_says_so(tmp_path: Path) -> None:
    Image.linear_gradient("L").save(tmp_path / "a.png")
    with pytest.raises(CannotRead) as refused:
        texts(tmp_path / "a.png")
    assert str(refused.value).startswith("This picture has no words that could be recognised.")
    assert refused_for_good(str(refused.value))


def test_a_bomb_and_a_picture_that_is_cut_off_are_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="This picture has 3,600 megapixels, and the limit is 200"):
        read(bomb(tmp_path / "a.png"), "a.png", DEFAULTS)
    drawn().save(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").write_bytes((tmp_path / "b.jpg").read_bytes()[:5000])
    with pytest.raises(CannotRead, match="This picture is damaged and cannot be read"):
        read(tmp_path / "b.jpg", "b.jpg", DEFAULTS)
