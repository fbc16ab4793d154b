"""The whole story in the browser: add two documents, ask, take one out, close the app and find the other again."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import People
from tests.pages.papers import choir_word, lighthouse_pdf
from tests.pages.person import EXAMPLE, Card, Person, documents_of
from tests.pages.running import AppStartedAnew, RunningApp

pytestmark = pytest.mark.browser

STEPS = "How many steps lead up to the lamp room?"


def test_documents_are_added_asked_removed_and_kept_over_a_restart(windows: People, tmp_path: Path) -> None:
    with AppStartedAnew(tmp_path) as app:
        person = windows(app.url)
        sees_the_first_screen(person)
        adds_two_documents(person, tmp_path)
        asks_three_questions(person)
        removes_the_pdf(person)
        finds_only_the_word_file(person)
    with RunningApp(tmp_path) as app:
        person = windows(app.url)
        person.goes_to("Documents")
        expect(person.documents).to_have_count(1)
        expect(person.documents).to_contain_text("choir.docx")
        person.goes_to("Ask")
        finds_only_the_word_file(person)
        assert "48 euros" in person.asks("What does membership cost?")[0].text


def sees_the_first_screen(person: Person) -> None:
    expect(person.main.get_by_role("heading", name="Pinpoint")).to_be_visible()
    welcome = person.main.locator("p").filter(has_text="in your own words").inner_text()
    assert welcome.count(". ") == 1  # two sentences
    assert welcome.endswith(".")
    expect(person.button("Add documents")).to_be_visible()
    expect(person.button(EXAMPLE)).to_be_visible()
    person.button("Add documents").click()
    expect(person.upload_button).to_be_visible()
    person.waits()


def adds_two_documents(person: Person, folder: Path) -> None:
    person.chooses(lighthouse_pdf(folder), choir_word(folder))
    expect(person.progress.first).to_be_visible()
    expect(person.progress).to_have_count(0)
    expect(person.outcomes.filter(has_text="lighthouse.pdf was added: 6 passages.")).to_be_visible()
    expect(person.outcomes.filter(has_text="choir.docx was added: 6 passages.")).to_be_visible()
    expect(person.documents).to_have_count(2)
    expect(person.documents.filter(has_text="lighthouse.pdf")).to_contain_text("PDF · 6 pages · 6 passages")
    expect(person.documents.filter(has_text="choir.docx")).to_contain_text("Word document · 6 passages")


def asks_three_questions(person: Person) -> None:
    person.goes_to("Ask")
    for question, document, place, fact in (
        (STEPS, "lighthouse.pdf", "Page 2", "A stair of 217 steps leads from the door up to the lamp room."),
        ("What does membership cost?", "choir.docx", "Fees", "Membership costs 48 euros a year"),
        ("Which colour do I put on for singing in public?", "choir.docx", "Concert dress", "dark green with a grey"),
    ):
        cards = person.asks(question)
        assert [card.rank for card in cards] == ["1", "2", "3", "4", "5"]
        assert (cards[0].document, cards[0].place) == (document, place)
        assert fact in " ".join(cards[0].text.split())
        shows_scores(cards)
    expect(person.questions).to_have_count(3)
    expect(person.questions.first).to_have_text(STEPS)


def shows_scores(cards: list[Card]) -> None:
    """Numbers between 0 and 1, the best first, each with a bar of that length."""
    scores = [card.score for card in cards]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    for card in cards:
        assert card.bar == pytest.approx(card.score, abs=0.006)  # both are rounded


def removes_the_pdf(person: Person) -> None:
    person.goes_to("Documents")
    row = person.documents.filter(has_text="lighthouse.pdf")
    person.removes(row)
    expect(person.main.get_by_text("lighthouse.pdf was removed. It can be restored")).to_be_visible()
    expect(person.documents).to_have_count(1)
    person.goes_to("Ask")


def finds_only_the_word_file(person: Person) -> None:
    cards = person.asks(STEPS)
    assert len(cards) == 5
    assert documents_of(cards) == {"choir.docx"}
    shows_scores(cards)
