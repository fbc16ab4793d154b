"""Who asks first is answered first, and nobody waits who need not."""

import threading
from contextlib import ExitStack, closing

from hypothesis import given
from hypothesis import strategies as st

from qa import Answer, Asker, Interim
from qa.in_turn import AT_ONCE, InTurn
from tests.conftest import SharedLibrary, until

QUESTION = "Which locker is for badge 3077?"


@given(at_once=st.integers(1, 4), steps=st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=30))
def test_of_those_who_ask_the_first_have_their_turn_whoever_goes(at_once: int, steps: list[int | None]) -> None:
    """None: one more comes. A number: the one at that place goes, if there is one."""
    in_turn = InTurn(at_once)
    with ExitStack() as everybody:
        there = []
        for step in steps:
            if step is None:
                own = everybody.enter_context(ExitStack())
                there.append((own, own.enter_context(in_turn.asking())))
            elif step < len(there):
                there.pop(step)[0].close()
            assert [turn.before() for _, turn in there] == [max(place - at_once + 1, 0) for place in range(len(there))]


def test_whoever_waits_goes_on_as_soon_as_it_is_their_turn() -> None:
    in_turn = InTurn(at_once=1)
    with ExitStack() as first:
        first.enter_context(in_turn.asking())
        with in_turn.asking() as second:
            found = list[int]()
            waiting = threading.Thread(target=lambda: found.append(second.wait(60)))
            waiting.start()
            assert second.wait(0.01) == 1
            first.close()
            waiting.join(30)
            assert found == [0]


def test_a_question_beyond_those_that_are_read_at_once_says_how_many_are_before_it(lockers: SharedLibrary) -> None:
    asker = Asker(lockers.library, lockers.settings, reads_all=True)
    with ExitStack() as others:
        for _ in range(AT_ONCE):  # read until their first batch, then left so
            next(others.enter_context(closing(asker.asking(QUESTION))))
        with closing(asker.asking(QUESTION)) as steps:
            first, waiting = next(steps), next(steps)
            assert isinstance(first, Interim)
            assert isinstance(waiting, Interim)
            assert (first.before, first.read) == (1, waiting.read)
            assert first.hits
            assert waiting.before == 1
            others.close()
            left = list(steps)
            assert isinstance(left[-1], Answer)
            assert {step.before for step in left if isinstance(step, Interim)} == {0}


def test_many_who_ask_at_once_are_all_answered(lockers: SharedLibrary) -> None:
    asker = Asker(lockers.library, lockers.settings)
    answers = list[Answer]()
    asking = [threading.Thread(target=lambda: answers.append(asker.ask(QUESTION))) for _ in range(5)]
    for thread in asking:
        thread.start()
    until(lambda: len(answers) == len(asking), 300)
    assert len({answer.hits for answer in answers}) == 1
