"""Reciprocal rank fusion: several rankings of the same things to one."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

# From Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning
# Methods", SIGIR 2009, who found 60 to serve well over many collections.
K = 60

T = TypeVar("T", bound=Hashable)


def fuse(rankings: Sequence[Sequence[T]]) -> list[T]:
    """Join rankings, best first in each: a thing's value is the sum of 1 / (60 + its place) over the rankings.

    Things of equal value keep the order in which they are first met, ranking by ranking.

    >>> fuse([["a", "b", "c"], ["b", "d"]])
    ['b', 'a', 'd', 'c']
    """
    values: defaultdict[T, float] = defaultdict(float)
    for ranking in rankings:
        for place, thing in enumerate(ranking, start=1):
            values[thing] += 1 / (K + place)
    return sorted(values, key=lambda thing: -values[thing])
