"""The field's measures, and the figures of a system, against values worked out by hand."""

import math
from dataclasses import astuple, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Outcome
from qa.evaluation.metrics import Measured, OfKind, QuestionResult, measure, summarise

RANKING = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]


@pytest.mark.parametrize(
    ("relevant", "expected"),
    [
        ({"a"}, 1.0),
        ({"b"}, 0.6309297535714575),  # 1 / log2(3)
        ({"a", "c"}, 0.9197207891481876),  # (1 + 1/2) / (1 + 1/log2(3))
        ({"b", "e"}, 0.6240505200038379),  # (1/log2(3) + 1/log2(6)) / (1 + 1/log2(3))
        ({"a", "x"}, 0.6131471927654584),  # 1 / (1 + 1/log2(3))
        ({"k"}, 0.0),
        (set(RANKING), 1.0),  # no ranking of ten could be better
        ({"x"}, 0.0),
        (set(), 0.0),
    ],
)
def test_ndcg_at_10(relevant: set[str], expected: float) -> None:
    assert measure(RANKING, relevant).ndcg_at_10 == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevant", "expected"),
    [({"a"}, 1), ({"c"}, 1 / 3), ({"e", "d"}, 1 / 4), ({"j"}, 1 / 10), ({"k"}, 0), ({"x"}, 0), (set(), 0)],
)
def test_mrr_at_10(relevant: set[str], expected: float) -> None:
    assert measure(RANKING, relevant).mrr_at_10 == pytest.approx(expected)


@pytest.mark.parametrize(
    ("relevant", "at_1", "at_5"),
    [({"a"}, 1, 1), ({"b"}, 0, 1), ({"b", "x"}, 0, 1), ({"e"}, 0, 1), ({"f"}, 0, 0), (set(), 0, 0)],
)
def test_hit_at_1_and_at_5(relevant: set[str], at_1: float, at_5: float) -> None:
    found = measure(RANKING, relevant)
    assert (found.hit_at_1, found.hit_at_5) == (at_1, at_5)


@pytest.mark.parametrize(
    ("relevant", "expected"),
    [({"1"}, 1), ({"1", "x"}, 0.5), ({"1", "99", "100"}, 2 / 3), ({"x"}, 0), (set(), 0)],
)
def test_recall_at_100(relevant: set[str], expected: float) -> None:
    ranking = [str(number) for number in range(101)]
    assert measure(ranking, relevant).recall_at_100 == pytest.approx(expected)


def test_the_order_of_names_does_not_count() -> None:
    """trec_eval puts things of equal score in the order of their names; a place of its own is a score of its own."""
    assert measure(["b", "a"], {"b"}).hit_at_1 == measure(["a", "b"], {"a"}).hit_at_1 == 1


@given(
    st.lists(st.integers(0, 20), unique=True, max_size=15).map(lambda things: [str(thing) for thing in things]),
    st.sets(st.integers(0, 20).map(str)),
)
def test_every_measure_lies_between_0_and_1_and_an_empty_ranking_earns_nothing(
    ranking: list[str], relevant: set[str]
) -> None:
    assert all(0 <= value <= 1 + 1e-12 for value in astuple(measure(ranking, relevant)))
    assert set(astuple(measure([], relevant))) == {0}


@given(st.lists(st.integers(0, 20).map(str), unique=True, min_size=1, max_size=10))
def test_a_perfect_ranking_earns_everything(ranking: list[str]) -> None:
    assert astuple(measure(ranking, set(ranking))) == pytest.approx((1, 1, 1, 1, 1))


def asked(number: int, kind: str, outcome: Outcome, rank: int | None = None) -> QuestionResult:
    """A question whose one right passage stands in this place, or in none; it took `number` milliseconds."""
    ranking = [f"wrong {place}" if place != rank else "right" for place in range(1, 11)]
    measures = None if kind == "unanswerable" else measure(ranking, {"right"})
    return QuestionResult(
        "lexical+rerank", f"q{number}", "?", kind, (rank,) if rank else (), measures, float(number), outcome=outcome
    )


def test_the_figures_of_a_system_are_those_worked_out_by_hand() -> None:
    system = summarise(
        [
            replace(asked(9, "unanswerable", "answers"), answering=2),
            replace(asked(1, "plain", "answers", rank=1), shown=True, answering=3, right=1),
            asked(2, "plain", "nothing close", rank=2),
            asked(3, "short", "not sure"),
            asked(8, "unanswerable", "nothing close"),
        ]
    )
    ndcg = (1 + 1 / math.log2(3)) / 3
    expected = Measured("lexical+rerank", 3, ndcg, 0.5, 1 / 3, 2 / 3, 2 / 3, 2, 3)
    assert system.measured.system == expected.system
    assert astuple(system.measured)[1:] == pytest.approx(astuple(expected)[1:])
    assert system.kinds == (
        OfKind("lexical+rerank", "plain", 2, 0.5, 0.75, 1, 0.5, 0.5, 0.5, 3, 1 / 3),
        OfKind("lexical+rerank", "short", 1, 0, 0, 0, 0, 0, 0, 0, None),
        OfKind("lexical+rerank", "unanswerable", 2, None, None, None, None, 0.5, 0.5, 2, 0),
    )
