"""A passage need not repeat the name that its document bears."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Library, add, example_documents
from qa import Asker
from tests.conftest import settings_in, written

MANUAL = """# Heron 40: instructions for the lawn mower

## Blade

The blade is changed every 80 hours by two people with gloves.

## Guarantee

It lasts for three years from the day of purchase and covers the motor and the frame.

## Noise

At full speed, 94 decibels are measured beside the machine.
"""
CHAIR = """# Wader: instructions for the folding chair

## Guarantee

It lasts for ten years from the day of purchase.

## Weight

The chair weighs six kilograms.
"""


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder: Path = tmp_path_factory.mktemp("named")
    settings = settings_in(folder)
    with Library(settings) as library:
        for name, text in (("mower.md", MANUAL), ("chair.md", CHAIR)):
            assert add(written(folder, name, text), library, settings).status == "added"
        yield Asker(library, settings)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    settings = settings_in(tmp_path_factory.mktemp("example"))
    with Library(settings) as library:
        for path in example_documents():
            if path.name in {"customer-service-faq.md", "onboarding-deck.pptx"}:
                assert add(path, library, settings).status == "added"
        yield Asker(library, settings)


@pytest.mark.parametrize(
    ("question", "answer", "document"),
    [
        ("How long is the guarantee of the Heron 40?", "three years", "mower.md"),
        ("heron guarantee", "three years", "mower.md"),
        ("How long is the guarantee of the Wader?", "ten years", "chair.md"),
    ],
)
def test_a_question_that_names_the_document_is_answered_by_its_passage(
    asker: Asker, question: str, answer: str, document: str
) -> None:
    found = asker.ask(question)
    first = found.hits[0].candidate
    assert answer in first.passage.text
    assert first.document.name == document
    assert found.outcome != "nothing close"


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("How long is the warranty on the Otter 60?", "How long is the warranty?"),
        ("otter warranty", "How long is the warranty?"),
        ("When was Velmarsh founded?", "Who we are"),
    ],
)
def test_the_passage_that_answers_comes_before_the_one_that_has_the_name(
    example: Asker, question: str, heading: str
) -> None:
    assert str(example.ask(question).hits[0].candidate.passage.heading).endswith(heading)


def test_another_name_is_another_thing(asker: Asker) -> None:
    assert asker.ask("How long is the guarantee of the Kestrel 70?").outcome != "answers"


def test_what_the_passage_says_itself_is_not_left_out(asker: Asker) -> None:
    retriever = asker._retriever
    question = retriever.understand("Which instructions are there for the Heron 40?")
    candidates = retriever.retrieve(question)
    shorter = retriever.without_names(question, candidates)
    texts = [f"{each.passage.heading} {each.passage.text}" for each in candidates]
    assert all(
        each is None for each, text in zip(shorter, texts, strict=True) if "Heron" in text or "chair" in text.lower()
    )


def test_the_sentences_are_read_as_the_passage_was_without_the_name(asker: Asker) -> None:
    best = asker.ask("How long is the guarantee of the Heron 40?").hits[0].best
    assert best is not None
    assert best.score > 0.9
