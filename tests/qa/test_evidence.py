"""Evidence: what a hit lacks of what its question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import BestSentence, Candidate, Hit
from qa.evidence import Evidence, gather, kind_lacking, lacking_words, logit
from tests.qa.answers import candidate


def hit(text: str, score: float = 0.5, rank: int = 1, heading: str | None = None) -> Hit:
    found: Candidate = candidate(text, heading=heading)
    return Hit(rank, score, found, best=BestSentence(0, len(text), score))


def evidence(question: str, *hits: Hit, scores: list[float] | None = None) -> list[Evidence]:
    return gather(question, hits, scores=scores, likeness=[None] * len(hits), rarity=lambda _: 1.0)


@pytest.mark.parametrize(
    ("asked", "there", "lacking"),
    [
        (["cleaned"], ["cleaning"], []),
        (["holidays"], ["holiday"], []),
        (["2016"], ["2015"], ["2016"]),
        (["paris"], ["parish"], []),
        (["toronto"], ["ottawa"], ["toronto"]),
        (["car"], ["care"], ["car"]),
        ([], ["word"], []),
    ],
)
def test_a_word_is_lacking_where_no_inflection_of_it_is_there(
    asked: list[str], there: list[str], lacking: list[str]
) -> None:
    assert lacking_words(asked, there) == lacking


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("When does the office open?", "The office opens at 8.", False),
        ("When does the office open?", "It opens on Mondays.", False),
        ("When does the office open?", "The office opens for guests.", True),
        ("How many people fit in?", "It carries eight people.", False),
        ("How many people fit in?", "It was built in 1987.", True),
        ("How much does it cost?", "The price is 30 euros.", False),
        ("How much does it cost?", "The price is high.", True),
        ("Who has the key?", "Mrs Larkin has it.", False),
        ("Who has the key?", "it is kept in a box.", True),
        ("Where is the key?", "It is in a box.", False),
    ],
)
def test_the_kind_of_answer_that_is_asked_for_is_looked_for(question: str, sentence: str, lacking: bool) -> None:
    assert kind_lacking(question, sentence) is lacking


def test_words_of_the_heading_and_of_the_documents_name_are_not_lacking() -> None:
    (found,) = evidence("How long is the warranty of the notes?", hit("It is 24 months.", heading="Warranty"))
    assert found.lacking == pytest.approx(1 / 3)  # "long"


def test_a_number_that_is_lacking_counts_by_itself() -> None:
    there, not_there = (evidence("What happened in 1954?", hit(text))[0] for text in ("In 1954.", "In 1955."))
    assert not there.number_lacking
    assert not_there.number_lacking


def test_scores_of_another_model_are_left_out() -> None:
    (known,) = evidence("What is it?", hit("It is a lamp."), scores=[0.5, 0.1])
    (unknown,) = evidence("What is it?", hit("It is a lamp."))
    assert known.scores is not None
    assert unknown.scores is None


@given(st.text(), st.lists(st.text(min_size=1), min_size=1, max_size=3), st.floats(0, 1))
def test_whatever_is_asked_and_found_there_is_evidence(question: str, texts: list[str], score: float) -> None:
    hits = [hit(text, score, rank) for rank, text in enumerate(texts, start=1)]
    for found in evidence(question, *hits, scores=[score] * len(hits)):
        assert 0 <= found.lacking <= 1
        assert found.scores is not None


@given(st.floats(0, 1))
def test_a_logit_is_a_number_and_grows_with_the_score(score: float) -> None:
    assert -20 < logit(0.0) <= logit(score) <= logit(1.0) < 20
