"""What is promised of a question that is answered in a thread: looked away from, it goes on; left, it ends."""

import threading
import time
from collections.abc import Generator

import pytest

from qa import Answering, Interim, Turn
from tests.conftest import until

TURN = Turn("When?", None, "There are no documents yet.")


def first(read: int) -> Interim:
    """The passages so far, none, when so many candidates are read."""
    return Interim(read, 100, ())


class Steps:
    """The steps of a question, each made when the test lets it; it notes what becomes of it."""

    def __init__(self) -> None:
        self.allowed = threading.Semaphore(0)
        self.begun = self.closed = 0

    def steps(self) -> Generator[Interim | Turn, None, None]:
        self.begun += 1
        try:
            for step in (first(10), first(20), TURN):
                self.allowed.acquire()
                yield step
        finally:
            self.closed += 1


def test_who_looks_away_and_back_finds_the_question_further_on() -> None:
    made = Steps()
    answering = Answering(made.steps())
    made.allowed.release()
    assert next(step for step in answering.watch() if step) == first(10)  # and looks away
    made.allowed.release()
    made.allowed.release()
    until(lambda: made.closed == 1)
    assert [step for step in answering.watch() if step] == [TURN]
    assert (made.begun, made.closed) == (1, 1)


def test_two_who_watch_see_the_same_turn() -> None:
    made = Steps()
    answering = Answering(made.steps())
    seen = list[Interim | Turn | None]()
    others = threading.Thread(target=lambda: seen.extend(answering.watch()))
    others.start()
    for _ in range(3):
        made.allowed.release()
    assert list(answering.watch())[-1] == TURN
    others.join()
    assert seen[-1] == TURN


def test_who_watches_gets_a_sign_of_life_before_anything_is_found() -> None:
    made = Steps()
    watched = Answering(made.steps()).watch()
    assert next(watched) is None
    made.allowed.release()
    assert next(step for step in watched if step) == first(10)
    assert next(watched) == first(10)
    made.allowed.release(2)


def test_a_question_that_is_stopped_ends_with_its_next_step() -> None:
    made = Steps()
    answering = Answering(made.steps())
    answering.stop()
    assert answering.is_given_up
    made.allowed.release()
    until(lambda: made.closed == 1)
    assert [step for step in answering.watch() if step] == []


def test_a_question_that_nobody_watches_any_more_is_given_up() -> None:
    made = Steps()
    answering = Answering(made.steps(), left_seconds=0.05)
    time.sleep(0.1)
    made.allowed.release()
    until(lambda: made.closed == 1)
    assert answering.is_given_up


def test_a_question_is_not_given_up_while_somebody_watches() -> None:
    made = Steps()
    answering = Answering(made.steps(), left_seconds=1.5)
    seen = list[Interim | Turn | None]()
    watcher = threading.Thread(target=lambda: seen.extend(answering.watch()))
    watcher.start()
    time.sleep(2)
    made.allowed.release(3)
    watcher.join()
    assert seen[-1] == TURN
    assert not answering.is_given_up


def test_an_answer_that_is_there_is_kept_for_who_comes_back_late() -> None:
    made = Steps()
    answering = Answering(made.steps(), left_seconds=0.2)
    made.allowed.release(3)
    until(lambda: made.closed == 1)
    time.sleep(0.3)
    assert list(answering.watch()) == [TURN]
    assert not answering.is_given_up


def test_what_fails_is_raised_where_it_is_watched_and_can_be_begun_anew() -> None:
    def steps() -> Generator[Interim | Turn, None, None]:
        yield first(10)
        raise OSError("the disk is gone")

    answering = Answering(steps())
    with pytest.raises(OSError, match="the disk is gone"):
        list(answering.watch())
    assert answering.is_given_up
