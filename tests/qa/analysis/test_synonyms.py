"""Words with the same meaning: found from any inflection, in the forms by which words are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.concepts import concepts
from qa.analysis.synonyms import synonyms
from qa.analysis.word_forms import form


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("elevator", "lift"),
        ("Elevators", "lift"),
        ("stolen", "steal"),
        ("racket", "noise"),
        ("newcomers", "starter"),
        ("purchased", "buy"),
        ("froth", "foam"),
        ("Spain", "country"),
        ("norway", "countries"),
    ],
)
def test_a_word_is_found_by_another_with_the_same_meaning(asked: str, said: str) -> None:
    assert form(said) in synonyms(asked)


@pytest.mark.parametrize("word", ["turkey", "china", "Paris", "reading", "abroad"])
def test_only_what_is_nothing_but_the_name_of_a_country_is_one(word: str) -> None:
    assert form("country") not in synonyms(word)


@given(st.text(max_size=20))
def test_any_text_has_synonyms_or_none_and_never_its_own_form(word: str) -> None:
    assert form(word.casefold()) not in synonyms(word)


def test_what_is_no_word_has_no_synonyms() -> None:
    assert [each.synonyms for each in concepts("E-1042 on 3 May 2025 not 17")] == [frozenset()] * 4
