"""The child process that draws a page of a PDF or a picture. Only `ingest.reading.page_images.page_image` starts it.

The job has the file, the page from 1, the width in pixels and the passage to highlight or null. The answer is the line
`drawn` as soon as the page is drawn, then the line `highlighted` or `plain`, then the PNG.
"""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ingest.reading.box.enter import enter

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

_LARGEST_SIDE = 4000  # pixels, whatever the page's own size says
# A long screenshot may be as high and is still read. So many pixels are enough for the width that is asked for.
_LONGEST_PICTURE, _MOST_PIXELS = 12_000, 12_000_000


def main() -> None:
    """Draw the page; any failure ends the process with a status that is not 0."""
    boxed = enter()
    from ingest.reading.recognise import file_type_of  # noqa: PLC0415 - only after the limits are set

    is_pdf = file_type_of(Path(boxed.job["file"]), "a.pdf").name == "PDF"
    with boxed.answer as answer:
        (_draw_pdf_page if is_pdf else _draw_picture)(boxed.job, answer)


def _draw_pdf_page(job: dict[str, Any], answer: BinaryIO) -> None:
    import pypdfium2  # noqa: PLC0415 - only after the limits are set

    document = pypdfium2.PdfDocument(Path(job["file"]))
    page = document[job["page"] - 1]
    width, height = page.get_size()
    bitmap = page.render(scale=min(job["width"] / width, _LARGEST_SIDE / width, _LARGEST_SIDE / height))
    answer.write(b"drawn\n")
    answer.flush()
    highlighted = _with_highlight(page, bitmap, job["passage"]) if job["passage"] else None
    answer.write(b"highlighted\n" if highlighted else b"plain\n")
    (highlighted or bitmap.to_pil()).save(answer, format="PNG")


def _draw_picture(job: dict[str, Any], answer: BinaryIO) -> None:
    """Draw a picture, or a page of one. It is never enlarged, and nothing is highlighted on it."""
    from ingest.reading.formats.picture_pages import opened_picture, page_places, upright  # noqa: PLC0415

    with opened_picture(Path(job["file"])) as picture:
        picture.seek(page_places(picture)[job["page"] - 1])
        page = upright(picture, _MOST_PIXELS)
    page.thumbnail((job["width"], _LONGEST_PICTURE))
    answer.write(b"drawn\nplain\n")
    page.save(answer, format="PNG")


def _with_highlight(page: "pypdfium2.PdfPage", bitmap: "pypdfium2.PdfBitmap", passage: str) -> "Image.Image | None":
    """The page image with the passage highlighted; None where it is not found. The page is then shown without it."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - only after the limits are set

    from ingest.reading.page_images.highlight import highlight  # noqa: PLC0415
    from ingest.reading.page_images.match import matched  # noqa: PLC0415
    from ingest.reading.page_images.words import words_in_order  # noqa: PLC0415

    converter = bitmap.get_posconv(page)

    def to_pixels(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        (x, y), (other_x, other_y) = converter.to_bitmap(*box[:2]), converter.to_bitmap(*box[2:])
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)

    try:
        words = words_in_order(page)
        found = matched([word.text for word in words], passage)
        return highlight(bitmap.to_pil(), words, found, to_pixels)
    except (PdfiumError, ArithmeticError, ValueError, MemoryError):
        logging.getLogger(__name__).warning("a passage could not be highlighted", exc_info=True)
        return None


if __name__ == "__main__":
    main()
