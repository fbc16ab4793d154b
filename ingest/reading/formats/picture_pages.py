"""The pages of a picture as a person sees them: turned as the camera was held, on white, in 8-bit colours.

Most pictures are one page; a TIFF may have many. Of what moves, such as an animated GIF, the first image is the page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import sqrt
from pathlib import Path

import numpy as np
import pi_heif
from PIL import Image, ImageOps

from ingest.errors import CannotRead

# Nothing else is tried, so that a strange file reaches no more decoders than needed.
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF", "HEIF")
# So many are read and shown: with them, the small print on a photograph of a page is read, and a long screenshot.
MOST_PIXELS = 12_000_000
# The largest photographs, and scans of large plans, have about as many.
_MOST_MEGAPIXELS = 200
_MOST_PAGES = 2000
_TOO_MANY_PIXELS = (
    "This picture has {size:,} megapixels, and the limit is {limit} megapixels. Save it smaller and add that."
)
_TOO_MANY_PAGES = "This picture has more than {limit:,} pages. Split it into parts and add those."
# NewSubfileType of TIFF 6.0: a smaller version of a page, and a mask, which viewers do not show.
_KIND_OF_PAGE, _NO_PAGE = 254, 0b101
# What the pixels of a picture may be so that a smaller one may be made of their means.
_AVERAGED = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"})


@contextmanager
def opened_picture(path: Path) -> Iterator[Image.Image]:
    """A picture, open at its first page, of which nothing but the head is read.

    Raises:
        OSError: It is damaged, or of no kind that is read. Pillow also raises SyntaxError and ValueError.
    """
    Image.MAX_IMAGE_PIXELS = None  # `upright` has a limit of its own, with a sentence for people
    Image.init()
    pi_heif.register_heif_opener()
    with Image.open(path, formats=_FORMATS) as picture:
        yield picture


def page_places(picture: Image.Image) -> list[int]:
    """Where the pages of an open picture are, for `Image.seek`: one, or those of a TIFF that a person looks through.

    Raises:
        CannotRead: It has too many pages.
    """
    if picture.format != "TIFF":
        return [0]
    places, place = [0], 1
    while _has_place(picture, place):
        if not int(picture.tag_v2.get(_KIND_OF_PAGE, 0)) & _NO_PAGE:  # type: ignore[attr-defined]
            places.append(place)
        if place > _MOST_PAGES:
            raise CannotRead(_TOO_MANY_PAGES.format(limit=_MOST_PAGES))
        place += 1
    picture.seek(0)
    return places


def _has_place(picture: Image.Image, place: int) -> bool:
    try:
        picture.seek(place)
    except EOFError:
        return False
    return True


def upright(page: Image.Image, most_pixels: int) -> Image.Image:
    """A page in RGB, turned as a person sees it.

    Args:
        page: An open picture at the place of a page.
        most_pixels: A larger page is shrunk to so many pixels.

    Raises:
        CannotRead: It has too many pixels to be read at all.
        OSError: It is damaged or cut off.
    """
    pixels = page.width * page.height
    if pixels > _MOST_MEGAPIXELS * 1_000_000:
        raise CannotRead(_TOO_MANY_PIXELS.format(size=pixels // 1_000_000, limit=_MOST_MEGAPIXELS))
    scale = min(1.0, sqrt(most_pixels / max(pixels, 1)))
    size = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    page.draft(None, size)  # a JPEG is read in a smaller size at once
    # A large picture has memory for itself and for little else, so it is shrunk before anything is made of it.
    is_plain = page.mode in _AVERAGED and "transparency" not in page.info
    shrunk = page if is_plain else _coloured(page)
    if shrunk.width > size[0]:
        shrunk = shrunk.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _on_white(ImageOps.exif_transpose(_coloured(shrunk)))


def _coloured(page: Image.Image) -> Image.Image:
    """The page in grey or RGB, with what is transparent where it says so."""
    if page.mode.startswith(("I", "F")):
        numbers = np.asarray(page, np.float32)
        low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
        grey = np.nan_to_num((numbers - low) * (255 / max(high - low, 1e-9)))
        return Image.fromarray(grey.astype(np.uint8))
    if page.has_transparency_data:
        return page.convert("RGBA")
    return page.convert("L" if page.mode in {"1", "L"} else "RGB")


def _on_white(page: Image.Image) -> Image.Image:
    if page.mode != "RGBA":
        return page.convert("RGB")
    white = Image.new("RGBA", page.size, "white")
    white.alpha_composite(page)
    return white.convert("RGB")
