"""Which words are highlighted: a sentence with what belongs to it, and one for each of two parts of a question."""

from datetime import UTC, datetime

import pytest

from ingest import Document, Passage
from qa import BestSentence, Candidate
from qa.analysis.concepts import concepts
from qa.reranking.highlights import parts, with_list_asked_for, with_steps, with_what_belongs
from qa.retrieval.question import Question

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


def section(text: str, heading: str | None) -> Candidate:
    document = Document("0" * 64, "notes.md", "Text", None, 9, 9, datetime.now(UTC))
    return Candidate(Passage(document.id, 0, text, heading=heading), document)


def read_with_it(text: str, sentence: str, asked: str, heading: str | None = None, score: float = 0.5) -> str:
    """What is highlighted of a passage where this is its best sentence."""
    start = text.index(sentence)
    about = tuple(concepts(asked))
    question = Question(asked, asked, asked, (), (), about, about, False)
    best = BestSentence(start, start + len(sentence), score)
    return with_what_belongs(section(text, heading), best, question).words(text)


SHEDS = "The left one is for tools. The right one holds bicycles. No shed is heated."


@pytest.mark.parametrize("question", ["sheds", "garden sheds", "Shed"])
def test_where_only_the_subject_is_named_the_section_is_highlighted_from_its_beginning(question: str) -> None:
    assert read_with_it(SHEDS, "No shed is heated.", question, "The house > Garden sheds") == SHEDS
    long = f"{SHEDS} {SHEDS} {SHEDS} {SHEDS} {SHEDS} {SHEDS}"
    beginning = read_with_it(long, "No shed is heated.", question, "Garden sheds")
    assert long.startswith(beginning)
    assert beginning.endswith(".")
    assert 200 < len(beginning) <= 350


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("Are the sheds heated?", "Garden sheds"),  # it asks something
        ("shed heating", "Garden sheds"),  # it names more than the heading
        ("sheds", None),
        ("???", "Garden sheds"),
    ],
)
def test_where_more_is_asked_one_sentence_is_highlighted(question: str, heading: str | None) -> None:
    assert read_with_it(SHEDS, "No shed is heated.", question, heading) == "No shed is heated."


@pytest.mark.parametrize("heading", ["LOST KEYS", "Lost keys", "Lost keys:", "Remedy."])
def test_a_heading_is_never_highlighted_without_the_sentence_under_it(heading: str) -> None:
    text = f"Ask Ann.\n\n{heading}\n\nThe caretaker opens the door. It costs 30 euros."
    expected = f"{heading}\n\nThe caretaker opens the door."
    assert read_with_it(text, heading, "where do I go without them") == expected


def test_what_only_looks_short_is_no_heading() -> None:
    text = "It opens at 8.\n- soap\nPrice: 4 euros\nThat is all."
    for line in ("It opens at 8.", "- soap", "Price: 4 euros", "That is all."):
        assert read_with_it(text, line, "which is it") == line


ASKED = "How long is the guarantee?"


def test_a_heading_with_its_sentence_is_not_made_longer_with_a_question() -> None:
    text = f"Guarantee\n\n{ASKED}\n\nIt is valid for two years. Seals: one year."
    for sentence in ("Guarantee", "It is valid for two years."):
        assert read_with_it(text, sentence, "guarantee period") == "It is valid for two years."


def test_a_section_is_highlighted_from_its_first_answer_to_the_next_question() -> None:
    text = f"{ASKED} Two years. For seals it is one. Who pays? We do."
    assert read_with_it(text, "Two years.", "sheds", "Garden sheds") == "Two years. For seals it is one."


def test_an_answer_is_highlighted_without_the_word_that_calls_it_one() -> None:
    assert read_with_it(f"Q: {ASKED}\nA: Two years.", "A: Two years.", ASKED) == "Two years."
    record = f"id: r7 · question: {ASKED} · answer: Two years"
    assert read_with_it(record, "answer: Two years", ASKED) == "Two years"
    assert read_with_it("The tram lines:\nA: to the lake", "A: to the lake", "tram to the lake") == "A: to the lake"


PAPERS = "- a passport\n- two references\n- a photograph"


@pytest.mark.parametrize("before", ["Bring these papers:", "PAPERS TO BRING"])
def test_a_list_is_highlighted_under_what_introduces_it(before: str) -> None:
    text = f"We open at 8.\n{before}\n{PAPERS}\nAsk for Ann."
    expected = f"{before}\n{PAPERS}"
    assert read_with_it(text, before, "papers for the interview") == expected
    assert read_with_it(text, "- two references", "Which papers?") == "- two references"
    if before.endswith(":"):
        assert read_with_it(text, "- two references", "How do I bring papers?") == expected


