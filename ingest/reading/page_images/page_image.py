"""A page of a PDF as a picture, drawn in a process of its own, as the file is read: a hostile one harms only that."""

import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CannotRead
from ingest.settings import Settings

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).resolve().with_name("child.py")
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a PNG. `outlined` says whether the passage that was asked for was found on it and is outlined."""

    png: bytes
    outlined: bool


def page_picture(
    original: Path, page: int, settings: Settings, width: int = 1000, outlined: str | None = None
) -> PagePicture:
    """Page `page`, counted from 1, `width` pixels wide, with the passage whose text is `outlined` outlined on it.

    A passage that cannot be found, as on a page that is only a picture, leaves the page without an outline. Raises
    CannotRead where the page cannot be drawn.
    """
    with tempfile.TemporaryDirectory(prefix="pinpoint-") as folder:
        with_outline, plain = Path(folder) / "outlined.png", Path(folder) / "plain.png"
        job = {
            "file": str(original.resolve()),
            "page": page,
            "width": width,
            "megabytes": settings.read_megabytes,
            "passage": outlined,
            "outlined": str(with_outline),
            "plain": str(plain),
        }
        try:
            subprocess.run(  # noqa: S603 - our own program; the file's name and the passage go in as data
                [sys.executable, "-P", str(_CHILD)],
                check=True,
                timeout=_SECONDS,
                input=json.dumps(job).encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            if with_outline.exists():
                return PagePicture(with_outline.read_bytes(), outlined=True)
            return PagePicture(plain.read_bytes(), outlined=False)
        except (subprocess.SubprocessError, OSError) as error:
            logger.info("a page could not be drawn", exc_info=True)
            raise CannotRead("This page cannot be shown as a picture. Its text is below.") from error
