"""Which words are highlighted: the steps of a list together, and a sentence for each of two parts of a question."""

import pytest

from qa import BestSentence
from qa.reranking.highlights import parts, with_steps

STEPS = (
    "Descaling takes an hour.\n1. Empty the tray.\n2. Press Start\n   and wait.\n3. Rinse twice.\nCall us if it fails."
)
LIST = "Bring these papers:\n- a passport\n- two references\nAsk for Ann."


def highlighted(text: str, sentence: str, question: str) -> str:
    start = text.index(sentence)
    found = with_steps(text, BestSentence(start, start + len(sentence), 0.5), question)
    return text[found.start : found.end]


def test_the_steps_of_a_list_are_highlighted_together_where_one_asks_how() -> None:
    all_steps = STEPS[STEPS.index("1.") : STEPS.index("\nCall")]
    assert highlighted(STEPS, "2. Press Start", "How do I descale it?") == all_steps
    assert highlighted(STEPS, "3. Rinse twice.", "what are the steps of descaling") == all_steps


def test_one_item_is_highlighted_alone_where_one_asks_for_one_thing() -> None:
    assert highlighted(STEPS, "3. Rinse twice.", "Is it rinsed?") == "3. Rinse twice."
    assert highlighted(STEPS, "Descaling takes an hour.", "How do I descale it?") == "Descaling takes an hour."


def test_a_line_with_a_colon_is_highlighted_with_its_list() -> None:
    assert highlighted(LIST, "Bring these papers:", "Which papers?") == LIST[: LIST.index("\nAsk")]


def test_a_list_of_a_whole_page_is_not_highlighted() -> None:
    long = "\n".join(f"{number}. Step {number} of many, each of some words." for number in range(1, 80))
    assert highlighted(long, "40. Step 40 of many, each of some words.", "How do I do it?").startswith("40.")


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("How long is probation and when are the reviews?", 2),
        ("Who has the key? Where is it?", 2),
        ("What do bread and butter cost?", 1),
        ("?", 0),
    ],
)
def test_a_question_of_two_parts_is_told_from_one(question: str, count: int) -> None:
    assert len(parts(question)) == count
