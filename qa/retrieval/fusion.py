"""Reciprocal rank fusion: several rankings of the same things to one."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

# The authors of the method found 60 to serve well over many collections; see `fuse`.
K = 60

T = TypeVar("T", bound=Hashable)


def fuse(rankings: Sequence[Sequence[T]]) -> list[T]:
    """Join rankings: the value of a thing is the sum of 1 / (60 + its rank) over the rankings.

    Args:
        rankings: Each best first. A ranking may lack things that another one has.

    Returns:
        Everything once, the highest value first. Things of equal value keep the order in which they first appear,
        ranking by ranking.

    Example:
        >>> fuse([["a", "b", "c"], ["b", "d"]])
        ['b', 'a', 'd', 'c']

    Source:
        Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion Outperforms Condorcet and Individual Rank Learning
        Methods", SIGIR 2009.
    """
    values: defaultdict[T, float] = defaultdict(float)
    for ranking in rankings:
        for rank, thing in enumerate(ranking, start=1):
            values[thing] += 1 / (K + rank)
    return sorted(values, key=lambda thing: -values[thing])
