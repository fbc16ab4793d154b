"""Confidence: how likely a hit is to answer, and what the page says of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Library, Settings
from qa import VERDICTS, Asker
from qa.confidence.confidence import (
    ANSWERS,
    BY_BOTH,
    BY_WORDS,
    CLOSE,
    CODE_NOWHERE,
    Terms,
    confidences,
    verdict,
)
from qa.reranking.evidence import Evidence, QuestionEvidence
from qa.reranking.order import FINAL_ORDER, FIRST_ORDER, Order, value
from tests.conftest import SharedLibrary, put_in

LOGITS, COSINES, SHARES = st.floats(-14, 14), st.floats(-1, 1), st.floats(0, 1)
EVIDENCE = st.builds(
    Evidence,
    passage=LOGITS,
    similarity=COSINES,
    words=SHARES,
    code_found=st.booleans(),
    code_lacking=st.booleans(),
    code_begins=st.booleans(),
    number_lacking=st.booleans(),
    denial_found=st.booleans(),
    sentence_similarity=COSINES,
    bare_similarity=COSINES,
    heading_similarity=COSINES,
    sentence=LOGITS | st.none(),
    kind_lacking=st.booleans(),
    synonyms=SHARES,
)


@given(
    st.lists(EVIDENCE, min_size=1, max_size=6), LOGITS,
    st.builds(QuestionEvidence, st.integers(0, 20), SHARES, st.booleans()),
    st.sampled_from([BY_BOTH, BY_WORDS]),
)  # fmt: skip
def test_scores_lie_between_0_and_1_and_never_rise_down_the_list(
    found: list[Evidence], best: float, asked: QuestionEvidence, weights: Terms
) -> None:
    ranked = sorted(found, key=lambda each: -value(each, FINAL_ORDER))
    values = [(value(each, FINAL_ORDER), each.words) for each in ranked]
    scores = confidences(ranked, values, best, asked, weights)
    assert len(scores) == len(ranked)
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert max(scores) <= (CODE_NOWHERE if asked.code_nowhere else 1)


@given(EVIDENCE, st.floats(0, 3), st.floats(0, 1), st.sampled_from([FIRST_ORDER, FINAL_ORDER]))
def test_what_is_more_similar_is_never_placed_lower(found: Evidence, logit: float, more: float, order: Order) -> None:
    placed = value(found, order)
    assert value(replace(found, passage=found.passage + logit), order) >= placed
    for name in ("similarity", "sentence_similarity", "bare_similarity", "heading_similarity"):
        assert value(replace(found, **{name: getattr(found, name) + more}), order) >= placed
    assert value(replace(found, code_found=True), order) >= placed
    assert value(replace(found, code_lacking=False, number_lacking=False), order) >= placed


@given(st.floats(0, 1), st.floats(0, 1))
def test_verdicts_follow_the_score(one: float, other: float) -> None:
    less, more = sorted([one, other])
    assert VERDICTS.index(verdict(less)) >= VERDICTS.index(verdict(more))
    assert 0 < CLOSE < ANSWERS < 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When does the office open?", "The office opens at eight in the morning and closes at six."),
        ("How many people does the lift carry?", "The lift carries eight people."),
        ("Where is the coffee machine?", "The coffee machine is on the second floor. It is cleaned on Fridays."),
    ],
)
def test_what_answers_is_said_to(notes: SharedLibrary, question: str, text: str) -> None:
    answer = Asker(notes.library, notes.settings).ask(question)
    assert answer.hits[0].candidate.passage.text == text
    assert answer.hits[0].verdict == "answers"
    assert answer.outcome == "answers"
    assert answer.answered


@pytest.mark.parametrize(
    "question",
    [
        "Who won the football world cup in 1954?",
        "How much does a parking space cost in Zurich?",
        "What is the capital of Australia?",
        "Which printer is in room 214?",
    ],
)
def test_what_nothing_answers_is_never_said_to_be_answered(notes: SharedLibrary, question: str) -> None:
    answer = Asker(notes.library, notes.settings).ask(question)
    assert "answers" not in {hit.verdict for hit in answer.hits}
    assert answer.outcome != "answers"


@pytest.mark.parametrize("question", ["t51 what to do", "code h72", "e041"])
def test_the_entry_of_a_code_answers(library: Library, settings: Settings, question: str) -> None:
    entries = [
        "T-51: Oil hot. Let the machine idle until the lamp goes out.",
        "H-72: Filter full. Change the return filter.",
        "E-041: Sensor silent. Check the plug behind the seat.",
        "E-014: Battery low. Charge it for six hours.",
    ]
    put_in(library, settings, "faults.txt", *entries, "After E-041 and H-72 the service is told at the next visit.")
    answer = Asker(library, settings).ask(question)
    assert answer.outcome == "answers"
    assert answer.hits[0].candidate.passage.text in entries[:3]


def test_a_place_that_is_only_near_makes_less_sure_and_one_that_is_lacking_still_less(
    library: Library, settings: Settings
) -> None:
    put_in(library, settings, "places.txt", "Markham, near Toronto, has 261,573 people.", "Halifax has a harbour.")
    asker = Asker(library, settings)
    markham, calgary = (asker.ask(f"How many people live in {place}?").hits[0] for place in ("Markham", "Calgary"))
    assert markham.score > calgary.score
    assert calgary.verdict != "answers"


@pytest.mark.parametrize("question", ["Who won the football world cup in 1954?", "best pizza in Naples", "qwerty uiop"])
def test_nothing_is_close_to_what_the_documents_know_nothing_of(notes: SharedLibrary, question: str) -> None:
    answer = Asker(notes.library, notes.settings).ask(question)
    assert answer.outcome == "nothing close"
    assert answer.hits
    assert not answer.answered
