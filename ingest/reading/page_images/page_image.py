"""A page of a PDF as an image, drawn in a child process, so that a hostile file harms nothing else."""

import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CannotRead
from ingest.reading.child_process import run_child
from ingest.settings import Settings

logger = logging.getLogger(__name__)

_CHILD = "ingest.reading.page_images.child"
_SECONDS = 30
_CANNOT_DRAW = "This page cannot be shown as a picture. Its text is below."


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a PNG. `highlighted` says whether the passage that was asked for was found on it and is highlighted."""

    png: bytes
    highlighted: bool


def page_image(
    original: Path, page: int, settings: Settings, width: int = 1000, passage: str | None = None
) -> PageImage:
    """Draw a page of a PDF, with a passage highlighted on it.

    Args:
        original: The PDF.
        page: The page's number, from 1.
        settings: Its `read_megabytes` is the memory that drawing may take.
        width: The image's width in pixels.
        passage: The text of the passage to highlight. A page on which it is not found, such as a scan, is drawn plain.

    Returns:
        The PNG, and whether the passage was found.

    Raises:
        CannotRead: The page cannot be drawn.

    Example:
        >>> from ingest import example_documents, load_settings, page_image
        >>> manual = next(path for path in example_documents() if path.suffix == ".pdf")
        >>> page_image(manual, 1, load_settings()).png[:4]
        b'\\x89PNG'
    """
    job: dict[str, object] = {
        "file": str(original.resolve()),
        "page": page,
        "width": width,
        "megabytes": settings.read_megabytes,
        "seconds": _SECONDS,
        "passage": passage,
    }
    try:
        return _drawn_by_child(job)
    except OSError as error:
        logger.info("a page could not be drawn", exc_info=True)
        raise CannotRead(_CANNOT_DRAW) from error


def _drawn_by_child(job: dict[str, object]) -> PageImage:
    with tempfile.TemporaryDirectory(prefix="pinpoint-") as folder:
        highlighted, plain = Path(folder) / "highlighted.png", Path(folder) / "plain.png"
        status = run_child(_CHILD, {**job, "highlighted": str(highlighted), "plain": str(plain)}, lambda: _SECONDS)
        if status != 0:
            logger.info("a page could not be drawn: the process ended with status %s", status)
            raise CannotRead(_CANNOT_DRAW)
        if highlighted.exists():
            return PageImage(highlighted.read_bytes(), highlighted=True)
        return PageImage(plain.read_bytes(), highlighted=False)
