"""Many people at once, in real windows of a browser: what fails, how long they wait, whether memory grows.

    python -m tests.benchmarks.many_people [--people 20] [--minutes 10]

Each has a window of their own on the example library, and without end asks, adds a small file, removes one of the files
added here or restores one from the trash, with some seconds between. An error is a page that shows a program's innards
or a sentence of the app's own failure. The memory is that of the app's process, as the system counts it.
"""

import argparse
import asyncio
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as BrowserError

from ingest import Library, example_documents, example_questions
from ingest.pipeline.add import add
from tests.benchmarks.report import machine, print_table
from tests.conftest import settings_in
from tests.pages.conftest import CHROMIUM, SWITCHES
from tests.pages.running import RunningApp

WAIT = 180_000  # milliseconds until somebody gives up
PAUSE = (3.0, 12.0)  # seconds between two things that one person does
FAILED = "Something unexpected went wrong"
REMOVED = re.compile("was removed|any more")
RESTORED = re.compile("is back in the library|any more")
MEGABYTE = 1_000_000


@dataclass
class Seen:
    """What all of them have met."""

    done: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)  # of each question until its answer stood there
    errors: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)


def main() -> None:
    """Let them work, and print."""
    parser = argparse.ArgumentParser(description="Many people at once.")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        settings = settings_in(Path(home))
        with Library(settings) as library:
            for path in example_documents():
                add(path, library, settings)
        with RunningApp(Path(home)) as app:
            seen, memory = asyncio.run(all_of_them(app, options.people, options.minutes * 60))
    head = ("people", "minutes", "asked", "added", "removed", "restored", "median s", "95 % s", "given up", "errors")
    times = sorted(seen.seconds) or [0.0]
    row = [str(options.people), f"{options.minutes:g}"]
    row += [str(seen.done[what]) for what in ("asked", "added", "removed", "restored")]
    row += [f"{statistics.median(times):.1f}", f"{times[int(len(times) * 0.95)]:.1f}"]
    print_table(head, [(*row, str(len(seen.given_up)), str(len(seen.errors)))])
    print("memory, MB:", ", ".join(f"{megabytes:,.0f}" for megabytes in memory))
    for words, often in Counter(seen.errors + seen.given_up).most_common(10):
        print(f"{often} times: {words}")
    print(machine())


async def all_of_them(app: RunningApp, people: int, seconds: float) -> tuple[Seen, list[float]]:
    """Everybody at once, and the memory in megabytes about ten times meanwhile."""
    seen, memory = Seen(), list[float]()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        first = await browser.new_page()
        await ask(first, app.url, random.Random(0), Seen())  # from now on the models are loaded
        await first.close()
        until = time.monotonic() + seconds
        everybody = [asyncio.create_task(one(browser, app.url, number, until, seen)) for number in range(people)]
        while time.monotonic() < until:
            memory.append(app.memory / MEGABYTE)
            await asyncio.sleep(seconds / 10)
        await asyncio.gather(*everybody)
        memory.append(app.memory / MEGABYTE)
        await browser.close()
    return seen, memory


async def one(browser: Browser, url: str, number: int, until: float, seen: Seen) -> None:
    """What one person does until the time is over."""
    chance = random.Random(number)
    context = await browser.new_context(viewport={"width": 900, "height": 700})
    context.set_default_timeout(WAIT)
    page = await context.new_page()
    while time.monotonic() < until:
        does = chance.choices((ask, add_file, remove, restore), (6, 2, 1, 1))[0]
        try:
            if await does(page, url, chance, seen):
                seen.done[{ask: "asked", add_file: "added", remove: "removed", restore: "restored"}[does]] += 1
        except BrowserError as error:
            seen.given_up.append(f"{does.__name__}: {str(error).splitlines()[0]}")
        if await page.locator(".stException").count() or await page.get_by_text(FAILED).count():
            seen.errors.append(f"{does.__name__}: {await page.locator('.stException, .stAlert').first.inner_text()}")
        await asyncio.sleep(chance.uniform(*PAUSE))
    await context.close()


async def ask(page: Page, url: str, chance: random.Random, seen: Seen) -> bool:
    """A question of the example, in a conversation of its own."""
    await page.goto(url)
    box = page.get_by_placeholder("Ask your documents a question")
    await box.fill(chance.choice(example_questions(20)))
    started = time.monotonic()
    await box.press("Enter")
    await page.locator(".pp-quotation, .pp-outcome").first.wait_for()
    seen.seconds.append(time.monotonic() - started)
    return True


async def add_file(page: Page, url: str, chance: random.Random, _seen: Seen) -> bool:
    """A short text that nobody else has."""
    name, text = f"note {chance.getrandbits(40):x}.txt", f"Note {chance.getrandbits(60)}: the gate is painted green."
    await page.goto(f"{url}/documents")
    field = page.locator(".st-key-tray input[type=file]").first
    await field.set_input_files({"name": name, "mimeType": "text/plain", "buffer": text.encode()})
    # Where many were added, their lines are folded.
    await page.locator("[class*=st-key-outcome-]").filter(has_text=name).first.wait_for(state="attached")
    return True


async def remove(page: Page, url: str, _chance: random.Random, _seen: Seen) -> bool:
    """One of the notes, where there is one."""
    await page.goto(f"{url}/documents")
    await page.locator("[class*=st-key-document-]").first.wait_for()
    row = page.locator("[class*=st-key-document-]").filter(has_text="note ").first
    if not await row.count():
        return False
    await row.get_by_role("button", name="Remove", exact=True).click()
    await page.get_by_text(REMOVED).first.wait_for()
    return True


async def restore(page: Page, url: str, _chance: random.Random, _seen: Seen) -> bool:
    """The first of the trash, where there is one."""
    await page.goto(f"{url}/documents")
    await page.locator("[class*=st-key-document-]").first.wait_for()
    fold = page.get_by_text("Trash: ").first
    if not await fold.count():
        return False
    await fold.click()
    row = page.locator("[class*=st-key-removed-]").first
    await row.wait_for()
    await row.get_by_role("button", name="Restore", exact=True).click()
    await page.get_by_text(RESTORED).first.wait_for()
    return True


if __name__ == "__main__":
    main()
