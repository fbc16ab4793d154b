"""Sections, clauses, articles and pages are found by their number, however the document and the question write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.concepts import concepts, question_terms, with_numbers
from qa.analysis.numbered import asked_numbers, numbers_of_heading, numbers_of_page, numbers_of_text, terms_of


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("What is section 2?", "Contract > 2. Delivery"),
        ("What is section 2?", "2 Delivery"),
        ("what does sec. 2 say", "Section 2: Delivery"),
        ("What does § 5 say?", "§ 5 Kündigung"),
        ("What does section 5 say?", "§5 Kündigung"),
        ("Was sagt Paragraf 5?", "§ 5 Kündigung"),
        ("Article IV", "Article 4 Notice"),
        ("chapter 4", "Chapter IV. The river"),
        ("clause 3.2", "3.2 Defects"),
        ("Annex B", "Annex B - Prices"),
        ("Artikel 12b", "Artikel 12b"),
        ("section no. 7", "7) Fees"),
    ],
)
def test_a_heading_is_found_by_its_number(question: str, heading: str) -> None:
    assert terms_of(asked_numbers(question)) & numbers_of_heading(heading)


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("section 2", "Contract > 3. Defects"),
        ("section 2", "2.1 Delivery"),
        ("section 2", "Article 2"),
        ("section 2", "20 years"),
        ("clause 3.2", "3.21 Defects"),
        ("part 60-2417", "60 bolts"),
        ("Which article I should read", "1. Reading"),
        ("page 2", "2. Delivery"),
    ],
)
def test_another_number_or_another_kind_is_not_found(question: str, heading: str) -> None:
    assert not terms_of(asked_numbers(question)) & numbers_of_heading(heading)


def test_a_clause_is_found_where_it_begins_and_not_where_it_is_mentioned() -> None:
    text = "As clause 9.1 says, nothing.\n3.2 Visible defects.\n  § 4 Duties\n2. Press Start."
    assert numbers_of_text(text) == {"numbered 3.2", "section 4"}


def test_a_page_goes_by_the_number_that_is_printed_on_it() -> None:
    assert terms_of(asked_numbers("What is on page iv?")) == set()
    assert terms_of(asked_numbers("What is on page 12?")) == numbers_of_page("page", 14, "12")


def test_a_number_that_no_passage_has_leaves_the_question_as_it_was() -> None:
    for question in ("What is section 2?", "page 7", "clause 3.2"):
        assert with_numbers(question, concepts(question), lambda terms: False) == concepts(question)


@given(st.text(), st.text())
def test_any_text_has_its_numbers_and_a_question_looks_for_them(text: str, heading: str) -> None:
    assert all(" " in term for term in numbers_of_text(text) | numbers_of_heading(heading))
    assert terms_of(asked_numbers(text)) <= set(question_terms(text))
