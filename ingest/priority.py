"""Questions first: work in the background waits while somebody waits for an answer."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Priority:
    """Counts the tasks that go first. Safe for several threads."""

    def __init__(self) -> None:
        self._running = 0
        self._changed = threading.Condition()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count one task as running for as long as the context is open."""
        with self._changed:
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def wait_until_idle(self, at_most: float = 10.0) -> bool:
        """Wait until no task with priority runs.

        Args:
            at_most: The longest wait in seconds, so that work in the background ends even under constant load.

        Returns:
            Whether no such task runs now.

        Example:
            >>> Priority().wait_until_idle()
            True
        """
        until = time.monotonic() + at_most
        with self._changed:
            while self._running and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return not self._running


questions = Priority()
