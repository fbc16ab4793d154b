"""Questions first: what works in the background waits while somebody waits for an answer."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class RightOfWay:
    """Counts who is asking. Safe for several threads."""

    def __init__(self) -> None:
        self._asking = 0
        self._changed = threading.Condition()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """While this is open the background waits."""
        with self._changed:
            self._asking += 1
        try:
            yield
        finally:
            with self._changed:
                self._asking -= 1
                self._changed.notify_all()

    def give(self, at_most: float = 10.0) -> bool:
        """Wait until nobody asks, but not longer than `at_most` seconds, so that the background comes to its end too.

        Returns whether nobody asks.

        >>> RightOfWay().give()
        True
        """
        until = time.monotonic() + at_most
        with self._changed:
            while self._asking and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            return not self._asking


questions = RightOfWay()
