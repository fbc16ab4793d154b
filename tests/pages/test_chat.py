"""The Ask page in the browser: the first screen, the example, questions that cannot be asked, and how it all fits."""

import pytest
from playwright.sync_api import FilePayload, expect

from ingest import example_documents, example_questions
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import EXAMPLE, Person
from tests.pages.window import sees_the_ask_box_at_the_bottom

pytestmark = pytest.mark.browser


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


def test_suggestions_are_made_of_the_headings_of_the_documents(person: Person) -> None:
    text = "# Parking\n\nPark behind the house.\n\n# What if I lose my key?\n\nTell the porter."
    person.adds(FilePayload(name="rules.md", mimeType="text/plain", buffer=text.encode()))
    person.goes_to("Ask")
    expect(person.suggestions).to_have_count(2)
    expect(person.button("What is said about parking?")).to_be_visible()
    person.button("What if I lose my key?").click()
    assert "Tell the porter." in person.answer_at(0)[0].text


def test_on_a_telephone_the_other_page_is_one_click_away(people: People) -> None:
    somebody = people(width=390)
    for name, there in (("Documents", somebody.upload_button), ("Ask", somebody.ask_box)):
        link = somebody.page.get_by_role("link", name=name, exact=True)
        expect(link).to_be_in_viewport(timeout=5_000)
        link.click()
        there.click(trial=True, timeout=10_000)  # nothing lies over it