def test_a_list_is_highlighted_as_a_whole_where_it_is_the_answer_to_the_question() -> None:
    text = f"Which papers do I need?\n{PAPERS}\n\nWhere do I go?\nTo Ann."
    assert read_with_it(text, "- two references", "Which papers do you need?") == PAPERS
    assert read_with_it(text, "- two references", "How old are the references?") == "- two references"
    assert read_with_it(PAPERS, "- two references", "What papers are needed?", "Arriving > Needed papers") != PAPERS
    assert read_with_it(PAPERS, "- two references", "What papers are needed?", "What papers are needed?") == PAPERS


TOOLS = "1. A spanner for the tap\n2. Two buckets\n3. A torch with batteries"


def list_read(asked: str, *sentences: tuple[str, float], text: str = TOOLS, heading: str | None = None) -> str:
    """What is highlighted of a list of which these sentences were read, the best one first."""
    about = tuple(concepts(asked))
    question = Question(asked, asked, asked, (), (), about, about, False)
    read = [BestSentence(text.index(own), text.index(own) + len(own), score) for own, score in sentences]
    return with_list_asked_for(section(text, heading), read, question).words(text)


@pytest.mark.parametrize("asked", ["What tools are needed?", "Which instruments does she need?", "needed tools"])
def test_a_list_is_highlighted_as_a_whole_where_its_heading_is_asked_for(asked: str) -> None:
    read = (("2. Two buckets", 0.3), ("3. A torch with batteries", 0.2))
    assert list_read(asked, *read, heading="Leaks > TOOLS NEEDED") == TOOLS
    assert list_read(asked, *read, text=f"Ask Ann first.\nTools needed\n{TOOLS}", heading="Leaks") == TOOLS
    assert list_read(asked, *read, text=f"Tools needed:\n{TOOLS}") == f"Tools needed:\n{TOOLS}"


def test_where_all_items_that_were_read_answer_none_of_them_is_highlighted_alone() -> None:
    read = (("2. Two buckets", 0.9), ("3. A torch with batteries", 0.8))
    assert list_read("What tools are needed?", *read, heading="Tools needed") == TOOLS


@pytest.mark.parametrize(
    ("asked", "heading", "others"),
    [
        ("What tools are needed?", "Leaks", 0.1),  # the heading names something else
        ("Which tool is for buckets?", "Tools needed", 0.1),  # one item has this word
        ("What tools are needed?", "Tools needed", 0.1),  # only this item answers
        ("What tools are needed?", "Tools in the shed of a neighbour", 0.8),  # its words are hardly asked for
    ],
)
def test_an_item_is_highlighted_alone_where_it_is_asked_for_alone(asked: str, heading: str, others: float) -> None:
    read = (("2. Two buckets", 0.9), ("3. A torch with batteries", others))
    assert list_read(asked, *read, heading=heading) == "2. Two buckets"


def test_a_sentence_beside_a_list_is_not_extended_to_it() -> None:
    text = f"{TOOLS}\n\nTools are kept by Ann."
    read = (("Tools are kept by Ann.", 0.3), ("2. Two buckets", 0.2))
    assert list_read("What tools are needed?", *read, text=text, heading="Tools needed") == "Tools are kept by Ann."


DIARY = "3 May 2026\nThe roof is on. The crane has left.\n\nReleased 14 May.\nIt is small."


@pytest.mark.parametrize(
    ("sentence", "asked", "found"),
    [
        ("The roof is on.", "When was the roof finished?", "3 May 2026\nThe roof is on."),
        ("The roof is on.", "Is the roof finished?", "The roof is on."),
        ("3 May 2026", "roof", "3 May 2026\nThe roof is on."),
        ("It is small.", "When was it released?", "It is small."),
    ],
)
def test_an_entry_is_highlighted_with_its_date_where_one_asks_when(sentence: str, asked: str, found: str) -> None:
    assert read_with_it(DIARY, sentence, asked) == found


@pytest.mark.parametrize(
    ("asked", "score", "found"),
    [
        ("What happened on 3/5/2026?", 0.1, "3 May 2026\nThe roof is on. The crane has left."),
        ("Is the roof on, on 3/5/2026?", 0.9, "The roof is on."),
        ("What happened on 4/6/2026?", 0.1, "The roof is on."),
    ],
)
def test_where_one_asks_for_a_date_and_no_sentence_answers_the_whole_entry_is_highlighted(
    asked: str, score: float, found: str
) -> None:
    assert read_with_it(DIARY, "The roof is on.", asked, score=score) == found


def test_where_the_date_of_an_entry_is_the_best_line_the_whole_entry_is_highlighted() -> None:
    entry = "3 May 2026\nThe roof is on. The crane has left."
    assert read_with_it(DIARY, "3 May 2026", "What happened on 3/5/2026?", score=0.1) == entry
