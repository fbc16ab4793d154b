"""Where sentences are, which of them only ask, and what answers those."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reranking.sentence_places import after_label, asks, label_of, question_of, sentences

ROW = "id: r7 · question: How long is the guarantee on the Heron? · answer: Two years. Seals: one. · kind: plain"


def texts(text: str) -> list[str]:
    return [text[slice(*place)] for place in sentences(text)]


def answered(text: str) -> dict[str, str]:
    """Each sentence that answers a question, and that question."""
    return {text[slice(*place)]: text[slice(*question)] for place, question in question_of(text).items()}


@pytest.mark.parametrize(
    "sentence",
    [
        "How long is the guarantee?",
        "“Is it free?”",
        "保修期多长？",
        "Q: How long",
        "Q12: guarantee of the Heron",
        "question: guarantee of the Heron",
        "- faq_question: guarantee of the Heron",
        "Frage 3: Wie lange",
        "How long the guarantee is",
        "Where to park",
    ],
)
def test_what_only_asks(sentence: str) -> None:
    assert asks(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The guarantee is two years.",
        "A: Two years",
        "Questions: ring Ann on 4711",
        "What to bring:",
        "When it rains, we are closed.",
        "Where: in the yard",
        "q) rinse the tank",
        "Guarantee",
    ],
)
def test_what_says_something(sentence: str) -> None:
    assert not asks(sentence)


def test_a_row_with_a_question_is_cut_into_its_cells_and_other_rows_are_not() -> None:
    assert texts(ROW) == [
        "id: r7",
        "question: How long is the guarantee on the Heron?",
        "answer: Two years.",
        "Seals: one.",
        "kind: plain",
    ]
    assert texts("City: Oslo · Degrees: 12\nCity: Bern · Degrees: 9") == [
        "City: Oslo · Degrees: 12",
        "City: Bern · Degrees: 9",
    ]
    assert texts("Is it free? | Yes\nMay I come? | No") == ["Is it free?", "Yes", "May I come?", "No"]


def test_a_record_without_a_question_is_one_sentence_that_has_what_it_is_about_and_the_answer() -> None:
    record = "title: Bread, how it rises\nauthor: Mara Olsen\nreview: 2027-03-02"
    assert texts(record) == [record]


def test_the_fields_of_a_record_with_a_question_are_apart_also_in_small_letters() -> None:
    assert texts("id: r7\nquestion: how long\nanswer: two years") == [
        "id: r7",
        "question: how long",
        "answer: two years",
    ]
    assert texts("You need\nthese: a pass\nand a pen.") == ["You need\nthese: a pass\nand a pen."]


def test_the_answer_of_a_record_is_in_its_field_of_that_name() -> None:
    asked = "question: How long is the guarantee on the Heron?"
    assert answered(ROW) == {"answer: Two years.": asked, "Seals: one.": asked}
    record = "id: r7\nquestion: how long\nanswer: two years\nkind: plain"
    assert answered(record) == {"answer: two years": "question: how long"}


def test_an_answer_goes_to_the_next_question_or_to_the_end_of_its_paragraph() -> None:
    text = "Is it free?\n\nYes. Guests pay.\n\nThe yard is closed in May.\n\nQ: May I come?\nA: No."
    assert answered(text) == {
        "Yes.": "Is it free?",
        "Guests pay.": "Is it free?",
        "A: No.": "Q: May I come?",
    }


def test_in_a_table_an_answer_is_in_the_row_of_its_question() -> None:
    text = "Is it free? | Yes\nThe yard | closed\nanswer: No · question: May I come?\nanswer: Two · question: How many?"
    assert answered(text) == {
        "Yes": "Is it free?",
        "answer: No": "question: May I come?",
        "answer: Two": "question: How many?",
    }


def test_an_answer_begins_after_the_word_that_calls_it_one() -> None:
    for text in ("A: Two years", "answer: Two years", "- answer_text: Two years", "Antwort 3: Two years"):
        assert text[after_label(text, 0) :] == "Two years"
    for text in ("Two years", "Area: Two years", "a) Two years", "A:"):
        assert after_label(text, 0) == 0


def test_a_sentence_goes_on_in_the_next_line_also_with_a_capital_letter() -> None:
    wrapped = "The tower is closed to all visitors from Monday 4 May to 11\nJune, as its stairs are painted."
    assert texts(wrapped) == [wrapped]
    for rows in (
        ["The tower is closed to all visitors from Monday 4 May to 11", "June is for painting"],
        ["Room · The tower is closed to all visitors from Monday 4 May", "Room · It is open."],
        ["Ann keeps the key to the tower and its stairs in May", "- Ben keeps it in June."],
    ):
        assert texts("\n".join(rows)) == rows


PIECES = [
    "How long is it?",
    "It is long.",
    "A: so",
    "Q: how",
    "!?",
    "Where to",
    "Note:",
    " · ",
    " | ",
    "\n",
    "\n\n",
    " ",
    "x",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text())
def test_whatever_the_text_questions_and_labels_are_sentences_of_it_and_answer_nothing(text: str) -> None:
    places = set(sentences(text))
    for place, question in question_of(text).items():
        assert {place, question} <= places
        assert asks(text[slice(*question)])
        assert not asks(text[slice(*place)])
    for place, label in label_of(text).items():
        assert {place, label} <= places
        assert label < place
