"""Two runs side by side: what differs, whether it could be chance, and a kept run that is read again."""

import itertools
import json
import math
import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import Outcome
from qa.evaluation.compare import (
    Compared,
    Run,
    binomial_p,
    check_place,
    check_systems,
    compare,
    load,
    permutation_p,
    save,
)
from qa.evaluation.data_sets import CannotEvaluate
from qa.evaluation.metrics import QuestionResult, measure
from tests.conftest import is_one_sentence, written

METRICS = ["ndcg@10", "mrr@10", "hit@1", "hit@5", "recall@100"]


def asked(
    name: str,
    rank: int | None,
    *,
    system: str = "hybrid",
    question: str = "?",
    outcome: Outcome | None = None,
    answerable: bool = True,
) -> QuestionResult:
    """A question whose one right passage stands in this place, or in none of ten."""
    ranking = ["right" if place == rank else f"wrong {place}" for place in range(1, 11)]
    measures = measure(ranking, {"right"}) if answerable else None
    return QuestionResult(
        system,
        name,
        question,
        "plain" if answerable else "unanswerable",
        (rank,) if rank else (),
        measures,
        12.5,
        outcome,
    )


def run(*questions: QuestionResult) -> Run:
    return Run("folder", questions)


def rows(before: Run, now: Run) -> dict[str, Compared]:
    """What is compared of one system, by metric."""
    return {row.metric: row for row in compare(before, now)}


def test_a_kept_run_is_read_again_as_it_was(tmp_path: Path) -> None:
    kept = run(
        asked("q1", 3, question="Öffnet es um „acht“?"),
        asked("q1", 1, system="hybrid+rerank", outcome="not sure"),
        asked("q2", None, system="hybrid+rerank", outcome="nothing close", answerable=False),
    )
    save(kept, tmp_path / "run.json")
    save(kept, tmp_path / "run.json")
    assert load(tmp_path / "run.json") == kept
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]
    assert kept.systems == ["hybrid", "hybrid+rerank"]


def test_the_kept_file_holds_what_one_looks_up_of_a_question(tmp_path: Path) -> None:
    save(run(asked("q1", 3, outcome="not sure")), tmp_path / "run.json")
    (question,) = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["asked"]
    expected = {"id": "q1", "question": "?", "kind": "plain", "ranks": [3], "outcome": "not sure"}
    assert {name: question[name] for name in expected} == expected


@pytest.mark.parametrize("content", ["", "nothing", "[]", "{}", '{"folder": "f", "asked": [{"id": "q"}]}'])
def test_what_is_no_kept_run_is_said_in_one_sentence(tmp_path: Path, content: str) -> None:
    with pytest.raises(CannotEvaluate) as refused:
        load(written(tmp_path, "run.json", content))
    assert is_one_sentence(str(refused.value))


def test_a_file_that_is_not_there_and_a_place_that_is_none_are_said_in_one_sentence(tmp_path: Path) -> None:
    for attempt in (
        lambda: load(tmp_path / "run.json"),
        lambda: load(tmp_path),
        lambda: check_place(tmp_path),
        lambda: check_place(tmp_path / "no folder" / "run.json"),
        lambda: save(run(), tmp_path / "no folder" / "run.json"),
        lambda: check_systems(run(asked("q1", 1)), ["dense", "dense+rerank"]),
        lambda: check_systems(run(), ["dense"]),
    ):
        with pytest.raises(CannotEvaluate) as refused:
            attempt()
        assert is_one_sentence(str(refused.value))
    check_place(tmp_path / "run.json")
    check_systems(run(asked("q1", 1)), ["hybrid"])


def test_means_difference_and_p_are_those_worked_out_by_hand() -> None:
    before = run(*[asked(f"q{number}", 2) for number in range(8)])
    now = run(*[asked(f"q{number}", 1 if number < 6 else 2) for number in range(8)])
    found = rows(before, now)
    assert list(found) == METRICS
    first, reciprocal, fifth = found["hit@1"], found["mrr@10"], found["hit@5"]
    assert (first.questions, first.before, first.now, first.difference) == (8, 0, 0.75, 0.75)
    assert first.p == pytest.approx(2 / 2**6)  # six questions better, none worse
    assert (reciprocal.before, reciprocal.now, reciprocal.difference) == (0.5, 0.875, 0.375)
    assert reciprocal.p == pytest.approx(2 / 2**6)
    assert first.sentence == "Hardly chance (p = 0.031)"
    assert (fifth.difference, fifth.p, fifth.sentence) == (0, 1, "No difference")


