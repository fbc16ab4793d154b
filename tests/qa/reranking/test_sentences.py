"""Sentences: where each stands, and which of a passage answers best."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Document, Passage, Settings
from ingest.embedding.bi_encoder import load_bi_encoder
from qa import BestSentence, Candidate
from qa.analysis.concepts import concepts
from qa.reranking.cross_encoder import load_cross_encoder
from qa.reranking.highlights import parts
from qa.reranking.sentence_places import sentences
from qa.reranking.sentences import answers_to_parts, best_sentences, said_in_other_words, similar_sentences
from qa.retrieval.question import Question

DOCUMENT = Document("0" * 64, "notes.txt", "Text", None, 9, 9, datetime.now(UTC))


def candidate(text: str, heading: str | None = None) -> Candidate:
    return Candidate(Passage(DOCUMENT.id, 0, text, heading=heading), DOCUMENT)


@given(st.text())
def test_every_letter_and_number_stands_in_a_sentence(text: str) -> None:
    covered, end = "", 0
    for start, after in sentences(text):
        assert end <= start < after <= len(text)
        assert text[start:after] == text[start:after].strip()
        covered, end = covered + text[start:after], after
    kept = [character for character in text if character.isalnum()]
    assert [character for character in covered if character.isalnum()] == kept


def question(text: str, new_words: str | None = None) -> Question:
    about = tuple(concepts(text))
    return Question(text, text, text, (), (), about, tuple(concepts(new_words)) if new_words else about, False)


def best(text: str, *texts: str, heading: str | None = None, new_words: str | None = None) -> list[str | None]:
    """The best sentence of each text for a question."""
    settings = Settings(_env_file=None)
    model, encoder = load_cross_encoder(settings), load_bi_encoder(settings)
    vector = encoder.embed_question(text)
    found = [candidate(each, heading) for each in texts]
    similar = similar_sentences(found, lambda given: [float(row @ vector) for row in encoder.embed_passages(given)])
    ranked = best_sentences(question(text, new_words), found, similar, model)
    return [each[own[0].start : own[0].end] if own else None for each, own in zip(texts, ranked, strict=True)]


def test_the_sentence_that_answers_is_found_in_each_passage() -> None:
    texts = [
        "The coffee machine is on the second floor. It is cleaned on Fridays. Cups are in the cupboard.",
        "Windows are washed in May. The machine that makes coffee is cleaned by the caretaker. He has a list.",
        "???",
    ]
    assert best("When is the coffee machine cleaned?", *texts) == [
        "It is cleaned on Fridays.",
        "The machine that makes coffee is cleaned by the caretaker.",
        None,
    ]


def test_in_a_follow_up_the_sentence_has_its_new_words() -> None:
    text = "Full-time staff have 26 days of holiday. Part-time staff have days of holiday by their share of the week."
    asked = "How many days of holiday do full-time staff have?"
    assert best(asked, text) == ["Full-time staff have 26 days of holiday."]
    together = f"{asked} and for part-timers?"
    assert best(together, text, new_words="and for part-timers?") == [
        "Part-time staff have days of holiday by their share of the week."
    ]


def test_where_a_question_asks_two_things_the_sentences_of_both_are_found() -> None:
    text = "The probation period is six months. Lunch is at noon. The reviews are held in week six and week twenty."
    asked = parts("How long is the probation period and when are the reviews?")
    model = load_cross_encoder(Settings(_env_file=None))
    first = BestSentence(0, len("The probation period is six months."), 0.9)
    (other,) = answers_to_parts(asked, candidate(text), first, model)
    assert text[other.start : other.end] == "The reviews are held in week six and week twenty."
    assert answers_to_parts(asked[:1], candidate(text), first, model) == ()


def test_a_clause_or_a_code_that_is_named_is_the_one_that_is_quoted() -> None:
    clauses = "\n".join(
        [
            "7.1 The tenant says what the clause on repairs says at once.",
            "7.2 The tenant waters the plants in the hall.",
            "7.3 The tenant says what is broken.",
            "7.4 Bicycles stand in the shed.",
            "7.5 Prams stand under the stair.",
        ]
    )
    assert best("What does clause 7.4 say?", clauses) == ["7.4 Bicycles stand in the shed."]
    codes = "K-210 The door is open.\nK-211 The tank is empty.\nK-212 The filter is old.\nK-213 The pump is hot."
    assert best("What does code k211 mean?", codes) == ["K-211 The tank is empty."]


def test_a_heading_in_capitals_is_never_the_sentence_that_answers() -> None:
    travel = "C. TRAVEL\nC.1 Trains are second class.\n\n"
    text = f"{travel}D. MEALS\nD.1 The day rate is 15 euros.\nD.2 Wine is paid for privately."
    assert best("meals", text) == ["D.1 The day rate is 15 euros."]
    assert best("LEAVE WITH PAY", "5. LEAVE WITH PAY\n5.1 Moving house: one day of leave.")[0] != "5. LEAVE WITH PAY"


def test_of_the_rows_with_a_code_the_one_that_is_about_it_is_quoted() -> None:
    rows = (
        "Part: KX-21-K · Name: Seal kit with rings · Price: 58 · Note: has two KX-21-B\n"
        "Part: KX-21-B · Name: Silicon seal · Price: 12"
    )
    assert best("What is the price of kx21b?", rows) == ["Part: KX-21-B · Name: Silicon seal · Price: 12"]
    assert best("What is the price of kx21b?", rows.lower()) == ["part: kx-21-b · name: silicon seal · price: 12"]


DIARY = (
    "12/01/2026\nThe roof was looked at. Two pipes leak.\n\n"
    "Monday 26 January 2026\nA survey of the roof was done. Three tiles were missing.\n\n"
    "18 Feb 2026\nSteel was delivered."
)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("What did they find on 12 January 2026?", "The roof was looked at. Two pipes leak."),
        ("what did they find on 26/1/2026", "A survey of the roof was done. Three tiles were missing."),
    ],
)
def test_a_sentence_of_an_entry_has_the_date_of_its_line(asked: str, entry: str) -> None:
    (found,) = best(asked, DIARY)
    assert found is not None
    assert found in entry


GUARANTEE = "How long is the guarantee on the Heron 40?"
LISTS_OF_QUESTIONS = [
    f"id: r7\nquestion: {GUARANTEE}\nanswer: Two years, and one for the seals.\nkind: plain",
    f"id: r7 · question: {GUARANTEE} · source: x.pdf · answer: Two years, and one for the seals. · kind: plain",
    f"- id: r6 · question: Who repairs the Heron 40? · answer: Any smith.\n"
    f"- id: r7 · question: {GUARANTEE} · answer: Two years, and one for the seals.",
    f"answer: Any smith. · question: Who repairs the Heron 40?\n"
    f"answer: Two years, and one for the seals. · question: {GUARANTEE}",
    f"Q: Who repairs the Heron 40?\nA: Any smith.\n\nQ: {GUARANTEE}\nA: Two years, and one for the seals.",
    f"Who repairs the Heron 40?\n\nAny smith.\n\n{GUARANTEE}\n\nTwo years, and one for the seals.",
    f"{GUARANTEE} Two years, and one for the seals. Who repairs it? Any smith.",
    "How long the guarantee on the Heron 40 is\n\nTwo years, and one for the seals.",
]


@pytest.mark.parametrize("text", LISTS_OF_QUESTIONS)
@pytest.mark.parametrize("asked", [GUARANTEE, "heron guarantee", "For how many years is a Heron 40 guaranteed?"])
def test_what_repeats_the_question_is_never_the_answer_beside_its_answer(text: str, asked: str) -> None:
    (found,) = best(asked, text)
    assert found is not None
    assert found.endswith("Two years, and one for the seals.")


def test_a_question_whose_answer_is_in_another_passage_is_not_answered_by_something_else() -> None:
    text = f"Q: Who paints the Heron 40?\nA: The yard does, in May.\n\nQ: {GUARANTEE}"
    assert best(GUARANTEE, text) == [f"Q: {GUARANTEE}"]
    assert best("How long is it?", "How long is it?") == ["How long is it?"]


def test_a_sentence_that_says_a_word_in_another_word_counts_for_it() -> None:
    asked = question("broken elevator")
    assert said_in_other_words(asked, "The lift is inspected in May.") == 0.5
    assert said_in_other_words(asked, "The elevator is inspected in May.") == 0
    assert said_in_other_words(question("???"), "The lift is inspected in May.") == 0
