"""A question that is answered in a thread of its own, so that whoever looks away and back finds it further on."""

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing

from qa.answer import Interim
from qa.conversations.turn import Turn

_LEFT_SECONDS = 10.0  # after so long without anybody who watches, a question is given up: its window was closed
_TOLD_SECONDS = 0.5  # how often one who watches gets a sign of life


class Answering:
    """The steps of a question, made in a thread from the beginning. Safe for several threads.

    Args:
        steps: The steps, as `answer_turn` gives them. They are closed at the end, or where the question is given up.
        left_seconds: After so long without anybody who watches, it is given up.

    Example:
        >>> answering = Answering(step for step in [Turn("When?", None, "There are no documents yet.")])
        >>> [step.error for step in answering.watch() if step]
        ['There are no documents yet.']
    """

    def __init__(self, steps: Generator[Interim | Turn, None, None], left_seconds: float = _LEFT_SECONDS) -> None:
        self._steps, self._left_seconds = steps, left_seconds
        self._changed = threading.Condition()
        self._latest: Interim | Turn | None = None
        self._error: Exception | None = None
        self._is_over = self._is_stopped = False
        self._watched = time.monotonic()  # when somebody last looked
        threading.Thread(target=self._make, name="question", daemon=True).start()

    @property
    def is_given_up(self) -> bool:
        """Whether it has ended, or is to end, without a turn, also by a failure: whoever wants one begins anew."""
        with self._changed:
            return self._is_stopped or (self._is_over and not isinstance(self._latest, Turn))

    def watch(self) -> Iterator[Interim | Turn | None]:
        """The last step so far, and each one that comes while it is watched; the turn is the last.

        Yields:
            The step; the same one again, or None before the first one, as a sign of life where nothing new comes for
            half a second.

        Raises:
            Exception: Whatever the steps have raised.
        """
        step: Interim | Turn | None = None
        while not isinstance(step, Turn):
            with self._changed:
                self._watched = time.monotonic()
                self._changed.wait_for(lambda: self._is_over or self._latest is not step, _TOLD_SECONDS)  # noqa: B023
                step, error, is_over = self._latest, self._error, self._is_over
            if error:
                raise error
            if is_over and not isinstance(step, Turn):
                return
            yield step

    def stop(self) -> None:
        """Give the question up."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def _make(self) -> None:
        error: Exception | None = None
        try:
            with closing(self._steps):
                for step in self._steps:
                    if not self._take(step):
                        break
        except Exception as raised:  # noqa: BLE001 - it is raised again where somebody watches
            error = raised
        with self._changed:
            self._error, self._is_over = error, True
            self._changed.notify_all()

    def _take(self, step: Interim | Turn) -> bool:
        """Let this be the last step. Returns whether somebody still wants the next one."""
        with self._changed:
            is_left = time.monotonic() - self._watched > self._left_seconds
            if self._is_stopped or (is_left and not isinstance(step, Turn)):
                return False
            self._latest = step
            self._changed.notify_all()
            return True
