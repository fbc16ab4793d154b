"""A page of a PDF as a picture, drawn in a process of its own, as the file is read: a hostile one harms only that."""

import logging
import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.errors import CannotRead
from ingest.settings import Settings

logger = logging.getLogger(__name__)

_CHILD = Path(__file__).resolve().parent / "readers" / "picture_child.py"
_SECONDS = 30


def page_picture(original: Path, page: int, settings: Settings, width: int = 1000) -> bytes:
    """Page `page`, counted from 1, as a PNG `width` pixels wide. Raises CannotRead where it cannot be drawn."""
    with tempfile.TemporaryDirectory(prefix="pinpoint-") as folder:
        picture = Path(folder) / "page.png"
        job = [str(original.resolve()), str(page), str(width), str(picture), str(settings.read_megabytes)]
        try:
            subprocess.run(  # noqa: S603 - our own program, the path is one of ours
                [sys.executable, "-P", str(_CHILD), *job],
                check=True,
                timeout=_SECONDS,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            return picture.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            logger.info("a page could not be drawn", exc_info=True)
            raise CannotRead("This page cannot be shown as a picture. Its text is below.") from error
