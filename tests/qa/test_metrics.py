"""The field's measures, against values worked out by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.metrics import hit, ndcg, recall, reciprocal_rank

RANKING = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("relevant", "depth", "expected"),
    [
        ({"a"}, 10, 1.0),
        ({"b"}, 10, 0.6309297535714575),  # 1 / log2(3)
        ({"a", "c"}, 10, 0.9197207891481876),  # (1 + 1/2) / (1 + 1/log2(3))
        ({"b", "e"}, 10, 0.6240505200038379),  # (1/log2(3) + 1/log2(6)) / (1 + 1/log2(3))
        ({"e"}, 4, 0.0),
        ({"a", "b", "c"}, 2, 1.0),  # no ranking of two could be better
        ({"a", "x"}, 10, 0.6131471927654584),  # 1 / (1 + 1/log2(3))
        ({"x"}, 10, 0.0),
        (set(), 10, 0.0),
    ],
)
def test_ndcg(relevant: set[str], depth: int, expected: float) -> None:
    assert ndcg(RANKING, relevant, depth) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevant", "depth", "expected"),
    [({"a"}, 10, 1), ({"c"}, 10, 1 / 3), ({"e", "d"}, 10, 1 / 4), ({"e"}, 4, 0), ({"x"}, 10, 0), (set(), 10, 0)],
)
def test_reciprocal_rank(relevant: set[str], depth: int, expected: float) -> None:
    assert reciprocal_rank(RANKING, relevant, depth) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevant", "depth", "expected"),
    [({"a"}, 1, 1), ({"b"}, 1, 0), ({"b", "x"}, 5, 1), ({"e"}, 5, 1), ({"e"}, 4, 0), (set(), 5, 0)],
)
def test_hit(relevant: set[str], depth: int, expected: float) -> None:
    assert hit(RANKING, relevant, depth) == expected


@pytest.mark.parametrize(
    ("relevant", "depth", "expected"),
    [({"a"}, 100, 1), ({"a", "x"}, 100, 0.5), ({"a", "d", "e"}, 4, 2 / 3), ({"x"}, 100, 0), (set(), 100, 0)],
)
def test_recall(relevant: set[str], depth: int, expected: float) -> None:
    assert recall(RANKING, relevant, depth) == pytest.approx(expected)


@given(
    st.lists(st.integers(0, 20), unique=True, max_size=15).map(lambda things: [str(thing) for thing in things]),
    st.sets(st.integers(0, 20).map(str)),
    st.integers(1, 12),
)
def test_every_measure_lies_between_0_and_1_and_an_empty_ranking_earns_nothing(
    ranking: list[str], relevant: set[str], depth: int
) -> None:
    for measure in (ndcg, reciprocal_rank, hit, recall):
        assert 0 <= measure(ranking, relevant, depth) <= 1 + 1e-12
        assert measure([], relevant, depth) == 0


@given(st.lists(st.integers(0, 20).map(str), unique=True, min_size=1, max_size=10))
def test_a_perfect_ranking_earns_everything(ranking: list[str]) -> None:
    for measure in (ndcg, reciprocal_rank, hit, recall):
        assert math.isclose(measure(ranking, set(ranking), 10), 1)
