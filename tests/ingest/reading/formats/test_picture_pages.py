"""The pages of a picture as a person sees them. Nothing here needs OCR."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ingest.errors import CannotRead
from ingest.reading.formats.picture_pages import opened_picture, page_places, upright
from tests.ingest.reading import pictures

RED, BLUE = (255, 0, 0), (0, 0, 255)


def seen(path: Path, most_pixels: int = 1_000_000) -> Image.Image:
    """The first page of a picture."""
    with opened_picture(path) as picture:
        picture.seek(page_places(picture)[0])
        return upright(picture, most_pixels)


def flag() -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (200, 100), RED)
    image.paste(BLUE, (100, 0, 200, 100))
    return image


def is_near(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 60 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.bmp", "a.webp", "a.avif", "a.tif"])
def test_each_kind_is_seen(tmp_path: Path, name: str) -> None:
    flag().save(tmp_path / name)
    image = seen(tmp_path / name)
    assert (image.mode, image.size) == ("RGB", (200, 100))
    assert is_near(image.getpixel((50, 50)), RED)
    assert is_near(image.getpixel((150, 50)), BLUE)


def test_heic_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.heic").write_bytes(pictures.HEIC)
    assert seen(tmp_path / "a.heic").size == (512, 96)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
@pytest.mark.parametrize(("orientation", "turn"), [(6, 90), (3, 180), (8, 270)])
def test_a_picture_is_turned_as_the_camera_was_held(tmp_path: Path, name: str, orientation: int, turn: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    flag().rotate(turn, expand=True).save(tmp_path / name, exif=exif)
    image = seen(tmp_path / name, 5000)
    assert image.size == (100, 50)
    assert is_near(image.getpixel((25, 25)), RED)


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "a.png")
    Image.new("P", (20, 20), 7).save(tmp_path / "a.gif", transparency=7)
    assert seen(tmp_path / "a.png").getpixel((5, 5)) == (255, 255, 255)
    assert seen(tmp_path / "a.gif").getpixel((5, 5)) == (255, 255, 255)


def test_more_than_8_bits_and_inks_become_what_a_screen_shows(tmp_path: Path) -> None:
    deep = np.full((20, 40), 60_000, np.uint16)
    deep[:, 20:] = 1000
    Image.fromarray(deep).save(tmp_path / "deep.png")
    image = seen(tmp_path / "deep.png")
    assert (image.getpixel((5, 5)), image.getpixel((35, 5))) == ((255, 255, 255), (0, 0, 0))
    flag().convert("CMYK").save(tmp_path / "inks.jpg")
    assert is_near(seen(tmp_path / "inks.jpg").getpixel((150, 50)), BLUE)


def test_a_large_photograph_is_shrunk(tmp_path: Path) -> None:
    Image.new("RGB", (8000, 6250), "white").save(tmp_path / "a.jpg")
    assert seen(tmp_path / "a.jpg").size == (1131, 884)


def test_a_picture_with_billions_of_pixels_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="This picture has 3,600 megapixels, and the limit is 200 megapixels"):
        seen(pictures.bomb(tmp_path / "a.png"))


def test_the_pages_of_a_tiff_are_those_that_viewers_show(tmp_path: Path) -> None:
    pages = [Image.new("L", (40, 40), shade) for shade in (10, 60, 110)]
    smaller = Image.new("L", (20, 20), 60)
    smaller.encoderinfo = {"tiffinfo": {254: 1}}
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=[pages[1], smaller, pages[2]])
    with opened_picture(tmp_path / "a.tif") as picture:
        assert page_places(picture) == [0, 1, 3]


def test_of_what_moves_the_first_image_is_the_page(tmp_path: Path) -> None:
    flag().save(tmp_path / "a.gif", save_all=True, append_images=[Image.new("RGB", (200, 100), "green")])
    assert is_near(seen(tmp_path / "a.gif").getpixel((50, 50)), RED)


def test_a_picture_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    whole = BytesIO()
    pictures.drawn().save(whole, format="JPEG")
    (tmp_path / "a.jpg").write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(OSError, match="truncated"):
        seen(tmp_path / "a.jpg")
