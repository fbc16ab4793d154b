"""The child process that draws a page of a PDF or a picture. Only `ingest.reading.page_images.page_image` starts it.

The job has the file, the page from 1, the width in pixels and the boxes to highlight, in tenths of a point from the
upper left corner of the page. The answer is the line `drawn` as soon as the page is drawn, then a line of
`highlighted` or `plain` and the page's width and height in the measure of the boxes, then the PNG.
"""

import logging
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
    _answer(image, job["boxes"], scale / _TENTHS, answer)


def _draw_picture(job: dict[str, Any], answer: BinaryIO) -> None:
    """Draw a picture, or a page of one. It is never enlarged. Its boxes are in tenths of a pixel."""
    from ingest.reading.formats.picture_pages import MOST_PIXELS, opened_picture, page_places, upright  # noqa: PLC0415

    with opened_picture(Path(job["file"])) as picture:
        picture.seek(page_places(picture)[job["page"] - 1])
        image = upright(picture, MOST_PIXELS)
    width = image.width
    image.thumbnail((job["width"], _LONGEST_PICTURE))
    _answer(image, job["boxes"], image.width / width / _TENTHS, answer)


def _answer(image: "Image.Image", boxes: list[list[int]], scale: float, answer: BinaryIO) -> None:
    answer.write(b"drawn\n")
    answer.flush()
    highlighted = _with_highlight(image, boxes, scale) if boxes else None
    width, height = (round(side / scale) for side in image.size)
    answer.write(f"{'highlighted' if highlighted else 'plain'} {width} {height}\n".encode())
    (highlighted or image).save(answer, format="PNG")


def _with_highlight(image: "Image.Image", boxes: list[list[int]], scale: float) -> "Image.Image | None":
    """The page image with the boxes highlighted; None where none is on it. The page is then shown without them."""
    from ingest.reading.page_images.highlight import highlight  # noqa: PLC0415 - only after the limits are set

    try:
        return highlight(
            image, [(left * scale, top * scale, right * scale, bottom * scale) for left, top, right, bottom in boxes]
        )
    except (ArithmeticError, ValueError, MemoryError):
        logging.getLogger(__name__).warning("a passage could not be highlighted", exc_info=True)
        return None


if __name__ == "__main__":
    main()
