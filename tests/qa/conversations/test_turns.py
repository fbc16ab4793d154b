"""A question of a conversation becomes a turn, whatever comes of it."""

from datetime import UTC, datetime

from ingest import Library, Settings
from qa import Asker, InContext, Interim, Options, Turn, answer_turn, stopped_turn
from tests.conftest import SharedLibrary, is_one_sentence


def test_a_turn_says_what_was_asked_of_what_and_when_and_holds_the_answer(notes: SharedLibrary) -> None:
    before = datetime.now(UTC)
    asked = InContext("And the lift?", "When is it checked? And the lift?", "When is it checked?")
    lift = notes.named("lift.pdf")
    steps = list(answer_turn(Asker(notes.library, notes.settings), asked, Options(documents=[lift.id]), [lift.name]))
    *interim, turn = steps
    assert all(isinstance(step, Interim) for step in interim)
    assert isinstance(turn, Turn)
    assert (turn.question, turn.asked_with, turn.of) == ("And the lift?", "When is it checked?", ("lift.pdf",))
    assert turn.error is None
    assert turn.answer is not None
    assert {hit.candidate.document.name for hit in turn.answer.hits} == {"lift.pdf"}
    assert turn.asked_at is not None
    assert before <= turn.asked_at <= datetime.now(UTC)


def test_a_question_that_cannot_be_answered_becomes_a_turn_that_says_why(library: Library, settings: Settings) -> None:
    (turn,) = answer_turn(Asker(library, settings), InContext("When?", "When?", None), Options())
    assert isinstance(turn, Turn)
    assert turn.answer is None
    assert turn.error is not None
    assert is_one_sentence(turn.error)
    assert turn.asked_at is not None


def test_a_question_that_was_given_up_becomes_a_turn_that_says_so() -> None:
    turn = stopped_turn("And the lift?", "When is it checked?")
    assert (turn.question, turn.answer, turn.asked_with) == ("And the lift?", None, "When is it checked?")
    assert turn.error == "You stopped this question. Ask it again to see its answer."
    assert turn.asked_at is not None
