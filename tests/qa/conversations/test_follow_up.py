"""Follow-ups: a question that cannot stand alone is asked together with the one before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Asker, cannot_stand_alone, together
from tests.conftest import Shelf


@pytest.mark.parametrize(
    "question",
    [
        "and for part-timers?",
        "And in winter?",
        "What about the other lift?",
        "how about Sundays",
        "Why?",
        "When?",
        "How much is it?",
        "Who pays for them?",
        "Is it cleaned daily?",
        "And if I am ill?",
        "for how long?",
        "or by train?",
        "Who is responsible for that?",
    ],
)
def test_a_question_that_points_back_cannot_stand_alone(question: str) -> None:
    assert cannot_stand_alone(question)


@pytest.mark.parametrize(
    "question",
    [
        "How long is the probation period?",
        "When does the office open?",
        "Is it allowed to smoke in the courtyard?",
        "Does it cost anything to park at the office?",
        "opening hours",
        "Who approves a business trip?",
        "What do I do when this machine shows error E14 and the red lamp blinks?",
        "Which tools do I need to change the filter of the Otter 60?",
        "What happens to holidays that I have not taken by the end of the year?",
        "Andrea's telephone number",
        "Orders above 500 euros",
        "Wie lange dauert die Probezeit?",
        "",
    ],
)
def test_a_question_that_says_what_it_is_about_stands_alone(question: str) -> None:
    assert not cannot_stand_alone(question)


@given(st.text())
def test_anything_can_be_looked_at(question: str) -> None:
    assert cannot_stand_alone(question) in {True, False}


def test_asked_together_the_follow_up_is_answered(notes: Shelf) -> None:
    asker = Asker(notes.library, notes.settings)
    answer = asker.ask(together("When does the office open?", "and when does it close?"))
    assert "closes at six" in answer.hits[0].candidate.passage.text
