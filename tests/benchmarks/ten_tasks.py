"""Ten things that people do in their second week, in a real browser: the clicks and the seconds that each takes.

`python -m tests.benchmarks.ten_tasks [--pages 80]`: a library of a manual of so many pages and of contracts of two
years. Clicks are counted as they are made; what is typed is not one. The seconds are the app's: until what was wanted
is seen, without the time that a person takes to find the button.
"""

import argparse
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Error, Locator, expect, sync_playwright
from reportlab.pdfgen.canvas import Canvas

from ingest import Library
from ingest.pipeline.add import add
from tests.benchmarks.report import machine, print_table
from tests.conftest import settings_in
from tests.ingest.reading.pdfs import prose, write_lines
from tests.pages.conftest import CHROMIUM, NOBODY_OUTSIDE, SWITCHES
from tests.pages.person import Person
from tests.pages.profiles import Profiles
from tests.pages.running import RunningApp

_PUMP = "The pump of hall {0} is serviced every {0} weeks, and its filter is changed then."
_CONTRACT = "---\ndate: {year}-03-{day:02}\n---\nThe contract with supplier {day} ends {day} months after its notice."
_SEARCH = "Search in this document"


class Hand:
    """A person's hand: it clicks, and counts; it types, which is no click."""

    def __init__(self, person: Person, folder: Path) -> None:
        """Nothing is clicked yet. `folder` is what they add."""
        self.person, self.main, self.folder, self.clicks = person, person.main, folder, 0

    def click(self, what: Locator) -> None:
        """Click once, when it is there."""
        what.click()
        self.clicks += 1

    def button(self, words: str) -> None:
        """Click the button with these words."""
        self.click(self.person.button(words))

    def place(self, name: str) -> None:
        """Click a page's name at the top."""
        self.click(self.person.page.get_by_role("link", name=name, exact=True))

    def types(self, field: Locator, words: str) -> None:
        """Click into a field, type and press Enter."""
        self.click(field)
        field.fill(words)
        field.press("Enter")

    def asks(self, question: str) -> None:
        """Ask: the cursor is in the box already."""
        expect(self.person.ask_box).to_be_focused()  # nobody types as soon as the page is there
        self.person.page.keyboard.type(question)
        self.person.page.keyboard.press("Enter")
        self.person.answer_at(0)

    @property
    def viewer(self) -> Locator:
        """The viewer beside the answer."""
        return self.main.locator(".st-key-viewer")


def add_a_folder(hand: Hand) -> None:
    hand.place("Documents")
    hand.click(hand.main.get_by_role("tab", name="Folder"))
    with hand.person.page.expect_file_chooser() as chooser:
        hand.click(hand.main.get_by_role("tabpanel", name="Folder").get_by_role("button").filter(visible=True).first)
    chooser.value.set_files(hand.folder)
    expect(hand.person.documents.filter(has_text="note 2.txt")).to_be_visible()


def ask_the_contracts_of_2025(hand: Hand) -> None:
    hand.click(hand.main.get_by_role("button", name="Filter"))
    panel = hand.person.page.get_by_test_id("stPopoverBody")
    hand.click(panel.get_by_role("combobox").first)
    hand.click(hand.person.page.get_by_role("option", name=re.compile("^Contracts")))
    for label, day in (("From", "20250101"), ("Until", "20251231")):
        hand.click(panel.get_by_role("spinbutton", name=f"year, {label}"))
        hand.person.page.keyboard.type(day)
    hand.click(hand.person.ask_box)  # a day is taken once something else is clicked
    expect(hand.main.get_by_role("button", name=re.compile("^Until"))).to_be_visible()
    hand.types(hand.person.ask_box, "When does the contract with supplier 3 end?")
    hand.person.answer_at(0)
    expect(hand.main.get_by_text("Searched in")).to_be_visible()


def ask_a_question(hand: Hand) -> None:
    hand.asks("How often is the pump of hall 7 serviced?")


def open_the_page_of_the_third_hit(hand: Hand) -> None:
    card = hand.main.locator("[class*=st-key-card-]").nth(2)
    hand.click(card.locator("summary"))
    hand.click(card.get_by_role("button", name="Show the page"))
    expect(hand.viewer.locator(".pp-area").first).to_be_visible()


def find_the_next_mention(hand: Hand) -> None:
    hand.types(hand.viewer.get_by_placeholder(_SEARCH), "filter")
    expect(hand.viewer.get_by_text(re.compile("^1 of "))).to_be_visible()
    hand.click(hand.viewer.get_by_role("button", name="Next match"))
    expect(hand.viewer.get_by_text(re.compile("^2 of "))).to_be_visible()


