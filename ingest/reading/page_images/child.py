"""The process that draws one page of a PDF, started by `ingest.reading.page_images.page_image` and nobody else.

The job comes as JSON on standard input: the file, the page from 1, the width in pixels, the memory allowed in
megabytes, the passage to outline or null, and where to put the PNG, with the outline and without one. One of the two
is written.
"""

import json
import logging
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

_LARGEST = 4000  # pixels either way, whatever the page's own size says
# Libraries for numbers keep stacks and buffers for every thread, which counts against the memory limit.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> None:
    """Draw the page; any failure ends the process with a status that is not 0."""
    job = json.load(sys.stdin)
    _limit(job["megabytes"])
    _bare_package()
    import pypdfium2  # noqa: PLC0415 - only after the limit is set

    document = pypdfium2.PdfDocument(Path(job["file"]))
    page = document[job["page"] - 1]
    wide, high = page.get_size()
    drawn = page.render(scale=min(job["width"] / wide, _LARGEST / wide, _LARGEST / high))
    outlined = _outlined(page, drawn, job["passage"]) if job["passage"] else None
    if outlined:
        outlined.save(job["outlined"], format="PNG")
    else:
        drawn.to_pil().save(job["plain"], format="PNG")


def _outlined(page: "pypdfium2.PdfPage", drawn: "pypdfium2.PdfBitmap", passage: str) -> "Image.Image | None":
    """The picture with the passage outlined, or None where it cannot be found: the page is worth showing without."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - only after the limit is set

    from ingest.reading.page_images.match import matched  # noqa: PLC0415
    from ingest.reading.page_images.outline import outline  # noqa: PLC0415
    from ingest.reading.page_images.words import words_in_order  # noqa: PLC0415

    places = drawn.get_posconv(page)

    def place(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
        (x, y), (other_x, other_y) = places.to_bitmap(*box[:2]), places.to_bitmap(*box[2:])
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)

    try:
        words = words_in_order(page)
        found = matched([word.text for word in words], passage)
        return outline(drawn.to_pil(), words, found, place)
    except (PdfiumError, ArithmeticError, ValueError, MemoryError):
        logging.getLogger(__name__).warning("a passage could not be outlined", exc_info=True)
        return None


def _bare_package() -> None:
    """Make the modules of `ingest` importable without its front door, which would bring the models along."""
    package = ModuleType("ingest")
    package.__path__ = [str(Path(__file__).resolve().parents[2])]
    sys.modules["ingest"] = package


def _limit(megabytes: int) -> None:
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, megabytes * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
