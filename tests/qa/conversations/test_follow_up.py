"""Follow-ups: a question that cannot stand alone is asked together with the one before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Asker, InContext, Options, Turn, answer_turn, cannot_stand_alone, in_context, together
from tests.conftest import SharedLibrary
from tests.qa.answers import answer


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


def turn(question: str, answered: str | None = None) -> Turn:
    """A turn whose question was asked as `answered`; None for one without an answer."""
    return Turn(question, answer(answered) if answered else None, None if answered else "It was stopped.")


def test_a_follow_up_is_asked_together_with_the_last_question_that_has_an_answer() -> None:
    turns = [turn("When does it open?", "When does it open?"), turn("Who pays?")]
    found = in_context("And at weekends?", turns, 1000)
    assert found == InContext("And at weekends?", "When does it open? And at weekends?", "When does it open?")
    assert found.new_words == "And at weekends?"


def test_a_question_that_stands_alone_is_asked_as_it_is() -> None:
    turns = [turn("When does it open?", "When does it open?")]
    for found in (in_context("Who pays the rent?", turns, 1000), in_context("And why?", turns, 1000, alone=True)):
        assert (found.text, found.asked_with, found.new_words) == (found.typed, None, None)


def test_what_would_be_too_long_together_is_asked_with_less_or_alone() -> None:
    turns = [turn("And at weekends?", "When does it open? And at weekends?")]
    assert in_context("And at Easter?", turns, 1000).asked_with == "When does it open? And at weekends?"
    assert in_context("And at Easter?", turns, 40).text == "And at weekends? And at Easter?"
    assert in_context("And at Easter?", turns, 20) == InContext("And at Easter?", "And at Easter?")


def test_the_question_that_is_followed_can_be_named() -> None:
    assert in_context("Easter", [], 1000, after="When does it open?").text == "When does it open? Easter"


def test_a_turn_keeps_the_answer_or_the_reason_and_what_it_was_asked_with(notes: SharedLibrary) -> None:
    asker = Asker(notes.library, notes.settings)
    asked = in_context("and when does it close?", [], 1000, after="When does the office open?")
    *_, made = answer_turn(asker, asked, Options(top=1), ["opening hours.txt"])
    assert isinstance(made, Turn)
    assert made.answer
    assert (made.question, made.asked_with) == ("and when does it close?", "When does the office open?")
    assert (len(made.answer.hits), made.of) == (1, ("opening hours.txt",))
    (refused,) = answer_turn(asker, InContext("?", "?"), Options())
    assert isinstance(refused, Turn)
    assert refused == Turn(
        "?", None, "The question is empty. Type what you would like to know.", asked_at=refused.asked_at
    )


def test_asked_together_the_follow_up_is_answered(notes: SharedLibrary) -> None:
    asker = Asker(notes.library, notes.settings)
    answer = asker.ask(together("When does the office open?", "and when does it close?"))
    assert "closes at six" in answer.hits[0].candidate.passage.text
