"""The Ask page in the browser: the first screen, the example, questions that cannot be asked, and how it all fits."""

import time

import pytest
from playwright.sync_api import FilePayload, expect

from ingest import example_documents, example_questions
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import CARD, EXAMPLE, Person

pytestmark = pytest.mark.browser

UNDER_THE_NAVIGATION = 150  # pixels from the top of the window within which the newest question begins


def test_a_question_that_cannot_be_asked_gets_a_sentence_and_the_next_one_an_answer(person: Person) -> None:
    for question, sentence in (
        ("Who has the key?", "There are no documents yet. Add some, then ask again."),
        ("?!… -- ;", "The question is empty. Type what you would like to know."),
        (
            "why " * 2500,
            "The question is 9,999 characters long, and at most 1,000 are read. Ask it in fewer words.",
        ),
    ):
        assert person.asks(question) == []
        assert person.sentence() == sentence
        person.sees_no_traceback()
        person.scrolls_only_down()
    text = "The porter has the key."
    person.adds(FilePayload(name="key.txt", mimeType="text/plain", buffer=text.encode()))
    person.goes_to("Ask")
    assert [card.text for card in person.asks("Who has the key?")] == [text]


def test_the_first_screen_fits_every_window(person: Person, people: People, keep: Keep) -> None:
    for width, dark in LOOKS:
        somebody = people(width=width, dark=dark)
        expect(somebody.button("Add documents")).to_be_in_viewport(ratio=1)
        expect(somebody.button(EXAMPLE)).to_be_in_viewport(ratio=1)
        sees_the_ask_box_at_the_bottom(somebody)
        somebody.scrolls_only_down()
        keep(somebody, f"first-screen-{looks(width, dark)}")


def test_the_example_is_there_with_one_click_and_answers_what_it_suggests(person: Person) -> None:
    person.button(EXAMPLE).click()
    expect(person.progress).to_be_visible()
    expect(person.button(EXAMPLE)).to_have_count(0)
    person.tries_the_example()
    expect(person.progress).to_have_count(0)
    suggested = example_questions(3)
    expect(person.suggestions).to_have_count(len(suggested))
    person.suggestions.first.click()
    expect(person.questions).to_have_text([suggested[0]])
    cards = person.answer_at(0)
    assert len(cards) == 5
    assert cards[0].score > 0.5
    person.goes_to("Documents")
    expect(person.documents).to_have_count(len(example_documents()))


def test_the_answer_and_the_documents_fit_every_window(readers: People, keep: Keep) -> None:
    first, second = example_questions(2)
    for width, dark in LOOKS:
        somebody = readers(width=width, dark=dark)
        for question in (first,) if dark else (second, first):
            somebody.asks(question)
            sees_the_newest_question_at_the_top(somebody)
            sees_the_ask_box_at_the_bottom(somebody)
            somebody.scrolls_only_down()
        keep(somebody, f"answer-{looks(width, dark)}")
        somebody.opens("/documents")
        expect(somebody.documents).to_have_count(len(example_documents()))
        somebody.scrolls_only_down()
        keep(somebody, f"documents-{looks(width, dark)}")


def test_an_earlier_answer_stays_as_it_is_while_the_next_question_is_answered(readers: People) -> None:
    somebody = readers(candidates=100)
    first, second = example_questions(2)
    seen = somebody.asks(first)
    somebody.ask_box.fill(second)
    somebody.ask_box.press("Enter")
    expect(somebody.main.get_by_role("button", name="Stop")).to_be_visible()
    expect(somebody.answers.first.locator(CARD)).to_have_count(len(seen), timeout=1)
    assert len(somebody.answer_at(1)) == len(seen)
    assert somebody.answer_at(0) == seen


def test_on_a_telephone_the_other_page_is_one_click_away(people: People) -> None:
    somebody = people(width=390)
    for name, there in (("Documents", somebody.upload_button), ("Ask", somebody.ask_box)):
        link = somebody.page.get_by_role("link", name=name, exact=True)
        expect(link).to_be_in_viewport(timeout=5_000)
        link.click()
        there.click(trial=True, timeout=10_000)  # nothing lies over it


def sees_the_newest_question_at_the_top(person: Person) -> None:
    """Below the navigation, with its first card in sight."""
    deadline = time.monotonic() + 10
    while True:
        box = person.questions.last.bounding_box()
        assert box
        if 0 <= box["y"] <= UNDER_THE_NAVIGATION:
            break
        assert time.monotonic() < deadline, f"the newest question begins at {box['y']:.0f}"
        person.page.wait_for_timeout(50)
    navigation = person.page.get_by_role("banner").bounding_box()
    assert navigation
    assert box["y"] >= navigation["y"] + navigation["height"]
    expect(person.answers.last.locator(CARD).first).to_be_in_viewport()


def sees_the_ask_box_at_the_bottom(person: Person) -> None:
    """Whole, within the lowest hundred pixels of the window."""
    expect(person.ask_box).to_be_in_viewport(ratio=1)
    box, window = person.ask_box.bounding_box(), person.page.viewport_size
    assert box
    assert window
    assert window["height"] - 100 <= box["y"]
    assert box["y"] + box["height"] <= window["height"]
