"""Work in the background waits for questions, but not for ever."""

import threading

from ingest.priority import Priority


def test_nobody_waits_where_nothing_runs() -> None:
    assert Priority().wait_until_idle(at_most=0)


def test_the_background_waits_until_the_last_question_is_answered() -> None:
    priority, waited = Priority(), threading.Event()

    def background() -> None:
        assert priority.wait_until_idle(at_most=60)
        waited.set()

    with priority.running():
        with priority.running():
            thread = threading.Thread(target=background)
            thread.start()
        assert not waited.wait(0.05)
    assert waited.wait(60)
    thread.join()


def test_the_background_goes_on_after_a_while_though_questions_never_end() -> None:
    priority = Priority()
    with priority.running():
        assert not priority.wait_until_idle(at_most=0.01)


def test_a_question_that_fails_blocks_nothing() -> None:
    priority = Priority()
    try:
        with priority.running():
            raise ValueError
    except ValueError:
        assert priority.wait_until_idle(at_most=0)
