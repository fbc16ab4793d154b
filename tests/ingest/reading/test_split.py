"""Sections to passages: nothing lost, nothing doubled, never too long, never over a heading or a page."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from ingest import Section
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.reading.split import split
from tests.conftest import settings_in, tries

PIECES = st.one_of(
    st.sampled_from(
        [
            "The office opens at eight. ",
            "It closes at six!\n",
            "\n\n",
            "\r\n\t",
            "# Heading\n\n",
            "- a list\n- of things\n",
            "東京都は日本の首都です。",
            "พนักงานทุกคนมีวันหยุดพักร้อน",
            "Straße\u00a0und\u3000Weg ",
            "👩‍👩‍👧 ",
            "x" * 300,
            "3.14159, e.g. 9 a.m. ",
        ]
    ),
    st.text(max_size=30),
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_bi_encoder(settings_in(Path())).tokenizer


def without_white_space(text: str) -> str:
    return "".join(text.split())


@given(texts=st.lists(TEXTS, max_size=4), budget=st.integers(16, 80))
@settings(max_examples=tries(80), deadline=None)
def test_no_text_is_lost_or_doubled_or_moved_to_another_section(
    tokenizer: Tokenizer, texts: list[str], budget: int
) -> None:
    sections = [Section(text, page=page, heading=f"Heading {page}") for page, text in enumerate(texts, start=1)]
    passages = list(split(sections, "id", tokenizer, budget))
    for section in sections:
        own = [passage for passage in passages if passage.page == section.page]
        assert without_white_space("".join(passage.text for passage in own)) == without_white_space(section.text)
        assert all(passage.heading == section.heading for passage in own)


@given(text=TEXTS, budget=st.integers(16, 80))
@settings(max_examples=tries(80), deadline=None)
def test_no_passage_is_longer_than_the_budget_and_none_is_empty(tokenizer: Tokenizer, text: str, budget: int) -> None:
    for passage in split([Section(text)], "id", tokenizer, budget):
        assert len(tokenizer.encode(passage.text, add_special_tokens=False).ids) <= budget
        assert passage.text.strip()


@given(texts=st.lists(TEXTS, max_size=4))
@settings(max_examples=tries(40), deadline=None)
def test_passages_are_counted_up_from_0_through_the_whole_document(tokenizer: Tokenizer, texts: list[str]) -> None:
    passages = list(split([Section(text) for text in texts], "id", tokenizer, 32))
    assert [passage.id for passage in passages] == [f"id:{ordinal}" for ordinal in range(len(passages))]


@pytest.mark.parametrize(
    "sentence", ["东京是日本的首都！", "東京都は日本の首都です。", "เมืองหลวงของญี่ปุ่นคือโตเกียวมีผู้คนมากมาย "]
)
def test_text_without_spaces_is_cut_between_sentences_or_words(tokenizer: Tokenizer, sentence: str) -> None:
    passages = [passage.text for passage in split([Section(sentence * 60)], "id", tokenizer, 80)]
    assert len(passages) > 5
    assert all(text.startswith(sentence[0]) or sentence.startswith("เ") for text in passages)
    assert all(len(text) <= 80 * 4 for text in passages)


def test_two_short_sections_stay_two_passages(tokenizer: Tokenizer) -> None:
    sections = [
        Section("It is 24 months.", page=1, heading="Warranty"),
        Section("It is 3 kg.", page=1, heading="Weight"),
    ]
    passages = list(split(sections, "id", tokenizer, 160))
    assert [(passage.text, passage.heading) for passage in passages] == [
        ("It is 24 months.", "Warranty"),
        ("It is 3 kg.", "Weight"),
    ]


def test_a_sentence_that_runs_over_a_page_is_cut_at_the_page(tokenizer: Tokenizer) -> None:
    passages = list(
        split([Section("The pump must be", page=1), Section("switched off.", page=2)], "id", tokenizer, 160)
    )
    assert [(passage.text, passage.page) for passage in passages] == [("The pump must be", 1), ("switched off.", 2)]


def test_paragraphs_are_kept_whole_where_they_fit(tokenizer: Tokenizer) -> None:
    paragraphs = [f"Paragraph {number} says one thing. Then it says one thing more." for number in range(6)]
    passages = list(split([Section("\n\n".join(paragraphs))], "id", tokenizer, 20))
    assert [passage.text for passage in passages] == paragraphs


def test_a_document_of_white_space_has_no_passages(tokenizer: Tokenizer) -> None:
    assert list(split([Section(" \n\t ")], "id", tokenizer, 160)) == []


def test_a_heading_stands_with_the_text_after_it(tokenizer: Tokenizer) -> None:
    before, after = "The lift is checked in May and in June by a firm.", "1. It is old and slow\n2. It creaks a lot"
    text = f"{before}\n\nRESULTS OF THE TEST\n\n{after}"
    assert [passage.text for passage in split([Section(text)], "id", tokenizer, 24)] == [
        before,
        f"RESULTS OF THE TEST\n\n{after}",
    ]


@pytest.mark.parametrize("above", ["\n\n", "\n"])
def test_a_question_stands_with_its_answer(tokenizer: Tokenizer, above: str) -> None:
    before, after = "The lift is checked in May and in June by a firm.", "It is free on all days but on Sunday."
    text = f"{before}{above}Is it free of charge?\n{after}"
    assert [passage.text for passage in split([Section(text)], "id", tokenizer, 20)] == [
        before,
        f"Is it free of charge?\n{after}",
    ]


@pytest.mark.parametrize("last", ["It is red.", "- a red one", "Colour: red"])
def test_what_is_no_heading_stays_where_it_is(tokenizer: Tokenizer, last: str) -> None:
    before = f"The lift is checked in May and in June by a firm.\n\n{last}"
    after = "It is old and slow and it creaks a lot when it stops."
    assert [passage.text for passage in split([Section(f"{before}\n\n{after}")], "id", tokenizer, 22)] == [
        before,
        after,
    ]


def test_a_heading_stays_where_the_text_after_it_fills_a_passage(tokenizer: Tokenizer) -> None:
    before, after = "The lift is checked.", "It is old and slow and red and big."
    passages = split([Section(f"{before}\n\nRESULTS\n\n{after}")], "id", tokenizer, 10)
    assert [passage.text for passage in passages] == [f"{before}\n\nRESULTS", after]
