"""Sentences: where each stands, and which of a passage answers best."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ingest import Document, Passage, Settings
from qa import Candidate
from qa.cross_encoder import load_cross_encoder
from qa.sentences import best_sentences, sentences

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


def test_the_sentence_that_answers_is_found_in_each_passage() -> None:
    model = load_cross_encoder(Settings(_env_file=None))
    texts = [
        "The coffee machine is on the second floor. It is cleaned on Fridays. Cups are in the cupboard.",
        "Windows are washed in May. The machine that makes coffee is cleaned by the caretaker. He has a list.",
        "???",
    ]
    found = best_sentences("When is the coffee machine cleaned?", [candidate(text) for text in texts], model)
    said = [text[best.start : best.end] if best else None for text, best in zip(texts, found, strict=True)]
    assert said == ["It is cleaned on Fridays.", "The machine that makes coffee is cleaned by the caretaker.", None]


def test_a_heading_says_what_a_sentence_is_about() -> None:
    model = load_cross_encoder(Settings(_env_file=None))
    question, text = "How long is the warranty?", "It is 24 months."
    plain, headed = best_sentences(question, [candidate(text), candidate(text, "Warranty")], model)
    assert plain
    assert headed
    assert headed.score > plain.score
