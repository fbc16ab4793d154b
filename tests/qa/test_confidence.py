"""Confidence: how likely a hit is to answer, and what the page says of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Library, Settings
from qa import VERDICTS, Asker
from qa.confidence import ANSWERS, MAY_ANSWER, confidence, verdict
from qa.evidence import Evidence, Likeness, Scores
from tests.conftest import Shelf, put_in

LOGITS = st.floats(-14, 14)
KNOWN = st.builds(
    Evidence,
    st.builds(Scores, LOGITS, LOGITS, LOGITS) | st.none(),
    st.builds(Likeness, st.floats(-1, 1), st.floats(-1, 1)) | st.none(),
    st.floats(0, 1),
    st.booleans(),
    st.booleans(),
)


@given(KNOWN)
def test_a_confidence_lies_between_0_and_1(found: Evidence) -> None:
    assert 0 <= confidence(found) <= 1


@given(KNOWN, st.floats(0, 5), st.floats(0, 1))
def test_better_evidence_never_makes_less_sure(found: Evidence, more: float, less: float) -> None:
    sure = confidence(found)
    assert confidence(replace(found, lacking=found.lacking * less)) >= sure
    assert confidence(replace(found, number_lacking=False)) >= sure
    assert confidence(replace(found, kind_lacking=False)) >= sure
    if found.scores:
        for name in ("passage", "sentence", "lead"):
            raised = replace(found.scores, **{name: getattr(found.scores, name) + more})
            assert confidence(replace(found, scores=raised)) >= sure


@given(st.floats(0, 1), st.floats(0, 1))
def test_verdicts_follow_the_confidence(one: float, other: float) -> None:
    less, more = sorted([one, other])
    assert VERDICTS.index(verdict(less)) >= VERDICTS.index(verdict(more))
    assert 0 < MAY_ANSWER < ANSWERS < 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When does the office open?", "The office opens at eight in the morning and closes at six."),
        ("How many people does the lift carry?", "The lift carries eight people."),
        ("Where is the coffee machine?", "The coffee machine is on the second floor. It is cleaned on Fridays."),
    ],
)
def test_what_answers_is_said_to(notes: Shelf, question: str, text: str) -> None:
    answer = Asker(notes.library, notes.settings).ask(question)
    assert answer.hits[0].candidate.passage.text == text
    assert answer.hits[0].verdict == "answers"
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
def test_what_nothing_answers_is_said_not_to_be(notes: Shelf, question: str) -> None:
    answer = Asker(notes.library, notes.settings).ask(question)
    assert {hit.verdict for hit in answer.hits} == {"related"}
    assert not answer.answered


def test_a_place_that_is_only_near_makes_less_sure_and_one_that_is_lacking_denies(
    library: Library, settings: Settings
) -> None:
    put_in(library, settings, "places.txt", "Markham, near Toronto, has 261,573 people.", "Halifax has a harbour.")
    asker = Asker(library, settings)
    markham, toronto, calgary = (
        asker.ask(f"How many people live in {place}?") for place in ("Markham", "Toronto", "Calgary")
    )
    assert (markham.hits[0].confidence or 0) > (toronto.hits[0].confidence or 1)
    assert markham.answered
    assert not calgary.answered
