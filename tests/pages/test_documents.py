"""The Documents page in the browser: files that cannot be added, and two people at once."""

import random

import pytest
from playwright.sync_api import FilePayload, expect

from tests.pages.conftest import People
from tests.pages.person import Person

pytestmark = pytest.mark.browser

A_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
NOISE = random.Random(1).randbytes(20_000)


def text_file(name: str, text: str) -> FilePayload:
    """A text file as a browser hands it over."""
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())


def test_each_file_that_cannot_be_added_gets_a_sentence_and_the_good_one_goes_in(person: Person) -> None:
    sentences = {
        "empty.txt": "This file is empty.",
        "noise.pdf": "This PDF is damaged and cannot be read. Open it in its own program, save it anew and add that.",
        "picture.pdf": "This is a picture, not a text. Save it as a PDF with searchable text and add that.",
    }
    person.adds(
        FilePayload(name="empty.txt", mimeType="text/plain", buffer=b""),
        FilePayload(name="noise.pdf", mimeType="application/pdf", buffer=NOISE),
        text_file("hours.txt", "The workshop opens at seven and closes at four."),
        FilePayload(name="picture.pdf", mimeType="application/pdf", buffer=A_PNG),
    )
    expect(person.outcomes.filter(has_text="hours.txt was added: 1 passage.")).to_be_visible()
    for name, sentence in sentences.items():
        line = person.outcomes.filter(has_text=name)
        expect(line.locator("p").first).to_contain_text(f"{name} was not added. {sentence}")
    expect(person.documents).to_have_count(1)
    expect(person.documents).to_contain_text("hours.txt")
    person.sees_no_traceback()

    for left, name in enumerate(sentences):
        person.outcomes.filter(has_text=name).get_by_role("button", name="Dismiss").click()
        expect(person.outcomes.filter(has_text=name)).to_have_count(0)
        expect(person.outcomes).to_have_count(len(sentences) - left)
    person.opens("/documents")
    expect(person.main.get_by_text("was not added")).to_have_count(0)
    expect(person.documents).to_have_count(1)


def test_what_one_person_adds_the_next_question_of_another_finds(person: Person, people: People) -> None:
    other = people()
    assert other.asks("Where is the spare key?") == []
    assert other.sentence() == "There are no documents yet. Add some, then ask again."
    person.adds(text_file("spare key.txt", "The spare key hangs behind the blue clock in the kitchen."))
    cards = other.asks("Where is the spare key?")
    assert [(card.document, card.text) for card in cards] == [
        ("spare key.txt", "The spare key hangs behind the blue clock in the kitchen.")
    ]
    person.goes_to("Ask")
    expect(person.questions).to_have_count(0)  # what others ask is their own
