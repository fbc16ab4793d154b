"""Names in a question: words with a capital letter within it, and words that a document uses as names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.names import names, without


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What does the Heron 40 weigh?", ["Heron 40"]),
        ("Heron weights", []),  # the first word has its capital for another reason
        ("Is it safe? Herons bite.", []),
        ("When was Aldermouth Tools founded?", ["Aldermouth", "Tools"]),
        ("What happens on 3 March 2026?", []),  # a date
        ("Am I allowed in?", []),
        ("what does it weigh", []),
        ("Wie schwer ist die Öse?", ["Öse"]),
    ],
)
def test_names_are_the_words_with_a_capital_within_a_sentence(question: str, found: list[str]) -> None:
    assert [question[name.start : name.end] for name in names(question)] == found


def test_a_word_that_a_document_uses_as_a_name_is_one_without_a_capital_too() -> None:
    assert [name.terms for name in names("heron weight", {"heron", "40"})] == [{"heron"}]


@given(st.text(max_size=80))
def test_a_question_without_its_names_has_only_its_own_words(question: str) -> None:
    left = without(question, names(question))
    assert set(left.split()) <= {*question.split(), *"".join(left).split()}
    assert len(left) <= len(question)
    assert without(question, []).split() == left.split() or names(question)
