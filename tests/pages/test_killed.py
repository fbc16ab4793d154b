"""Whole or not at all: the running app is killed while documents come and go, and every promise is checked."""

import os
import random
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.ingest.queue.test_killed import Promised, broken_promises, write_documents
from tests.pages.running import RunningApp

# A broken promise is not to be tried again.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.flaky(reruns=0)]

# Each kill costs a start of the app. The whole test:
# PINPOINT_KILLS=100 python -m pytest -n 0 -s tests/pages/test_killed.py
KILLS = int(os.environ.get("PINPOINT_KILLS", "1"))
LONGEST_LIFE = 16.0  # seconds after the page is there; the models are loaded after about nine
FIRST_PAGE = 60_000  # milliseconds
QUICK = 3000  # milliseconds for a click; what takes longer is given up, so that the moment of the kill is a random one

SHOWN = """() => [...document.querySelectorAll("[class*=st-key-going-], [class*=st-key-outcome-]")].map(
    line => line.querySelector("strong")?.innerText)"""
ROWS = """() => [...document.querySelectorAll("[class*=st-key-document-]")].map(
    row => [...row.classList].find(name => name.startsWith("st-key-document-")).slice("st-key-document-".length))"""


def test_the_app_killed_at_any_moment_keeps_every_promise(chromium: Browser, tmp_path: Path) -> None:
    files = tmp_path / "files"
    ids = write_documents(files)
    promised, chance = Promised(), random.Random(2)
    broken: list[str] = []
    for kill in range(KILLS):
        with RunningApp(tmp_path) as app:
            context = chromium.new_context()
            page = context.new_page()
            page.goto(f"{app.url}/documents")
            page.locator(".st-key-tray input[type=file]").first.wait_for(state="attached", timeout=FIRST_PAGE)
            Hand(page, files, promised, ids, chance).works_for(chance.uniform(0, LONGEST_LIFE))
            app.kill()
            context.close()
        broken += [f"kill {kill}: {what}" for what in broken_promises(tmp_path / "library", promised, ids)]
    print(f"\n{KILLS} kills of the app, {promised.removals} documents removed before, {len(broken)} broken promises")
    assert not broken


class Hand:
    """Somebody in a hurry: adds files, removes documents, and remembers what the page has said of them."""

    def __init__(self, page: Page, files: Path, promised: Promised, ids: dict[str, str], chance: random.Random) -> None:
        self._page = page
        self._files = files
        self._promised = promised
        self._ids = ids
        self._chance = chance
        self._under_way: set[str] = set()  # names of files that were chosen and may not have a line yet

    def works_for(self, seconds: float) -> None:
        """Add and remove until the time is over."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._hears()
            held = [name for name, document_id in self._ids.items() if document_id in self._rows()]
            if held and self._chance.random() < 0.4:
                self._removes(self._ids[self._chance.choice(held)])
            elif missing := sorted(set(self._ids) - set(held) - self._under_way):
                self._adds(self._chance.sample(missing, min(len(missing), 4)))
            self._hears()
            threading.Event().wait(self._chance.random() / 4)

    def _adds(self, names: list[str]) -> None:
        self._under_way.update(names)
        self._promised.removed -= {self._ids[name] for name in names}
        try:
            self._page.locator(".st-key-tray input[type=file]").first.set_input_files(
                [self._files / name for name in names], timeout=QUICK
            )
        except Error:  # the field is just being drawn anew
            return

    def _removes(self, document_id: str) -> None:
        row = self._page.locator(f".st-key-document-{document_id}")
        try:
            self._promised.hear({"removing": document_id}, self._ids)
            row.get_by_role("button", name="Remove", exact=True).click(timeout=QUICK)
            row.wait_for(state="detached", timeout=QUICK)
            self._page.get_by_text("was removed. It can be restored").wait_for(timeout=QUICK)
        except Error:
            return
        self._promised.hear({"removed": document_id}, self._ids)
        self._under_way -= {name for name, other in self._ids.items() if other == document_id}

    def _hears(self) -> None:
        """A file that has a line is kept from then on, one way or the other."""
        for name in self._page.evaluate(SHOWN):
            if name in self._ids:
                self._promised.kept.add(name)
                self._under_way.add(name)

    def _rows(self) -> list[str]:
        rows: list[str] = self._page.evaluate(ROWS)
        return rows
