"""The field's measures of a ranking, for one question each; a table shows their means over the questions."""

import math
from collections.abc import Collection, Sequence


def ndcg(ranking: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Normalised discounted cumulative gain of the first `depth`, all relevant things worth the same.

    Järvelin and Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques", 2002.

    >>> ndcg(["x", "right"], {"right"}, 10) == 1 / math.log2(3)
    True
    """
    gain = sum(1 / math.log2(place + 1) for place, thing in enumerate(ranking[:depth], start=1) if thing in relevant)
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(len(relevant), depth) + 1))
    return gain / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """One over the place of the first relevant thing of the first `depth`, 0 where there is none.

    >>> reciprocal_rank(["x", "right"], {"right"}, 10)
    0.5
    """
    places = (place for place, thing in enumerate(ranking[:depth], start=1) if thing in relevant)
    return 1 / next(places, math.inf)


def hit(ranking: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """1 where something relevant is among the first `depth`, else 0."""
    return float(any(thing in relevant for thing in ranking[:depth]))


def recall(ranking: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """The part of the relevant things that is among the first `depth`."""
    return len(set(ranking[:depth]) & set(relevant)) / len(relevant) if relevant else 0.0
