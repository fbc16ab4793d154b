"""A web page by its address, as a person adds it: from the field to the document, the answer and the copied source."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.ingest.web.server import Server, serving
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import Person
from tests.pages.running import RunningApp

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def web_app(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[RunningApp]:
    """An app that may fetch pages, and from the server of this machine."""
    allowed = {"PINPOINT_WEB_PAGES": "true", "PINPOINT_TEST_WEB_PORT": str(server.server_port)}
    with RunningApp(tmp_path_factory.mktemp("web"), module="tests.pages.web_reach", **allowed) as running:
        yield running


def adds_page(person: Person, address: str) -> None:
    """Type an address on the Documents page and add it."""
    person.main.get_by_role("tab", name="Web page").click()
    panel = person.main.get_by_role("tabpanel", name="Web page")
    panel.get_by_label("Address").fill(address)
    panel.get_by_role("button", name="Add", exact=True).click()
    person.waits()


def test_a_web_page_is_added_by_its_address_and_cited_with_it(
    windows: People, web_app: RunningApp, server: Server, keep: Keep
) -> None:
    person = windows(web_app.url)
    person.goes_to("Documents")
    adds_page(person, "my notes")
    expect(person.main.get_by_text("This is not an address of a web page.")).to_be_visible()
    adds_page(person, f"{server.address}/gone")
    expect(person.outcomes).to_have_count(1)
    expect(person.outcomes.first).to_contain_text("There is no web page at this address.")

    address = f"{server.address}/hours.html?q=<b>x</b>"
    adds_page(person, address)
    expect(person.outcomes).to_have_count(2)
    added = person.outcomes.filter(has_text="127.0.0.1 hours.html")
    expect(added).to_contain_text("was added: 1 passage")
    person.main.get_by_role("tab", name="Web page").click()
    for width, dark in LOOKS:
        person.looks(width, dark)
        person.scrolls_only_down()
        keep(person, f"web-page-{looks(width, dark)}")

    person.goes_to("Ask")
    person.asks("When does the office open?")
    source = person.answers.last.locator("button[data-source]").first
    expect(source).to_have_attribute("data-source", f"127.0.0.1 hours.html, Opening hours, {address}")


def test_its_address_is_a_link_that_tells_its_server_nothing(
    windows: People, web_app: RunningApp, server: Server, keep: Keep
) -> None:
    person = windows(web_app.url)
    person.goes_to("Documents")
    address = f"{server.address}/hours.html?q=<b>x</b>"
    if not person.documents.count():
        adds_page(person, address)
    person.documents.first.get_by_role("link").click()
    link = person.main.get_by_role("link", name=address)
    expect(link).to_be_visible()
    assert set((link.get_attribute("rel") or "").split()) >= {"noreferrer", "noopener"}
    assert (link.get_attribute("href"), link.locator("b").count()) == (address, 0)
    for width, dark in LOOKS:
        person.looks(width, dark)
        person.scrolls_only_down()
        keep(person, f"web-page-document-{looks(width, dark)}")


def test_where_web_pages_are_not_allowed_no_field_is_shown(visitor: Person) -> None:
    visitor.goes_to("Documents")
    expect(visitor.main.get_by_role("tab")).to_have_text(["Files", "Folder", "Paste text"])
