"""Choosing in the browser: which documents are asked and how, and the address that opens the same again."""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import Keep, People
from tests.pages.person import Person, documents_of

pytestmark = pytest.mark.browser

QUESTION = "How long is the warranty?"
HANDBOOK = "employee-handbook.docx"


def test_only_the_chosen_document_is_asked_and_the_address_opens_the_same(reader: Person, readers: People) -> None:
    chooses(reader, HANDBOOK)
    seen = reader.asks(QUESTION)
    assert documents_of(seen) == {HANDBOOK}
    expect(reader.main.get_by_text(f"Searched in {HANDBOOK} only")).to_be_visible()
    address = re.sub(r"conversation=\w+", "conversation=0000000000000000", reader.path)
    assert "document=" in address
    assert "q=How+long" in address
    later = readers()
    later.opens(address)
    expect(later.questions).to_have_text([QUESTION])
    assert later.answer_at(0) == seen
    expect(later.main.locator(".st-key-above-the-box").get_by_role("button", name=HANDBOOK)).to_be_visible()


def test_how_passages_are_found_and_how_many_can_be_chosen(reader: Person, keep: Keep) -> None:
    options = reader.opens_options()
    options.get_by_text("Exact words", exact=True).click()
    reader.waits()
    shown = options.get_by_role("slider", name="Results to show")
    for _ in range(2):
        shown.press("ArrowLeft")
    expect(shown).to_have_value("3")
    reader.waits()
    keep(reader, "options")
    assert len(reader.asks(QUESTION)) == 3
    assert "by=lexical" in reader.path
    assert "passages=3" in reader.path
    reader.opens(reader.path)
    assert len(reader.answer_at(0)) == 3


@pytest.mark.parametrize(
    "address",
    [
        "/?by=magic&candidates=-5&passages=99999999999&document=../../etc&conversation=../../etc/passwd",
        "/?candidates=1&passages=0&document=&q=",
        "/?conversation=%00&by=%3Cscript%3E&q=%20",
    ],
)
def test_an_address_that_makes_no_sense_is_the_first_screen(visitor: Person, address: str) -> None:
    visitor.opens(address)
    visitor.sees_no_traceback()
    expect(visitor.main.get_by_role("heading", name="Pinpoint", exact=True)).to_be_visible()
    assert len(visitor.asks("What does membership cost?")) > 0


def chooses(person: Person, document: str) -> None:
    """Choose one document above the box for the question."""
    person.lists_documents().filter(has_text=document).click()
    person.waits()
    person.page.keyboard.press("Escape")
    expect(person.page.get_by_role("option")).to_have_count(0)
