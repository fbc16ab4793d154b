"""What a page can know of the work in the background: each file's state, how far it is, how long it will take."""

import time
from dataclasses import dataclass
from typing import Literal

from ingest.pipeline.add import Outcome, Progress

Status = Literal["waiting", "working", "asking", "added", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """One file's way into the library.

    "asking" is a file whose name another document bears, until somebody decides. `seconds_left` is for the stage that
    `progress` is in, None where it cannot be told. `reason` is the sentence of a failed one.
    """

    id: str
    name: str
    status: Status
    progress: Progress | None = None
    seconds_left: float | None = None
    outcome: Outcome | None = None
    reason: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in {"added", "unchanged", "failed"}

    @property
    def going(self) -> bool:
        """Whether it goes on by itself."""
        return self.status in {"waiting", "working"}


@dataclass(slots=True)
class Pace:
    """Tells from how a stage went so far how long the rest of it will take."""

    _stage: str | None = None
    _started: float = 0.0
    _first: int = 0

    def seconds_left(self, progress: Progress) -> float | None:
        """Seconds to the end of the stage at the pace so far; None at its beginning."""
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._started, self._first = progress.stage, now, progress.done
        done = progress.done - self._first
        if done <= 0 or not progress.total:
            return None
        return (now - self._started) / done * (progress.total - progress.done)
