"""The page of a document: pages by their number, contents, a search, and picture and text that move together."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from ingest import Library
from ingest.pipeline.add import add
from tests.conftest import put_in, settings_in
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.papers import LIGHTHOUSE, choir_word, lighthouse_pdf
from tests.pages.person import Person
from tests.pages.running import RunningApp

pytestmark = pytest.mark.browser

ENTRIES = 45


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    folder = tmp_path_factory.mktemp("shelf")
    settings = settings_in(folder)
    with Library(settings) as library:
        for path in (lighthouse_pdf(folder), choir_word(folder)):
            assert add(path, library, settings).status == "added"
        put_in(library, settings, "log book.txt", *(f"Entry {number} of the log book." for number in range(ENTRIES)))
    with RunningApp(folder) as running:
        yield running


def opened(windows: People, app: RunningApp, name: str) -> Person:
    person = windows(app.url, path="/documents")
    person.documents.filter(has_text=name).get_by_role("link").click()
    expect(person.main.locator(".st-key-reader")).to_be_visible()
    person.waits()
    return person


def search(person: Person) -> Locator:
    return person.main.get_by_placeholder("Search in this document")


def test_picture_and_text_of_a_page_move_together_and_the_address_says_where(
    windows: People, shelf: RunningApp, keep: Keep
) -> None:
    person = opened(windows, shelf, "lighthouse.pdf")
    person.button("Next page").click()
    expect(person.main.get_by_alt_text("Page 2")).to_be_visible()
    expect(person.main.locator(".pp-card .pp-place")).to_have_text([re.compile("^Page 2")])
    person.waits()
    number = person.main.get_by_label(re.compile("^Page, of"))
    number.fill("5")
    number.press("Enter")
    expect(person.main.get_by_alt_text("Page 5")).to_be_visible()
    person.waits()
    assert "page=5" in person.path
    person.opens(person.path)
    expect(person.main.get_by_alt_text("Page 5")).to_be_visible()

    search(person).fill(LIGHTHOUSE[2].split(".")[0][:20])
    search(person).press("Enter")
    expect(person.main.locator(".pp-match").first).to_be_in_viewport()
    expect(person.main.get_by_text(re.compile("^1 of "))).to_be_visible()
    expect(person.main.locator(".pp-found")).to_have_count(1)
    for width, dark in LOOKS:
        person.looks(width, dark)
        person.scrolls_only_down()
        keep(person, f"reader-{looks(width, dark)}")
    person.sees_no_traceback()


def test_a_heading_of_the_contents_leads_to_its_passage(windows: People, shelf: RunningApp) -> None:
    person = opened(windows, shelf, "choir")
    contents = person.main.get_by_role("combobox", name="Contents")
    contents.click()
    last = person.page.get_by_role("option").last
    heading = last.inner_text()
    last.click()
    expect(person.main.locator(".pp-card").filter(has_text=heading.split(" > ")[-1]).last).to_be_in_viewport()
    assert "passage=" in person.path


def test_a_text_comes_in_parts_and_the_search_goes_through_all_of_them(windows: People, shelf: RunningApp) -> None:
    person = opened(windows, shelf, "log book.txt")
    expect(person.main.locator(".pp-card")).to_have_count(20)
    person.button("Next part").click()
    expect(person.main.locator("#passage-21")).to_be_in_viewport()
    search(person).fill("Entry 44")
    search(person).press("Enter")
    expect(person.main.locator("#passage-45 .pp-found")).to_be_in_viewport()
    search(person).fill("nowhere")
    search(person).press("Enter")
    expect(person.main.get_by_text("Not found")).to_be_visible()
    person.sees_no_traceback()


@pytest.mark.parametrize("value", ["0", "9" * 5000, "%D9%A3", "%3Cb%3E"])
def test_an_odd_place_in_the_address_shows_the_document(windows: People, shelf: RunningApp, value: str) -> None:
    person = opened(windows, shelf, "log book.txt")
    person.opens(f"{person.path}&page={value}&passage={value}&match={value}&find={value}")
    expect(person.main.locator(".st-key-reader")).to_be_visible()
    person.sees_no_traceback()
