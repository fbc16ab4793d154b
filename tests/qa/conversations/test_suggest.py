"""Suggestions: questions made of the headings of the documents at hand."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest import Document
from qa import suggested_questions

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def document(name: str, days_ago: int = 0) -> Document:
    return Document("0" * 64, name, "Word", None, 9, 9, NOW - timedelta(days=days_ago))


def suggested(heading: str) -> list[str]:
    return suggested_questions([(document("notes.md"), [heading])])


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Overtime", "What is said about overtime?"),
        ("3.2 Probation period", "What is said about the probation period?"),
        ("Pay > 4.3 Grades and the annual review", "What is said about grades and the annual review?"),
        ("CURRENT MEDICATIONS", "What is said about current medications?"),
        ("Cleaning the machine", "What is said about cleaning the machine?"),
        ("Skerry Point", "What is said about Skerry Point?"),
        ("How to descale the machine", "How do I descale the machine?"),
    ],
)
def test_a_heading_becomes_a_question_that_a_person_would_ask(heading: str, question: str) -> None:
    assert suggested(heading) == [question]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("How do I return a part?", "How do I return a part?"),
        ("2.1 How do I return a part?", "How do I return a part?"),
        ("Ordering and delivery > What if the carton is damaged?", "What if the carton is damaged?"),
    ],
)
def test_a_heading_that_is_a_question_is_asked_as_it_stands(heading: str, question: str) -> None:
    assert suggested(heading) == [question]


@pytest.mark.parametrize(
    "heading",
    [
        "Change the filter", "Call us", "In case of fire", "Before you start", "It is forbidden to smoke", "Why?",
        "Fees, deadlines and all that", "Velmarsh Otter 60: Operator and service manual", "Prices 2026", "For",
    ],
)  # fmt: skip
def test_where_no_good_question_can_be_made_none_is(heading: str) -> None:
    assert suggested(heading) == []


def test_headings_that_say_nothing_are_not_suggested() -> None:
    empty = ["1 Introduction", "Table 7", "", "Contents", "References", "12.3.4", "A" * 100, "???", "x " * 60]
    assert suggested_questions([(document("one.md"), empty)]) == []


def test_the_newest_document_comes_first_and_each_has_its_turn() -> None:
    old, new = document("old.md", days_ago=3), document("new.md")
    found = suggested_questions([(old, ["Warranty"]), (new, ["Parking", "Holidays", "Sickness"])], 3)
    assert found[0] in {f"What is said about {heading}?" for heading in ("parking", "holidays", "sickness")}
    assert found[1] == "What is said about warranty?"
    assert len(found) == 3


def test_the_same_heading_in_two_documents_is_suggested_once() -> None:
    found = suggested_questions([(document("one.md"), ["Parking"]), (document("two.md"), ["Parking"])])
    assert found == ["What is said about parking?"]


def test_without_headings_nothing_is_suggested() -> None:
    assert suggested_questions([(document("one.md"), []), (document("two.md"), [])]) == []