def read_on_after_the_hit(hand: Hand) -> None:
    page = hand.viewer.get_by_label(re.compile("^Page, of"))
    before = int(page.input_value())
    hand.click(hand.viewer.get_by_role("button", name="Next page"))
    expect(hand.viewer.get_by_alt_text(f"Page {before + 1}")).to_be_visible()


def copy_with_the_source(hand: Hand) -> None:
    hand.click(hand.viewer.get_by_role("button", name="Copy this passage with its source"))
    expect(hand.viewer.get_by_text("Copied")).to_be_visible()


def go_to_a_page_in_the_middle(hand: Hand) -> None:
    hand.place("Documents")
    hand.click(hand.person.documents.filter(has_text="manual.pdf").get_by_role("link"))
    field = hand.main.get_by_label(re.compile("^Page, of"))
    middle = int(field.get_attribute("max") or 2) // 2
    hand.types(field, f"{middle}")
    expect(hand.main.get_by_alt_text(f"Page {middle}")).to_be_visible()


def put_two_documents_into_a_new_collection(hand: Hand) -> None:
    hand.place("Documents")
    for number in (0, 1):
        hand.click(hand.person.documents.filter(has_text=f"note {number}.txt").locator("label"))
        expect(hand.main.get_by_text(f"{number + 1} selected")).to_be_visible()
    hand.button("Put into a collection")
    hand.types(hand.person.page.get_by_test_id("stPopoverBody").get_by_role("combobox"), "Notes")
    hand.click(hand.person.page.get_by_role("button", name="Put", exact=True))
    expect(hand.main.get_by_text("now in Notes")).to_be_visible()


def go_on_with_an_earlier_conversation(hand: Hand) -> None:
    hand.click(hand.main.locator(".st-key-earlier").get_by_role("link").first)
    expect(hand.person.questions.first).to_be_visible()


TASKS: list[tuple[str, str, Callable[[Hand], None]]] = [
    ("add a folder of three files", "/", add_a_folder),
    ("ask only the contracts of 2025", "/", ask_the_contracts_of_2025),
    ("ask all documents", "/", ask_a_question),
    ("open the page of the third hit", "", open_the_page_of_the_third_hit),
    ("find a word in it, and its next mention", "", find_the_next_mention),
    ("read on after the hit", "", read_on_after_the_hit),
    ("copy the passage with its source", "", copy_with_the_source),
    ("go to a page in the middle of a document", "/", go_to_a_page_in_the_middle),
    ("put two documents into a new collection", "/", put_two_documents_into_a_new_collection),
    ("go on with an earlier conversation", "/", go_on_with_an_earlier_conversation),
]


def main() -> None:
    """Make the library, do the tasks one after the other in one window, and print."""
    parser = argparse.ArgumentParser(description="Ten tasks: clicks and seconds.")
    parser.add_argument("--pages", type=int, default=80)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        folder = _fill(Path(home), options.pages)
        with RunningApp(Path(home)) as app, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, NOBODY_OUTSIDE])
            person = Person(Profiles(browser), app.url)
            for name, address, do in TASKS:
                if address:
                    person.opens(address)
                hand, started = Hand(person, folder), perf_counter()
                try:
                    do(hand)
                    took = f"{perf_counter() - started:.1f}"
                except (AssertionError, Error):  # the others are measured all the same
                    took = "not done"
                rows.append((name, f"{hand.clicks}", took))
                print(*rows[-1], sep="  ", flush=True)
                person.waits()
    print_table(("task", "clicks", "seconds"), rows)
    print(machine())


def _fill(home: Path, pages: int) -> Path:
    """A manual and a collection of contracts in the library of this folder; a folder of files that are not in it."""
    settings, manual = settings_in(home), home / "manual.pdf"
    canvas = Canvas(str(manual))
    for number in range(pages):
        write_lines(canvas, 60, 780, [_PUMP.format(number + 1), "", *prose(number * 8, 8)])
        canvas.showPage()
    canvas.save()
    with Library(settings) as library:
        add(manual, library, settings)
        there = {document.id for document in library.documents()}
        for year in (2024, 2025):
            for day in range(1, 6):
                contract = home / f"contract {year}-{day}.md"
                contract.write_text(_CONTRACT.format(year=year, day=day), encoding="utf-8")
                add(contract, library, settings)
        contracts = [document.id for document in library.documents() if document.id not in there]
        library.shelf.put(library.shelf.make("Contracts").id, contracts)
    folder = home / "notes"
    folder.mkdir()
    for number in range(3):
        (folder / f"note {number}.txt").write_text(f"Note {number}: hall {number} is painted.", encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
