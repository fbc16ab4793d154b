"""Reciprocal rank fusion: it joins rankings and contradicts none that the others do not contradict."""

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieval.fusion import K, fuse

THINGS = st.integers(0, 12)
RANKING = st.lists(THINGS, unique=True, max_size=10)
RANKINGS = st.lists(RANKING, max_size=4)


@given(RANKINGS)
def test_everything_that_was_ranked_is_there_once_and_nothing_else(rankings: list[list[int]]) -> None:
    joined = fuse(rankings)
    assert len(joined) == len(set(joined))
    assert set(joined) == {thing for ranking in rankings for thing in ranking}


@given(RANKINGS)
def test_the_order_is_that_of_the_formula(rankings: list[list[int]]) -> None:
    def value(thing: int) -> float:
        return sum(1 / (60 + ranking.index(thing) + 1) for ranking in rankings if thing in ranking)

    values = [value(thing) for thing in fuse(rankings)]
    assert all(earlier >= later - 1e-12 for earlier, later in pairwise(values))


@given(RANKING, st.integers(1, 4))
def test_one_ranking_and_several_equal_ones_stay_as_they_are(ranking: list[int], times: int) -> None:
    assert fuse([ranking] * times) == ranking


@given(st.lists(st.permutations(range(6)), min_size=1, max_size=4))
def test_what_every_ranking_puts_first_stays_first(rankings: list[list[int]]) -> None:
    joined = fuse(rankings)
    agreed = Counter(pair for ranking in rankings for pair in combinations(ranking, 2))
    for (better, worse), times in agreed.items():
        if times == len(rankings):
            assert joined.index(better) < joined.index(worse)


@given(RANKINGS)
def test_an_empty_ranking_changes_nothing(rankings: list[list[int]]) -> None:
    assert fuse([*rankings, []]) == fuse(rankings)


def test_what_two_rankings_hold_goes_before_what_one_holds() -> None:
    assert K == 60
    assert fuse([["a", "b", "c"], ["c", "d"]]) == ["c", "a", "b", "d"]


@pytest.mark.parametrize("rankings", [[], [[]], [[], []]])
def test_nothing_joined_is_nothing(rankings: list[list[str]]) -> None:
    assert fuse(rankings) == []
