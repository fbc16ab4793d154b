"""How long the viewer takes to open: from the click on a card to the highlighted passage in sight, in Chromium.

`python -m tests.benchmarks.viewer FILE.pdf [--times 5]`: the middle passage of the PDF, as the first card of an answer
whose page was drawn ahead; the same with another page each time, which is drawn only then; and the middle passage of a
made text of 2,000 passages. No model answers: the conversations are made by hand.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from playwright.sync_api import sync_playwright

from ingest import Document, Library, Passage
from ingest.pipeline.add import add
from qa import Candidate, Conversations, Turn
from tests.benchmarks.report import compared, machine, print_table
from tests.conftest import put_in, settings_in
from tests.pages.conftest import CHROMIUM, NOBODY_OUTSIDE, SWITCHES
from tests.pages.person import Person
from tests.pages.profiles import Profiles
from tests.pages.running import RunningApp
from tests.qa.answers import answer

_PASSAGES = 2_000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The time in which the viewer opens.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        addresses = _library(Path(home), options.file, options.times)
        with RunningApp(Path(home)) as app, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, NOBODY_OUTSIDE])
            rows = []
            for name, address in addresses.items():
                person = Person(Profiles(browser), app.url, path=address)
                person.page.wait_for_timeout(5_000)  # so long somebody reads before the click
                rows.append(
                    compared(name, [_opened(person, place, options.times) for place in range(options.times)])[:3]
                )
                person.leaves()
    print_table(("milliseconds", "median", "least"), rows)
    print(machine())


def _library(folder: Path, file: Path, times: int) -> dict[str, str]:
    """The addresses of conversations about the PDF and about the long text, by what is measured with them."""
    settings = settings_in(folder)
    with Library(settings) as library:
        add(file, library, settings)
        (pdf,) = library.documents()
        text = put_in(library, settings, "long.txt", *(f"Paragraph {number}." for number in range(_PASSAGES)))
        passages = list(library.passages([pdf]))
        middle, step = len(passages) // 2, max(len(passages) // (2 * times + 2), 1)
        others = [passages[min(middle + step * place, len(passages) - 1)] for place in range(3, 3 + times)]
        conversations = Conversations(library.database)
        return {
            "a page drawn ahead": _kept(conversations, pdf, [passages[middle]] * times),
            "a page drawn then": _kept(conversations, pdf, [*passages[:3], *others]),
            "a text of 2,000 passages": _kept(
                conversations, text, library.passages_between(text, _PASSAGES // 2, _PASSAGES // 2 + 1) * times
            ),
        }


def _kept(conversations: Conversations, document: Document, passages: Sequence[Passage]) -> str:
    made = answer("What?", *(Candidate(passage, document) for passage in passages))
    hits = tuple(replace(hit, verdict="answers") for hit in made.hits)
    kept = conversations.start().with_turn(Turn("What?", replace(made, hits=hits), None))
    conversations.keep(kept)
    return f"/?conversation={kept.id}"


def _opened(person: Person, place: int, times: int) -> float:
    """The milliseconds until the passage of a card is in sight; the viewer is closed again."""
    cards = person.answers.last.locator("[class*=st-key-card-]")
    card = cards.nth(cards.count() - times + place)
    if not card.locator(".pp-text").is_visible():
        card.locator("summary").click()
    button = card.locator("[class*=st-key-open-] button")
    button.scroll_into_view_if_needed()
    started = perf_counter()
    button.click()
    person.main.locator(".st-key-viewer").locator(".pp-area, .pp-target").first.wait_for()
    milliseconds = (perf_counter() - started) * 1000
    person.waits()
    person.page.keyboard.press("Escape")
    person.main.locator(".st-key-viewer").wait_for(state="detached")
    person.waits()
    return milliseconds


if __name__ == "__main__":
    main()
