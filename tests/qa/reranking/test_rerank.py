"""What is promised of the cross-encoder: scores in [0, 1], the same however many are read at once."""

import math
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest import Document, Passage, Settings
from qa.answer import Candidate
from qa.reranking.cross_encoder import CrossEncoder, load_cross_encoder
from qa.reranking.rerank import read_text, score

QUESTION = "When does the office open?"
OPENING = "The office opens at eight in the morning."
LIFT = "The lift carries eight people."
COFFEE = "The coffee machine is on the second floor."


@pytest.fixture(scope="module")
def model() -> CrossEncoder:
    return load_cross_encoder(Settings(_env_file=None))


def candidates(*texts: str, heading: str | None = None) -> list[Candidate]:
    """Candidates of one document, retrieved in this order."""
    document = Document("0" * 64, "notes.txt", "Text", None, len(texts), 1, datetime.now(UTC))
    return [
        Candidate(Passage(document.id, at, text, heading=heading), document, at + 1) for at, text in enumerate(texts)
    ]


def test_what_answers_has_the_highest_score(model: CrossEncoder) -> None:
    scores = score(QUESTION, candidates(LIFT, COFFEE, OPENING), model)
    assert max(scores) == scores[2]


def test_scored_in_batches_the_scores_are_those_of_all_at_once(model: CrossEncoder) -> None:
    given_texts = candidates(*[f"{LIFT} {number}" for number in range(20)], OPENING)
    in_batches = [value for at in range(0, 21, 7) for value in score(QUESTION, given_texts[at : at + 7], model)]
    assert in_batches == pytest.approx(score(QUESTION, given_texts, model), abs=1e-6)


def test_no_candidates_have_no_scores(model: CrossEncoder) -> None:
    assert score(QUESTION, [], model) == []


def test_a_passage_is_read_with_its_heading(model: CrossEncoder) -> None:
    given_texts = candidates("It is 24 months.", heading="Notice") + candidates("It is 24 months.", heading="Warranty")
    notice, warranty = score("How long is the warranty?", given_texts, model)
    assert warranty > notice


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
    logits = model.model.predict([(question, read_text(one)) for one in given_texts], activation_fn=Identity())
    assert all(0 <= value <= 1 for value in scores)
    assert scores == pytest.approx([1 / (1 + math.exp(-logit)) for logit in logits], abs=1e-6)
