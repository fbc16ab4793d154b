"""Two places for the pages that are drawn at one time in the whole app, and a memory of the pages that cannot be drawn.

Each drawing takes a core. A page that never finishes would take one for its whole time at every look, and as many at
once as people look.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

AT_ONE_TIME = 2
_REMEMBERED = 10_000


class AllTakenError(Exception):
    """Nobody gave up a place in time."""


@dataclass
class _Lock:
    lock: threading.Lock = field(default_factory=threading.Lock)
    wanted: int = 0


class Places:
    """Where pages are drawn: at most two at one time, the same page only once at a time. Safe for several threads."""

    def __init__(self) -> None:
        self._free = threading.BoundedSemaphore(AT_ONE_TIME)
        self._changing = threading.Lock()
        self._locks: dict[Hashable, _Lock] = {}
        self._failed: OrderedDict[Hashable, None] = OrderedDict()

    def has_failed(self, page: Hashable) -> bool:
        """Whether this page is known to be one that cannot be drawn."""
        with self._changing:
            return page in self._failed

    def remember(self, page: Hashable) -> None:
        """Remember that a page cannot be drawn. The oldest of many thousands is forgotten."""
        with self._changing:
            self._failed[page] = None
            self._failed.move_to_end(page)
            if len(self._failed) > _REMEMBERED:
                self._failed.popitem(last=False)

    def forget(self) -> None:
        """Forget all failures."""
        with self._changing:
            self._failed.clear()

    @contextmanager
    def taken(self, page: Hashable, seconds: float) -> Iterator[None]:
        """Wait until nobody draws this page and a place is free, and take it.

        Raises:
            AllTakenError: It took longer than this many seconds.
        """
        with self._alone(page, seconds):
            if not self._free.acquire(timeout=seconds):
                raise AllTakenError
            try:
                yield
            finally:
                self._free.release()

    @contextmanager
    def _alone(self, page: Hashable, seconds: float) -> Iterator[None]:
        with self._changing:
            own = self._locks.setdefault(page, _Lock())
            own.wanted += 1
        try:
            if not own.lock.acquire(timeout=seconds):
                raise AllTakenError
            try:
                yield
            finally:
                own.lock.release()
        finally:
            with self._changing:
                own.wanted -= 1
                if not own.wanted:
                    del self._locks[page]
