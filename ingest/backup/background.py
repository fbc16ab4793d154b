"""Work on a backup in a thread of its own: one at a time, with its progress and the sentence why it failed."""

import logging
import threading
from collections.abc import Callable

from ingest.errors import PinpointError

logger = logging.getLogger(__name__)


class Background:
    """One piece of work at a time, in the background. Safe for several threads."""

    def __init__(self, unforeseen: str) -> None:
        """`unforeseen` is the sentence for a failure that has none of its own."""
        self._unforeseen = unforeseen
        self._changing = threading.Lock()
        self._progress: tuple[int, int] | None = None
        self._error: str | None = None

    @property
    def progress(self) -> tuple[int, int] | None:
        """How many documents are done, and of how many; None where no work is going on."""
        return self._progress

    @property
    def error(self) -> str | None:
        """The sentence why the last work failed."""
        return self._error

    def _claim(self) -> bool:
        """Take the place of the one that works; False where somebody has it."""
        with self._changing:
            if self._progress is not None:
                return False
            self._progress, self._error = (0, 0), None
            return True

    def _give_up(self) -> None:
        """Leave the place that was claimed, without any work."""
        self._progress = None

    def _start_thread(self, name: str, work: Callable[[Callable[[int, int], None]], None]) -> None:
        """Start the thread, after `_claim`. `work` gets the function that it tells its progress."""
        threading.Thread(target=self._run, args=[work], name=name, daemon=True).start()

    def _run(self, work: Callable[[Callable[[int, int], None]], None]) -> None:
        try:
            work(self._told)
        except PinpointError as error:
            self._error = str(error)
        except Exception:  # the edge of a thread: whoever asked must not wait for ever
            logger.exception("work on a backup failed")
            self._error = self._unforeseen
        finally:
            self._progress = None

    def _told(self, done: int, total: int) -> None:
        self._progress = done, total
