"""Suggestions: questions made of the headings of the documents at hand."""

from datetime import UTC, datetime

from ingest import Document
from qa import suggested_questions


def document(name: str) -> Document:
    return Document("0" * 64, name, "Word", None, 9, 9, datetime.now(UTC))


def test_a_heading_becomes_a_question_of_its_document() -> None:
    found = suggested_questions([(document("staff_handbook.docx"), ["3.2 Probation period"])])
    assert found == ["What does “staff handbook” say about “Probation period”?"]


def test_a_heading_that_is_a_question_is_asked_as_it_stands() -> None:
    assert suggested_questions([(document("faq.md"), ["How do I return a part?"])]) == ["How do I return a part?"]


def test_each_document_has_its_turn_first() -> None:
    first, second = document("one.md"), document("two.md")
    found = suggested_questions([(first, ["Parking", "Holidays", "Sickness"]), (second, ["Warranty"])], 3)
    assert len([question for question in found if "“two”" in question]) == 1
    assert len(found) == 3


def test_headings_that_say_nothing_are_not_suggested() -> None:
    empty = ["1 Introduction", "Table 7", "", "Contents", "References", "12.3.4", "A" * 100, "???", "x " * 60]
    assert suggested_questions([(document("one.md"), [*empty, "What is it?"])]) == []


def test_without_headings_nothing_is_suggested() -> None:
    assert suggested_questions([(document("one.md"), []), (document("two.md"), [])]) == []
