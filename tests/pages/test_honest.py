"""Honesty in the browser: what a score means in words, and what is said where the documents do not answer."""

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import CARD, Person

pytestmark = pytest.mark.browser


def test_each_score_is_explained_in_words(reader: Person) -> None:
    reader.asks("How long is the warranty?")
    words = reader.answers.last.locator(".pp-verdict").all_text_contents()
    assert len(words) == 5
    assert set(words) <= {"Answers it", "May answer it", "Related"}
    assert "Answers it" in words


def test_where_nothing_answers_the_page_says_so_and_folds_the_nearest_away(readers: People, keep: Keep) -> None:
    for width, dark in LOOKS:
        reader = readers(width=width, dark=dark)
        reader.ask_box.fill("Who won the football world cup in 1954?")
        reader.ask_box.press("Enter")
        answer = reader.answers.last
        expect(answer.get_by_text("Nothing in your documents is close to this question.")).to_be_visible()
        expect(answer.get_by_text("Try other words, or add the document that has the answer.")).to_be_visible()
        expect(answer.get_by_role("link", name="Add a document")).to_be_visible()
        expect(answer.locator(CARD).first).not_to_be_visible()
        reader.waits()
        reader.scrolls_only_down()
        keep(reader, f"unanswered-{looks(width, dark)}")
        reader.unfolds(answer)
        expect(answer.locator(CARD)).to_have_count(5)
        assert set(answer.locator(".pp-verdict").all_text_contents()) == {"Related"}
