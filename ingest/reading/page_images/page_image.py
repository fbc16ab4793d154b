"""A page of a PDF or a picture as an image, drawn in a child process, so that a hostile file harms nothing else.

At most two are drawn at one time in the whole app. A page that cannot be drawn is remembered and not tried again.
"""

import logging
import os
import signal
import tempfile
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.errors import CannotRead
from ingest.reading.box.limits import Limits
from ingest.reading.box.run import run_child
from ingest.reading.page_images.places import AllTakenError, Places
from ingest.settings import Settings
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

_CHILD = "ingest.reading.page_images.child"
_SECONDS = 30
# Others may draw the same page, or two others, for their whole time.
_WAIT_SECONDS = 2 * _SECONDS + 10
_LARGEST_PNG = 100 * MEGABYTE
_CANNOT_DRAW = "This page cannot be shown as a picture. Its text is below."
_BUSY = "Other pages are being drawn. Its text is below; open this page again in a minute."

places = Places()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a PNG.

    `width` and `height` are the page's own, in the measure of places: tenths of a point, of a pixel in a picture.
    """

    png: bytes
    width: int
    height: int


class _DrawingError(Exception):
    """A page was not drawn. `status` says how the child ended."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


def page_image(original: Path, page: int, settings: Settings, width: int = 1000) -> PageImage:
    """Draw a page of a PDF, or of a picture.

    Args:
        original: The PDF or the picture.
        page: The page's number, from 1. A picture that is no TIFF has one page.
        settings: Its `read_megabytes` is the memory that drawing may take.
        width: The image's width in pixels.

    Returns:
        The PNG, and how large the page is.

    Raises:
        CannotRead: The page cannot be drawn.

    Example:
        >>> from ingest import example_documents, load_settings, page_image
        >>> manual = next(path for path in example_documents() if path.suffix == ".pdf")
        >>> page_image(manual, 1, load_settings()).png[:4]
        b'\\x89PNG'
    """
    try:
        state = original.stat()
        known = original.resolve(), state.st_size, state.st_mtime_ns, page
        with places.taken(known, _WAIT_SECONDS):
            return _drawn(original, page, settings, width, known)
    except AllTakenError as error:
        raise CannotRead(_BUSY) from error
    except OSError as error:
        logger.info("a page could not be drawn", exc_info=True)
        raise CannotRead(_CANNOT_DRAW) from error


def _drawn(original: Path, page: int, settings: Settings, width: int, known: Hashable) -> PageImage:
    """The page. What fails is remembered under `known`."""
    if places.has_failed(known):
        raise CannotRead(_CANNOT_DRAW)
    try:
        return _drawn_by_child(original, page, settings, width)
    except _DrawingError as error:
        logger.info("a page could not be drawn: the process ended with status %s", error.status)
        # A process that was killed may have met a system without memory, which says nothing about the page.
        if error.status != -getattr(signal, "SIGKILL", 9):
            places.remember(known)
        raise CannotRead(_CANNOT_DRAW) from error


def _drawn_by_child(original: Path, page: int, settings: Settings, width: int) -> PageImage:
    job = {"file": str(original.resolve()), "page": page, "width": width}
    limits = Limits(_SECONDS, settings.read_megabytes, _LARGEST_PNG)
    with tempfile.TemporaryFile() as answer:
        status = run_child(_CHILD, job, limits, [original], answer)
        return _image(answer, status)


def _image(answer: IO[bytes], status: int | None) -> PageImage:
    if status != 0:
        raise _DrawingError(status)
    answer.seek(0, os.SEEK_SET)
    width, height = answer.readline().split()
    return PageImage(answer.read(), int(width), int(height))
