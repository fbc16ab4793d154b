"""The image of a page: of a PDF, of a picture, as large as asked, or one sentence."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import CannotRead
from ingest.reading.page_images.page_image import PageImage, page_image
from ingest.settings import Settings
from tests.ingest.reading import pdfs

DEFAULTS = Settings(_env_file=None)


def page(path: Path, lines: Sequence[str]) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    pdfs.write_lines(canvas, pdfs.LEFT, pdfs.TOP, lines)
    canvas.save()
    return path


def seen(image: PageImage) -> Image.Image:
    return Image.open(BytesIO(image.png)).convert("RGB")


def test_an_image_says_how_large_its_page_is_in_the_measure_of_places(tmp_path: Path) -> None:
    path = page(tmp_path / "a.pdf", pdfs.prose(0, 5))
    for width in (500, 2000):
        image = page_image(path, 1, DEFAULTS, width=width)
        assert seen(image).width == width
        assert (image.width, image.height) == pytest.approx((A4[0] * 10, A4[1] * 10), abs=12)


def test_a_page_that_is_not_there_cannot_be_shown(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="cannot be shown"):
        page_image(page(tmp_path / "a.pdf", ["One."]), 2, DEFAULTS)


def test_a_picture_is_drawn_as_the_camera_was_held_and_never_enlarged(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    Image.new("RGB", (300, 2000), "red").save(tmp_path / "a.jpg", exif=exif)
    assert seen(page_image(tmp_path / "a.jpg", 1, DEFAULTS)).size == (1000, 150)
    assert seen(page_image(tmp_path / "a.jpg", 1, DEFAULTS, width=5000)).size == (2000, 300)


def test_a_page_of_a_tiff_is_drawn(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    assert seen(page_image(tmp_path / "a.tif", 2, DEFAULTS)).getpixel((5, 5)) == (0, 0, 255)
    with pytest.raises(CannotRead, match="This page cannot be shown as a picture"):
        page_image(tmp_path / "a.tif", 3, DEFAULTS)