def test_a_difference_that_could_be_chance_is_called_that() -> None:
    before = run(*[asked(f"q{number}", 2) for number in range(8)])
    now = run(*[asked(f"q{number}", 1 if number < 3 else 2) for number in range(8)])
    assert rows(before, now)["hit@1"].sentence == "Could be chance (p = 0.25)"


def test_a_very_small_p_is_not_shown_as_nothing() -> None:
    before = run(*[asked(f"q{number}", None) for number in range(60)])
    now = run(*[asked(f"q{number}", 1) for number in range(60)])
    found = rows(before, now)
    assert found["hit@1"].sentence == "Hardly chance (p < 0.001)"
    assert found["ndcg@10"].sentence == "Hardly chance (p < 0.001)"


def test_questions_that_are_not_the_same_in_both_runs_are_left_out_and_counted() -> None:
    before = run(
        asked("both", 1), asked("only before", 1), asked("reworded", 1, question="A?"), asked("judged anew", 1)
    )
    now = run(
        asked("both", 2),
        asked("only now", 1),
        asked("reworded", 1, question="B?"),
        asked("judged anew", None, answerable=False),
    )
    row = rows(before, now)["hit@1"]
    assert (row.questions, row.before, row.now) == (1, 1, 0)
    assert row.left_out == 5  # the reworded one is two questions


def test_runs_without_a_common_question_and_systems_of_one_run_have_no_rows() -> None:
    assert list(compare(run(asked("q1", 1)), run(asked("q2", 1)))) == []
    both = run(asked("q1", 1), asked("q1", 1, system="dense"))
    assert {row.system for row in compare(run(asked("q1", 1)), both)} == {"hybrid"}


def test_what_people_are_told_is_compared_too() -> None:
    """Denied is what has an answer and is said to have none, promised the opposite."""
    before = run(
        *[asked(f"q{number}", 1, outcome="nothing close") for number in range(4)],
        *[asked(f"u{number}", None, outcome="answers", answerable=False) for number in range(2)],
    )
    now = run(
        *[asked(f"q{number}", 1, outcome="answers") for number in range(4)],
        *[asked(f"u{number}", None, outcome="not sure", answerable=False) for number in range(2)],
    )
    found = rows(before, now)
    assert list(found) == [*METRICS, "denied", "promised"]
    denied, promised = found["denied"], found["promised"]
    assert (denied.questions, denied.before, denied.now) == (4, 1, 0)
    assert denied.p == pytest.approx(2 / 2**4)
    assert (promised.questions, promised.before, promised.now) == (2, 1, 0)
    assert promised.p == pytest.approx(2 / 2**2)


EIGHTHS = st.lists(st.integers(-8, 8).map(lambda number: number / 8), min_size=1, max_size=8)


@given(EIGHTHS)
def test_the_permutation_test_is_that_of_every_way_to_swap_the_runs(differences: list[float]) -> None:
    observed = abs(statistics.fmean(differences))
    signs = list(itertools.product((1, -1), repeat=len(differences)))
    swapped = [abs(statistics.fmean(map(math.prod, zip(differences, each, strict=True)))) for each in signs]
    expected = sum(mean >= observed - 1e-12 for mean in swapped) / len(signs)
    assert permutation_p(differences) == pytest.approx(expected)


@given(st.lists(st.sampled_from([-1, 0, 1]), max_size=8))
def test_both_tests_agree_where_each_question_is_won_or_lost(differences: list[int]) -> None:
    assert binomial_p(differences) == pytest.approx(permutation_p(differences))


def test_many_questions_are_tested_in_the_same_way_each_time() -> None:
    differences = [0.1 * (number % 7) - 0.25 for number in range(300)]
    assert permutation_p(differences) == permutation_p(differences)
    assert 0 < permutation_p(differences) < 0.05
