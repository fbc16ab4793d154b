"""The pages with 5,000 documents in 20 collections, in a real browser: opening each, choosing, searching, asking.

`python -m tests.benchmarks.many_documents [--documents 5000] [--passages 8] [--times 5]`: milliseconds from the click
or the Enter until what was wanted is seen, the first time left out. The documents are of invented words.
"""

import argparse
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
from playwright.sync_api import expect, sync_playwright

from ingest import Library
from tests.benchmarks.filters import WORDS, filled
from tests.benchmarks.report import compared, machine, print_table
from tests.conftest import settings_in
from tests.pages.conftest import CHROMIUM, NOBODY_OUTSIDE, SWITCHES
from tests.pages.person import Person
from tests.pages.profiles import Profiles
from tests.pages.running import RunningApp

COLLECTIONS = 20
QUESTION = " ".join(WORDS[:3])

Act = Callable[[Person], None]


def main() -> None:
    """Make the library, measure and print."""
    parser = argparse.ArgumentParser(description="The pages with many documents.")
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--passages", type=int, default=8)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        _fill(Path(home), options.documents, options.passages)
        with RunningApp(Path(home)) as app, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, NOBODY_OUTSIDE])
            person = Person(Profiles(browser), app.url)
            rows = []
            for name, address, before, do in STEPS:
                took = [_timed(person, address, before, do) for _ in range(options.times + 1)][1:]
                rows.append(compared(name, took)[:3])
                print(*rows[-1], sep="  ", flush=True)
    print_table(("milliseconds", "median", "least"), rows)
    print(machine())


def _fill(home: Path, documents: int, passages: int) -> None:
    """The documents, each in one of the collections."""
    with Library(settings_in(home)) as library:
        made, _, _ = filled(library, documents, passages, np.random.default_rng(1))
        for number in range(COLLECTIONS):
            ids = [document.id for document in made[number::COLLECTIONS]]
            library.shelf.put(library.shelf.make(f"Collection {number}").id, ids)


def _timed(person: Person, address: str, before: Act, do: Act) -> float:
    person.opens(address)
    before(person)
    person.waits()
    started = perf_counter()
    do(person)
    milliseconds = (perf_counter() - started) * 1000
    person.waits()
    return milliseconds


def open_ask(person: Person) -> None:
    person.goes_to("Ask")


def open_documents(person: Person) -> None:
    person.goes_to("Documents")
    expect(person.documents.first).to_be_visible()


def open_conversations(person: Person) -> None:
    person.goes_to("Conversations")


def open_a_document(person: Person) -> None:
    person.documents.first.get_by_role("link").click()
    expect(person.main.locator(".pp-card").first).to_be_visible()


def nothing(_: Person) -> None:
    """There is nothing to do before."""


def look_for_a_collection(person: Person) -> None:
    person.button("Filter").click()
    field = person.page.get_by_test_id("stPopoverBody").get_by_role("combobox").first
    field.click()
    field.press_sequentially("Collection 7")  # a long list draws only the lines that are in sight


def choose_a_collection(person: Person) -> None:
    person.page.get_by_role("option", name=re.compile("^Collection 7 ")).click()
    # While a panel is open, the page behind it is out of the reach of roles.
    expect(person.page.get_by_test_id("stCaptionContainer").get_by_text(re.compile("^Collection 7: "))).to_be_visible()


def search_the_list(person: Person) -> None:
    field = person.main.get_by_label("Search by name")
    field.fill("17.txt")
    field.press("Enter")
    expect(person.documents.first).to_contain_text("17.txt")


def ask(person: Person) -> None:
    person.asks(QUESTION)


STEPS: list[tuple[str, str, Act, Act]] = [
    ("open the Ask page", "/documents", nothing, open_ask),
    ("open the Documents page", "/", nothing, open_documents),
    ("open the Conversations page", "/", nothing, open_conversations),
    ("open a document", "/documents", nothing, open_a_document),
    ("choose a collection", "/documents", look_for_a_collection, choose_a_collection),
    ("search the list", "/documents", nothing, search_the_list),
    ("ask all documents", "/?candidates=20", nothing, ask),
    ("ask one collection", "/?candidates=20&collection=Collection+7", nothing, ask),
]


if __name__ == "__main__":
    main()
