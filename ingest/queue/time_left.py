"""How long the rest of a stage will take, told from how it went so far."""

import time
from dataclasses import dataclass

from ingest.pipeline.outcome import Progress


@dataclass(slots=True)
class Pace:
    """Tells from how a stage went so far how long the rest of it will take."""

    _stage: tuple[str, int] | None = None  # with the number of the file inside the file
    _started: float = 0.0
    _first: int = 0

    def seconds_left(self, progress: Progress) -> float | None:
        """Seconds to the end of the stage at the pace so far; None at its beginning."""
        now = time.monotonic()
        stage = progress.stage, progress.file
        if stage != self._stage:
            self._stage, self._started, self._first = stage, now, progress.done
        done = progress.done - self._first
        if done <= 0 or not progress.total:
            return None
        return (now - self._started) / done * (progress.total - progress.done)
