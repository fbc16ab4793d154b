"""Who goes first: questions before work in the background, and of that small work before large."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import heapify, heappop, heappush
from itertools import count

_LOOK_SECONDS = 0.2  # how often whoever waits is called


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

    def wait_until_idle(self, at_most: float = 10.0, waiting: Callable[[], object] = lambda: None) -> bool:
        """Wait until no task with priority runs.

        Args:
            at_most: The longest wait in seconds, so that work in the background ends even under constant load.
            waiting: Called several times a second meanwhile. An exception from it is raised.

        Returns:
            Whether no such task runs now.

        Example:
            >>> Priority().wait_until_idle()
            True
        """
        until = time.monotonic() + at_most
        while True:
            with self._changed:
                left = until - time.monotonic()
                if not self._running or left <= 0:
                    return not self._running
                self._changed.wait(min(left, _LOOK_SECONDS))
            waiting()


class Turns:
    """One turn at a time: of those who wait, the one with the smallest work has the next. Safe for several threads."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: list[tuple[int, int]] = []
        self._numbers = count()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, size: int, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
        """Have a turn for as long as the context is open.

        Args:
            size: How much work there is in all: the less, the sooner its turn.
            waiting: Called several times a second until then. An exception from it is raised, and the turn is given up.

        Example:
            >>> turns = Turns()
            >>> with turns.turn(size=1):
            ...     pass
        """
        own = size, next(self._numbers)
        with self._changed:
            heappush(self._waiting, own)
        try:
            while not self._is_next(own):
                waiting()
        except BaseException:
            with self._changed:
                self._waiting.remove(own)
                heapify(self._waiting)
                self._changed.notify_all()
            raise
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()

    def _is_next(self, own: tuple[int, int]) -> bool:
        """Take the turn where it is free, or wait a moment for it."""
        with self._changed:
            if self._taken or self._waiting[0] != own:
                self._changed.wait(_LOOK_SECONDS)
            if self._taken or self._waiting[0] != own:
                return False
            heappop(self._waiting)
            self._taken = True
            return True


questions = Priority()
embedding = Turns()
