"""A straight rule drawn on a page: the lines of ruled tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line from `start` to `end`, in points. `place` is its x where it is vertical, else its y."""

    vertical: bool
    place: float
    start: float
    end: float
