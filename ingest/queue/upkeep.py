"""What is done beside adding files, in a thread of its own: the trash is emptied, the library embedded again."""

import logging
import threading

from ingest.errors import PinpointError
from ingest.pipeline.outcome import Progress
from ingest.pipeline.re_embed import update
from ingest.queue.line import Line
from ingest.settings import Settings
from ingest.store.library import Library

logger = logging.getLogger(__name__)

_AN_HOUR = 3600.0  # how often it is looked whether something has been in the trash for long enough
_NOT_UPDATED = "The library could not be updated, and works as before. Try again."


class Upkeep:
    """Keeps the library in order. Safe for several threads. The thread ends with the process.

    Args:
        library: The open library.
        settings: The bi-encoder that is set now.
        line: The files that wait: none is begun while the library is embedded again.
    """

    def __init__(self, library: Library, settings: Settings, line: Line) -> None:
        self._library = library
        self._settings = settings
        self._line = line
        self._wanted = threading.Event()
        self.state: Progress | str | None = None  # how far embedding again is, or why it failed
        threading.Thread(target=self._run, name="upkeep", daemon=True).start()

    def update(self) -> None:
        """Embed the library again, as soon as the files that are worked on are in."""
        self.state = Progress("embedding")
        self._wanted.set()

    def _run(self) -> None:
        while True:
            self._empty_trash()
            if self._wanted.wait(_AN_HOUR):
                with self._line.paused():
                    self._update_library()
                self._wanted.clear()
            else:
                self._library.database.reserve.keep()

    def _empty_trash(self) -> None:
        """Delete for good what has been in the trash for long enough; where that fails, in an hour."""
        try:
            self._library.empty_trash(self._library.trash.expired())
        except Exception:  # the edge of the thread
            logger.exception("the trash could not be emptied")

    def _update_library(self) -> None:
        def progressed(progress: Progress) -> None:
            self.state = progress

        try:
            update(self._library, self._settings, progressed)
            self.state = None
        except PinpointError as error:
            self.state = str(error)
        except Exception:  # the edge of the thread; the old vectors go on serving
            logger.exception("the library could not be updated")
            self.state = _NOT_UPDATED
