"""Whose question is read on: a few at one time, in order of arrival. All at once, each would take as long as the last.

Everybody's first candidates are read at once, so that everybody soon sees something.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# One question keeps all cores busy; the second one is read while the first is prepared or put in order.
AT_ONCE = 2


class InTurn:
    """Those who have asked, in order of arrival. Safe for several threads.

    Args:
        at_once: How many have their turn at one time.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._asking: list[object] = []
        self._changed = threading.Condition()

    @contextmanager
    def asking(self) -> Iterator["Turn"]:
        """Be one of those who ask, the last one, for as long as the context is open.

        Example:
            >>> in_turn = InTurn(at_once=1)
            >>> with in_turn.asking() as first, in_turn.asking() as second:
            ...     first.before(), second.before()
            (0, 1)
        """
        own = object()
        with self._changed:
            self._asking.append(own)
        try:
            yield Turn(self, own)
        finally:
            with self._changed:
                self._asking.remove(own)
                self._changed.notify_all()

    def wait(self, own: object, seconds: float) -> int:
        """Wait for a turn, at most so long. Returns how many have theirs before; 0 says that it has come."""
        with self._changed:
            self._changed.wait_for(lambda: not self._before(own), seconds)
            return self._before(own)

    def _before(self, own: object) -> int:
        return max(self._asking.index(own) - self._at_once + 1, 0)


class Turn:
    """The turn of one question."""

    def __init__(self, in_turn: InTurn, own: object) -> None:
        self._in_turn, self._own = in_turn, own

    def before(self) -> int:
        """How many have their turn before this one; 0 where it has come."""
        return self.wait(0)

    def wait(self, seconds: float) -> int:
        """Wait for the turn, at most so many seconds. Returns what `before` does."""
        return self._in_turn.wait(self._own, seconds)
