"""What is promised of re-ranking: scores in [0, 1], best first, ties as retrieved, never more than asked for."""

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest import Document, Passage, Settings
from qa.candidate import Candidate
from qa.cross_encoder import load_cross_encoder
from qa.rerank import PORTION, best, read_text, rerank, score, scoring

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

QUESTION = "When does the office open?"
OPENING = "The office opens at eight in the morning."
LIFT = "The lift carries eight people."
COFFEE = "The coffee machine is on the second floor."


@pytest.fixture(scope="module")
def model() -> "CrossEncoder":
    return load_cross_encoder(Settings(_env_file=None))


def candidates(*texts: str, heading: str | None = None) -> list[Candidate]:
    """Candidates of one document, retrieved in this order."""
    document = Document("0" * 64, "notes.txt", "Text", None, len(texts), 1, datetime.now(UTC))
    return [
        Candidate(Passage(document.id, at, text, heading=heading), document, at + 1) for at, text in enumerate(texts)
    ]


def test_the_best_comes_first(model: "CrossEncoder") -> None:
    hits = rerank(QUESTION, candidates(LIFT, COFFEE, OPENING), model)
    assert hits[0].candidate.passage.text == OPENING
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_says_where_its_candidate_stood_before(model: "CrossEncoder") -> None:
    given = candidates(LIFT, COFFEE, OPENING)
    first = rerank(QUESTION, given, model)[0]
    assert first.candidate is given[2]
    assert first.candidate.retrieved_at == 3


def test_passages_that_say_the_same_are_one_hit_that_names_them_in_the_order_of_retrieval(
    model: "CrossEncoder",
) -> None:
    given = candidates(LIFT, OPENING, COFFEE, f" {OPENING.upper()}\n", LIFT, OPENING)
    hits = rerank(QUESTION, given, model, top=6)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    same = {hit.candidate.passage.ordinal: {also.passage.ordinal for also in hit.also} for hit in hits}
    assert same == {1: {3, 5}, 0: {4}, 2: set()}


def test_room_is_made_for_others_where_passages_say_the_same(model: "CrossEncoder") -> None:
    hits = rerank(QUESTION, candidates(OPENING, OPENING, OPENING, LIFT, COFFEE), model, top=2)
    assert hits[0].candidate.passage.text == OPENING
    assert len(hits) == 2


def test_scored_in_portions_the_order_is_that_of_all_at_once(model: "CrossEncoder") -> None:
    given = candidates(*[f"{LIFT} {number}" for number in range(PORTION * 2)], OPENING)
    in_portions = [value for portion in scoring(QUESTION, given, model) for value in portion]
    assert best(given, in_portions, 5) == rerank(QUESTION, given, model)


@pytest.mark.parametrize(("top", "expected"), [(0, 0), (1, 1), (2, 2), (3, 3), (50, 3)])
def test_no_more_than_asked_for_are_kept(model: "CrossEncoder", top: int, expected: int) -> None:
    assert len(rerank(QUESTION, candidates(LIFT, COFFEE, OPENING), model, top=top)) == expected


def test_five_are_kept_where_nothing_is_said(model: "CrossEncoder") -> None:
    given = candidates(*[f"{text} Note {number}." for number in range(4) for text in (LIFT, COFFEE)])
    assert len(rerank(QUESTION, given, model)) == 5


def test_no_candidates_give_no_hits(model: "CrossEncoder") -> None:
    assert rerank(QUESTION, [], model) == []
    assert score(QUESTION, [], model) == []


def test_a_passage_is_read_with_its_heading(model: "CrossEncoder") -> None:
    given = candidates("It is 24 months.", heading="Notice") + candidates("It is 24 months.", heading="Warranty")
    assert rerank("How long is the warranty?", given, model)[0].candidate.passage.heading == "Warranty"


@hypothesis_settings(max_examples=12, deadline=None)
@example("?", [""])
@example(QUESTION, [OPENING, OPENING * 200, "\0", "ﷺ 🙂 東京"])
@given(st.text(max_size=60), st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_scores_lie_between_0_and_1_and_are_the_sigmoid_of_the_logit_for_any_text(
    question: str, texts: list[str]
) -> None:
    from torch.nn import Identity

    model = load_cross_encoder(Settings(_env_file=None))
    given_texts = candidates(*texts)
    scores = score(question, given_texts, model)
    logits = model.predict([(question, read_text(one)) for one in given_texts], activation_fn=Identity())
    assert all(0 <= value <= 1 for value in scores)
    assert scores == pytest.approx([1 / (1 + math.exp(-logit)) for logit in logits], abs=1e-6)
