"""For everybody: no serious or critical finding of axe-core on any page, the keyboard alone, and 200 % zoom."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.pages.conftest import LOOKS, SCREENSHOTS, People, looks
from tests.pages.person import CARD, Person

pytestmark = pytest.mark.browser

GRAVE = {"serious", "critical"}
QUESTION = "How long is the warranty?"
IN_THE_MANUAL = "How hot does the machine make the milk?"


def first_screen(reader: Person) -> None:
    expect(reader.suggestions.first).to_be_visible()
    reader.waits()


def answer(reader: Person) -> None:
    reader.asks(QUESTION)


def everything_open(reader: Person) -> None:
    reader.asks(IN_THE_MANUAL)
    reader.unfolds(reader.answers.last)
    card = reader.answers.last.locator("[class*=st-key-card-]").filter(has_text="otter-60-manual.pdf").first
    reader.opens_card(card)
    card.get_by_role("button", name="Show the page").click()
    expect(reader.main.locator(".st-key-viewer .pp-area").first).to_be_visible()
    reader.waits()
    reader.page.keyboard.press("Escape")
    expect(reader.main.locator(".st-key-viewer")).to_have_count(0)
    reader.main.get_by_text("How was this found?").click()
    expect(reader.main.locator(".pp-key li")).to_have_count(5)
    reader.waits()
    reader.opens_options()
    reader.waits()


def unanswered(reader: Person) -> None:
    reader.asks("Who won the football world cup in 1954?")


def documents(reader: Person) -> None:
    reader.goes_to("Documents")
    reader.main.get_by_text("Show a chart of my documents").click()
    expect(reader.main.get_by_test_id("stVegaLiteChart")).to_be_visible()
    reader.waits()


def document(reader: Person) -> None:
    reader.goes_to("Documents")
    reader.documents.filter(has_text="otter-60-manual.pdf").get_by_role("link").click()
    expect(reader.main.locator("img")).to_be_visible()
    reader.main.get_by_placeholder("Search in this document").fill("steam")
    reader.main.get_by_placeholder("Search in this document").press("Enter")
    expect(reader.main.locator(".pp-match").first).to_be_visible()
    reader.waits()


def conversations(reader: Person) -> None:
    reader.asks(QUESTION)
    reader.goes_to("Conversations")
    expect(reader.main.get_by_role("link", name="Open").first).to_be_visible()


def help_and_keys(reader: Person) -> None:
    reader.page.get_by_role("link", name="Help", exact=True).click()
    reader.main.get_by_text("Models and software").click()
    reader.button("Show the keys").click()
    expect(reader.page.get_by_role("dialog", name="Keys")).to_be_visible()


PAGES: list[Callable[[Person], None]] = [
    first_screen, answer, everything_open, unanswered, documents, document, conversations, help_and_keys
]  # fmt: skip


@pytest.mark.parametrize("goes", PAGES, ids=lambda goes: str(goes.__name__))
def test_axe_finds_nothing_serious(reader: Person, goes: Callable[[Person], None]) -> None:
    grave: dict[str, str] = {}
    goes(reader)
    for width, dark in LOOKS:
        reader.looks(width, dark)
        reader.page.mouse.move(0, 0)
        reader.page.wait_for_timeout(500)  # what was drawn anew fades in, what was pointed at out
        report = Axe().run(reader.page)
        name = f"{goes.__name__}-{looks(width, dark)}"
        if SCREENSHOTS:
            Path(SCREENSHOTS, f"axe-{name}.txt").write_text(report.generate_report(), encoding="utf-8")
        for found in report.response["violations"]:
            if found["impact"] in GRAVE:
                grave[f"{name}: {found['id']}"] = "\n".join(node["html"][:300] for node in found["nodes"])
    assert grave == {}


def test_a_question_is_asked_and_its_answer_opened_with_the_keyboard_alone(reader: Person) -> None:
    goes_with_tab(reader, "textarea")
    reader.page.keyboard.type(QUESTION)
    reader.page.keyboard.press("Enter")
    reader.answer_at(0)
    reader.page.keyboard.press("Shift+Tab")
    goes_with_tab(reader, "button.pp-copy", back=True)
    goes_with_tab(reader, "button", words="Show")
    reader.page.keyboard.press("Enter")
    expect(reader.main.locator(".st-key-viewer")).to_be_visible()
    expect(reader.main.get_by_role("button", name="Close")).to_be_focused()


def test_at_twice_the_size_nothing_is_cut_off(readers: People) -> None:
    reader = readers(width=640)  # a window of 1280 at 200 %
    reader.page.set_viewport_size({"width": 640, "height": 400})
    reader.asks(QUESTION)
    reader.scrolls_only_down()
    expect(reader.ask_box).to_be_in_viewport(ratio=1)
    reader.page.wait_for_timeout(2_000)  # so long the question is held at the top
    reader.answers.last.locator(CARD).nth(3).scroll_into_view_if_needed()
    expect(reader.answers.last.locator(CARD).nth(3)).to_be_in_viewport(ratio=0.4)


def goes_with_tab(person: Person, selector: str, *, back: bool = False, words: str = "") -> None:
    """Press Tab until what is wanted has the focus, and see that one can see it."""
    for _ in range(120):
        here = person.page.locator("*:focus")
        found = here.count() and here.evaluate("(here, selector) => here.matches(selector)", selector)
        if found and words in here.inner_text():
            return
        person.page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"the keyboard does not reach {selector}")
