"""The child process that draws a page of a PDF or a picture. Only `ingest.reading.page_images.page_image` starts it.

The job has the file, the page from 1 and the width in pixels. The answer is a line of the page's width and height in
tenths of a point, of a pixel in a picture, then the PNG.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ingest.reading.box.enter import enter

if TYPE_CHECKING:
    from PIL import Image

_LARGEST_SIDE = 4000  # pixels, whatever the page's own size says
_TENTHS = 10  # to a point
# A long screenshot may be as high and is still read.
_LONGEST_PICTURE = 12_000


def main() -> None:
    """Draw the page; any failure ends the process with a status that is not 0."""
    boxed = enter()
    from ingest.reading.recognise import file_type_of  # noqa: PLC0415 - only after the limits are set

    is_pdf = file_type_of(Path(boxed.job["file"]), "a.pdf").name == "PDF"
    with boxed.answer as answer:
        (_draw_pdf_page if is_pdf else _draw_picture)(boxed.job, answer)


def _draw_pdf_page(job: dict[str, Any], answer: BinaryIO) -> None:
    import pypdfium2  # noqa: PLC0415 - only after the limits are set

    page = pypdfium2.PdfDocument(Path(job["file"]))[job["page"] - 1]
    width, height = page.get_size()
    scale = min(job["width"] / width, _LARGEST_SIDE / width, _LARGEST_SIDE / height)
    image = page.render(scale=scale).to_pil()
    _answer(image, scale / _TENTHS, answer)


def _draw_picture(job: dict[str, Any], answer: BinaryIO) -> None:
    """Draw a picture, or a page of one. It is never enlarged."""
    from ingest.reading.formats.picture_pages import MOST_PIXELS, opened_picture, page_places, upright  # noqa: PLC0415

    with opened_picture(Path(job["file"])) as picture:
        picture.seek(page_places(picture)[job["page"] - 1])
        image = upright(picture, MOST_PIXELS)
    width = image.width
    image.thumbnail((job["width"], _LONGEST_PICTURE))
    _answer(image, image.width / width / _TENTHS, answer)


def _answer(image: "Image.Image", scale: float, answer: BinaryIO) -> None:
    width, height = (round(side / scale) for side in image.size)
    answer.write(f"{width} {height}\n".encode())
    image.save(answer, format="PNG")


if __name__ == "__main__":
    main()
