"""A page of a PDF or a picture as an image, drawn in a child process, so that a hostile file harms nothing else.

At most two are drawn at one time in the whole app. A page that cannot be drawn is remembered and not tried again.
"""

import logging
import os
import signal
import tempfile
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.document import Place
from ingest.errors import CannotRead
from ingest.reading.box.limits import Limits
from ingest.reading.box.run import run_child
from ingest.reading.page_images.places import AllTakenError, Places
from ingest.settings import Settings
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

_CHILD = "ingest.reading.page_images.child"
_SECONDS = 30
# A page that others draw right now may take its whole time, with its highlight and then without.
_WAIT_SECONDS = 2 * _SECONDS + 10
_LARGEST_PNG = 100 * MEGABYTE
_CANNOT_DRAW = "This page cannot be shown as a picture. Its text is below."
_BUSY = "Other pages are being drawn. Its text is below; open this page again in a minute."

places = Places()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a PNG. `highlighted` says whether something is highlighted on it.

    `width` and `height` are the page's own, in the measure of places: tenths of a point, of a pixel in a picture.
    """

    png: bytes
    highlighted: bool
    width: int
    height: int


class _DrawingError(Exception):
    """A page was not drawn. `drawn` says whether only its highlight was missing, `status` how the child ended."""

    def __init__(self, status: int | None, drawn: bool) -> None:
        super().__init__(status, drawn)
        self.status, self.drawn = status, drawn


def page_image(
    original: Path, page: int, settings: Settings, width: int = 1000, boxes: Sequence[Place] = ()
) -> PageImage:
    """Draw a page of a PDF, with a passage highlighted on it, or a page of a picture.

    Args:
        original: The PDF or the picture.
        page: The page's number, from 1. A picture that is no TIFF has one page.
        settings: Its `read_megabytes` is the memory that drawing may take.
        width: The image's width in pixels.
        boxes: The places of the passage to highlight. Without any, the page is drawn plain.

    Returns:
        The PNG, and whether something is highlighted on it.

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
            return _drawn(original, page, settings, width, boxes, known)
    except AllTakenError as error:
        raise CannotRead(_BUSY) from error
    except OSError as error:
        logger.info("a page could not be drawn", exc_info=True)
        raise CannotRead(_CANNOT_DRAW) from error


def _drawn(
    original: Path, page: int, settings: Settings, width: int, boxes: Sequence[Place], known: Hashable
) -> PageImage:
    """The page, without its highlight where that cannot be made. What fails is remembered under `known`."""
    failure = places.failure(known)
    if failure == "page":
        raise CannotRead(_CANNOT_DRAW)
    if failure == "highlight":
        boxes = ()
    try:
        return _drawn_by_child(original, page, settings, width, boxes)
    except _DrawingError as error:
        logger.info("a page could not be drawn: the process ended with status %s", error.status)
        # A process that was killed may have met a system without memory, which says nothing about the page.
        lasting = error.status != -getattr(signal, "SIGKILL", 9)
        if error.drawn and boxes:
            places.remember(known, "highlight")
            return _drawn(original, page, settings, width, (), known)
        if lasting:
            places.remember(known, "page")
        raise CannotRead(_CANNOT_DRAW) from error


def _drawn_by_child(original: Path, page: int, settings: Settings, width: int, boxes: Sequence[Place]) -> PageImage:
    job = {"file": str(original.resolve()), "page": page, "width": width, "boxes": [place[2:] for place in boxes]}
    limits = Limits(_SECONDS, settings.read_megabytes, _LARGEST_PNG)
    with tempfile.TemporaryFile() as answer:
        status = run_child(_CHILD, job, limits, [original], answer)
        return _image(answer, status)


def _image(answer: IO[bytes], status: int | None) -> PageImage:
    answer.seek(0, os.SEEK_SET)
    drawn = answer.readline() == b"drawn\n"
    if status != 0:
        raise _DrawingError(status, drawn)
    highlighted, width, height = answer.readline().split()
    return PageImage(answer.read(), highlighted == b"highlighted", int(width), int(height))
