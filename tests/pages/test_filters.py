"""Collections, tags and filters in the browser: made, chosen, asked, clicked away, and in the address."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Locator, expect

from tests.pages.conftest import LOOKS, Keep, looks
from tests.pages.papers import lighthouse_pdf
from tests.pages.person import Person, documents_of

pytestmark = pytest.mark.browser

KEY, HOURS = "The spare key hangs behind the blue clock.", "---\ndate: 2021-04-05\n---\nThe workshop opens at seven."


def text_file(name: str, text: str) -> FilePayload:
    """A text file as a browser hands it over."""
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())


def makes_collection(person: Person, name: str) -> None:
    """Make a collection on the Documents page; the person then stands in it."""
    person.button("Collections").click()
    person.page.get_by_label("New collection").fill(name)
    person.page.get_by_role("button", name="Make it").click()
    expect(chip(person, f"Collection: {name}")).to_be_visible()
    person.page.keyboard.press("Escape")
    person.waits()


def chip(person: Person, words: str) -> Locator:
    """The chip with these words."""
    return person.main.get_by_role("button", name=re.compile(f"^{re.escape(words)}"))


def test_a_collection_is_made_filled_asked_and_clicked_away(person: Person, keep: Keep) -> None:
    person.adds(text_file("key.txt", KEY))
    makes_collection(person, "Workshop")
    expect(person.main.get_by_text("The collection Workshop is empty.")).to_be_visible()
    expect(person.main.get_by_text("New files go into the collection Workshop.")).to_be_visible()
    person.chooses(text_file("hours.md", HOURS))
    expect(person.outcomes.filter(has_text="hours.md was added")).to_be_visible()
    expect(person.documents).to_have_count(1)
    expect(person.documents).to_contain_text("of 5 April 2021")
    assert "collection=Workshop" in person.path

    person.goes_to("Ask")
    expect(chip(person, "Collection: Workshop")).to_be_visible()
    assert documents_of(person.asks("When does the workshop open?")) == {"hours.md"}
    expect(person.main.get_by_text("Searched in collection Workshop only")).to_be_visible()
    person.asks("Where is the spare key?")
    assert "collection=Workshop" in person.path
    for width, dark in LOOKS:
        person.looks(width, dark)
        keep(person, f"filter-{looks(width, dark)}")
    person.looks(1280, False)
    chip(person, "Collection: Workshop").click()
    expect(chip(person, "Collection: Workshop")).to_have_count(0)
    person.waits()
    assert "collection=" not in person.path
    assert "key.txt" in documents_of(person.asks("Where is the spare key kept?"))


def test_the_numbers_of_a_collection_are_those_of_its_documents(person: Person, tmp_path: Path) -> None:
    person.adds(text_file("key.txt", KEY))
    makes_collection(person, "Coast")
    person.chooses(text_file("hours.md", HOURS))
    expect(person.documents.filter(has_text="hours.md")).to_be_visible()
    person.chooses(lighthouse_pdf(tmp_path))
    expect(person.documents.filter(has_text="lighthouse.pdf")).to_be_visible()
    told = person.main.get_by_test_id("stCaptionContainer").filter(has_text=re.compile("^Coast: "))
    expect(told).to_contain_text("2 documents")
    rows = " ".join(person.documents.all_inner_texts())
    for thing in ("page", "passage"):
        total = sum(int(number) for number in re.findall(rf"(\d+) {thing}s?\b", rows))
        assert f"{total} {thing}s" in told.inner_text()
    assert "6 pages" in told.inner_text()
    assert f"newest of {date.today():%-d %B %Y}" in told.inner_text()


def test_many_are_selected_put_tagged_removed_and_brought_back(person: Person, keep: Keep) -> None:
    person.adds(*(text_file(f"note {number:02}.txt", f"Note number {number} on the pump.") for number in range(3)))
    person.main.get_by_role("button", name=re.compile("^Select all")).click()
    expect(person.main.get_by_text("3 selected")).to_be_visible()
    person.button("Tags").click()
    field = person.page.get_by_role("combobox", name=re.compile("Tag"))
    field.fill("pump")
    field.press("Enter")
    person.page.get_by_role("button", name="Add tag").click()
    expect(person.documents.filter(has_text="#pump")).to_have_count(3)
    for width, dark in LOOKS:
        person.looks(width, dark)
        person.scrolls_only_down()
        keep(person, f"list-{looks(width, dark)}")
        report = Axe().run(person.page)
        grave = [found["id"] for found in report.response["violations"] if found["impact"] in {"serious", "critical"}]
        assert grave == []
    person.looks(1280, False)
    person.main.get_by_role("button", name=re.compile("^Select all")).click()
    person.button("Remove 3 documents").click()
    expect(person.documents).to_have_count(0)
    person.button("Undo").click()
    expect(person.documents).to_have_count(3)


def test_where_a_filter_leaves_nothing_all_documents_can_be_asked_with_one_click(person: Person) -> None:
    person.adds(text_file("key.txt", KEY))
    person.opens("/documents?until=1999-12-31")
    person.button("Filter").click()
    person.page.get_by_role("spinbutton", name="year, From").click()
    person.page.keyboard.type("19990101")
    person.page.keyboard.press("Escape")  # it leaves the field, and what was typed is taken
    expect(person.page.get_by_text("From 1 January 1999").first).to_be_visible()
    person.page.keyboard.press("Escape")
    expect(chip(person, "From 1 January 1999")).to_be_visible()
    person.goes_to("Ask")
    assert "since=1999-01-01" in person.path
    assert person.asks("Where is the spare key?") == []
    expect(person.main.get_by_text("Searched in")).to_be_visible()
    person.button("Ask all documents").click()
    expect(person.questions).to_have_count(2)
    assert documents_of(person.answer_at(1)) == {"key.txt"}
    assert "since=" not in person.path


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "../../etc", "%00", "![x](https://example.org/x.png)"])
def test_a_hostile_address_filters_nothing_and_harms_nobody(visitor: Person, value: str) -> None:
    said = quote(value)
    visitor.opens(f"/?collection={said}&type={said}&tag={said}&since={said}&until=9999-99-99")
    visitor.sees_no_traceback()
    expect(visitor.main.get_by_role("button", name=re.compile("^(Collection|Type|Tag|From|Until)"))).to_have_count(0)
    assert visitor.dialogs == []
    assert visitor.outside == []
    assert len(visitor.asks("What does membership cost?")) > 0
