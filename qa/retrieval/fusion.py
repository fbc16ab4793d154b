"""Reciprocal rank fusion: join several rankings of the same items to one."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

# The authors of the method found that 60 works well for many collections; see `fuse`.
K = 60

T = TypeVar("T", bound=Hashable)


def fuse(rankings: Sequence[Sequence[T]]) -> list[T]:
    """Join rankings: the value of an item is the sum of 1 / (60 + its rank) over the rankings.

    Args:
        rankings: Each has the best item first. An item may be missing in some rankings.

    Returns:
        Every item once, the highest value first. Items of equal value keep the order in which they first appear,
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
