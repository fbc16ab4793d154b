"""The Help page says what Pinpoint is and where things go; its keys do what the list of them says."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ingest import Settings
from pages.parts.about import connections
from pages.parts.keys import IS_OFF, IS_ON, KEYS
from tests.pages.person import CARD, Person

QUESTION = "How long is the warranty?"


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"chroma_url": "http://store.example:8000"}, "Chroma server"),
        ({"openid_issuer": "https://door.example"}, "Signing in"),
        ({"cross_encoder": "some/model"}, "downloaded once"),
        ({"web_pages": True}, "web page is fetched"),
    ],
)
def test_each_setting_that_reaches_another_machine_is_told(tmp_path: Path, named: dict[str, str], words: str) -> None:
    alone = Settings(library=tmp_path, _env_file=None)
    assert "Nothing is sent anywhere" in " ".join(connections(alone))
    told = " ".join(connections(alone.model_copy(update=named)))
    assert words in told
    assert "Nothing is sent anywhere" not in told


@pytest.mark.browser
def test_help_says_what_this_pinpoint_is(reader: Person) -> None:
    reader.page.get_by_role("link", name="Help", exact=True).click()
    expect(reader.main.get_by_text("Nothing is sent anywhere")).to_be_visible()
    expect(reader.main.get_by_text("The library lies in the folder")).to_be_visible()
    reader.main.get_by_text("Models and software").click()
    expect(reader.main.get_by_text("cross-encoder/ms-marco-MiniLM-L-12-v2")).to_be_visible()
    reader.button("Show the keys").click()
    dialog = reader.page.get_by_role("dialog", name="Keys")
    expect(dialog.locator("kbd")).to_have_text([key for key, _ in KEYS])
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


@pytest.mark.browser
def test_keys_go_from_passage_to_passage_copy_and_open_one_and_begin_anew(reader: Person) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.asks(QUESTION)
    reader.page.evaluate("document.activeElement.blur()")
    keyboard = reader.page.keyboard
    keyboard.press("c")
    expect(reader.main.get_by_role("button", name="Copy the quotation with its source")).to_have_text("Copied")
    assert "warranty" in reader.page.evaluate("navigator.clipboard.readText()")
    cards = reader.answers.last.locator(CARD)
    for key, place in (("j", 0), ("j", 1), ("k", 0)):
        keyboard.press(key)
        expect(cards.nth(place).locator("summary")).to_be_focused()
    keyboard.press("o")
    expect(reader.page.locator(".st-key-viewer")).to_be_visible()
    reader.waits()
    keyboard.press("Escape")
    expect(reader.page.locator(".st-key-viewer")).to_have_count(0)
    reader.waits()
    keyboard.press("n")
    expect(reader.questions).to_have_count(0)


@pytest.mark.browser
def test_keys_do_nothing_while_one_types_and_can_be_turned_off(reader: Person) -> None:
    reader.ask_box.press_sequentially("n?")
    expect(reader.ask_box).to_have_value("n?")
    dialog = reader.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_have_count(0)
    reader.ask_box.clear()
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.keyboard.press("?")
    dialog.get_by_role("button", name=IS_ON).click()
    expect(dialog.get_by_role("button", name=IS_OFF)).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    reader.opens()
    reader.page.evaluate("document.activeElement.blur()")
    reader.page.keyboard.press("?")
    reader.page.wait_for_timeout(300)
    expect(dialog).to_have_count(0)
