"""A person with the app open in a browser window: what they do, and what they see."""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Dialog, FilePayload, Locator, Request, expect

from tests.pages.profiles import Profiles

# Milliseconds for anything to come about; the machine may be busy.
PATIENCE = int(os.environ.get("PINPOINT_TEST_PATIENCE", "60")) * 1000
# A test that is tried again after a failure waits that long; at first it does not: most failures are a lost click.
FIRST_PATIENCE = min(PATIENCE, 60_000)
# How often a click is made that falls into a redraw, and how long its outcome is waited for each time.
_CLICKS, _REDRAWN_MS = 5, PATIENCE // 16
CARD = "article.pp-card"
EXAMPLE = "Try it with an example"


@dataclass(frozen=True)
class Card:
    """What one card shows: its rank, document, place, score, the bar's share of its full width, and the passage."""

    rank: str
    document: str
    place: str
    score: float
    bar: float
    text: str


class Person:
    """One browser window that shares nothing with others. `outside` are the addresses it asked beyond this machine."""

    patience = PATIENCE  # of whoever opens a window from now on

    def __init__(self, profiles: Profiles, url: str, width: int = 1280, dark: bool = False, path: str = "/") -> None:
        """Open the app, on its first page by default."""
        self._profiles = profiles
        self._context = profiles.take()
        self._context.set_default_timeout(self.patience)
        expect.set_options(timeout=self.patience)
        self.outside: list[str] = []
        self.dialogs: list[str] = []
        self._context.on("request", self._asked)
        self.page = self._context.new_page()
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.on("websocket", lambda socket: self._requested(socket.url))
        self.page.on("dialog", self._interrupted)
        self.stopped: list[str] = []  # what the content security policy has stopped
        self.page.on("console", lambda said: self._said(said.text))
        self._url = url
        self.opens(path)

    def opens(self, path: str = "/") -> None:
        """Type an address into the address bar."""
        self.page.goto(self._url + path)
        expect(self.ask_box.or_(self.upload_button).or_(self.main.locator("h1").first).first).to_be_visible()
        self.waits()

    @property
    def path(self) -> str:
        """What stands in the address bar behind the machine's name."""
        return self.page.url.removeprefix(self._url)

    def leaves(self) -> None:
        """Close the window."""
        self._context.remove_listener("request", self._asked)
        self._profiles.give_back(self._context, self.page, self._url)

    def looks(self, width: int, dark: bool) -> None:
        """Make the window this wide, and turn the machine's light mode or dark mode on."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.waits()

    def waits(self) -> None:
        """Wait until the app has drawn the page to its end."""
        expect(self.page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")

    @property
    def main(self) -> Locator:
        """The page below the navigation."""
        return self.page.get_by_role("main")

    def button(self, words: str) -> Locator:
        """The button with exactly these words."""
        return self.main.get_by_role("button", name=words, exact=True)

    # --- Documents

    @property
    def upload_button(self) -> Locator:
        """Where files are chosen."""
        return self.button("Upload")

    def goes_to(self, name: str) -> None:
        """Click a page's name at the top."""
        self.page.get_by_role("link", name=name, exact=True).click()
        there = {
            "Ask": self.ask_box,
            "Documents": self.upload_button,
            "Conversations": self.main.get_by_role("heading", name="Conversations"),
        }
        expect(there[name]).to_be_visible()
        self.waits()

    def chooses(self, *files: Path | FilePayload) -> None:
        """Choose files on the Documents page; they are then on their way."""
        with self.page.expect_file_chooser() as chooser:
            self.upload_button.click()
        paths = [file for file in files if isinstance(file, Path)]
        chooser.value.set_files(paths or [file for file in files if not isinstance(file, Path)])

    def drops(self, folder: Path) -> None:
        """Drag a folder out of the file manager and drop it where folders are taken."""
        self.main.get_by_role("tab", name="Folder").click()
        field = self.main.get_by_role("tabpanel", name="Folder").get_by_test_id("stFileUploaderDropzone")
        box = field.bounding_box()
        assert box
        self.drops_at(folder, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def drops_at(self, path: Path, x: float, y: float) -> None:
        """Drag a file or a folder out of the file manager and drop it at this place of the window."""
        session = self._context.new_cdp_session(self.page)
        for step in ("dragEnter", "dragOver", "dragOver", "drop"):
            self.page.wait_for_timeout(100)  # a hand is slower: the page shows where files are taken
            session.send(
                "Input.dispatchDragEvent",
                {
                    "type": step,
                    "x": x,
                    "y": y,
                    "data": {"items": [], "files": [str(path)], "dragOperationsMask": 1},
                },
            )

    def adds(self, *files: Path | FilePayload) -> None:
        """Choose files on the Documents page and wait for the line on how it went, for each of them."""
        if not self.upload_button.is_visible():  # a click on the page's name while it is there draws it anew
            self.goes_to("Documents")
        before = self.outcomes.count()
        self.chooses(*files)
        expect(self.outcomes).to_have_count(before + len(files))
        expect(self.progress).to_have_count(0)
        self.waits()

    @property
    def progress(self) -> Locator:
        """The bar for the file that is being added."""
        return self.main.get_by_role("progressbar")

    @property
    def outcomes(self) -> Locator:
        """The lines on how it went."""
        return self.main.locator("[class*=st-key-outcome-]")

    @property
    def documents(self) -> Locator:
        """The rows of the list of documents."""
        return self.main.locator("[class*=st-key-document-]")

    def removes(self, row: Locator) -> None:
        """Take the document of this row out, into the trash."""
        left = self.documents.count() - 1
        row.get_by_role("button", name="Remove", exact=True).click()
        expect(self.documents).to_have_count(left)
        expect(self.main.get_by_text("was removed. It can be restored")).to_be_visible()
        self.waits()

    def clears_everything_away(self) -> None:
        """Take out every document and every line on how it went."""
        self.goes_to("Documents")
        expect(self.progress).to_have_count(0)
        while self.documents.count():
            self.removes(self.documents.first)
        self.empties_the_trash()
        if self.button("Clear").count():
            self.button("Clear").click()
        expect(self.outcomes).to_have_count(0)
        self.goes_to("Ask")

    # --- The trash

    @property
    def removed(self) -> Locator:
        """The rows of the trash."""
        return self.main.locator("[class*=st-key-removed-]")

    def opens_the_trash(self) -> None:
        """Unfold the trash where it is folded."""
        if not self.removed.first.is_visible():
            self.main.get_by_text(re.compile(r"^Trash: ")).click()
        expect(self.removed.first).to_be_visible()

    def empties_the_trash(self) -> None:
        """Delete for good what is in the trash: a first click asks, a second one confirms."""
        if not self.removed.count():
            return
        self.opens_the_trash()
        one = self.removed.count() == 1
        confirm = self.main.get_by_role("button", name=re.compile("^Yes, delete"))
        for _ in range(_CLICKS):  # a click that falls into a redraw is lost, and a person clicks again
            self.button("Delete for good" if one else "Empty the trash").click()
            with suppress(AssertionError):
                expect(confirm).to_be_visible(timeout=_REDRAWN_MS)
                break
        self.waits()
        confirm.click()
        expect(self.removed).to_have_count(0)
        self.waits()

    # --- Ask

    @property
    def ask_box(self) -> Locator:
        """Where a question is typed."""
        return self.page.get_by_placeholder("Ask your documents a question")

    @property
    def questions(self) -> Locator:
        """What was asked, oldest first."""
        return self.main.locator(".pp-question")

    @property
    def answers(self) -> Locator:
        """What came of each question, oldest first."""
        return self.main.get_by_role("group", name="Chat message from assistant")

    def asks(self, question: str) -> list[Card]:
        """Type a question on the Ask page and wait for what comes; the cards, or none where a sentence came."""
        place = self.questions.count()
        self.ask_box.fill(question)
        self.ask_box.press("Enter")
        expect(self.questions).to_have_count(place + 1)
        return self.answer_at(place)

    def answer_at(self, place: int) -> list[Card]:
        """Wait for the answer to a question and read its cards."""
        answer = self.answers.nth(place)
        expect(answer.locator(".pp-quotation, .pp-outcome, .stAlert, [class*=st-key-offer-]").first).to_be_visible()
        self.waits()
        self.unfolds(answer)
        return [_read(card) for card in answer.locator(CARD).all()]

    def unfolds(self, answer: Locator) -> None:
        """Open the closest passages of a question to which nothing is close."""
        folded = answer.get_by_text("Closest passages")
        if folded.count() and not answer.locator(CARD).first.is_visible():
            folded.click()
            expect(answer.locator(CARD).first).to_be_visible()

    def opens_card(self, card: Locator) -> None:
        """Unfold a card that is folded, and show all of one that is cut, as on a telephone."""
        if not card.locator(".pp-text").is_visible():
            card.locator("summary").click()
            expect(card.locator(".pp-text")).to_be_visible()
        whole = card.get_by_role("button", name="Show all of it")
        if whole.is_visible():
            whole.click()

    def sentence(self) -> str:
        """The sentence that came instead of the last answer."""
        return _alert(self.answers.last)

    def tries_the_example(self) -> None:
        """Have the example in the library, by the click that puts it there where it is not."""
        self.goes_to("Ask")
        if self.button(EXAMPLE).count():
            self.button(EXAMPLE).click()
        failed = self.main.get_by_text(re.compile("could not be added"))
        expect(self.main.get_by_text("Try asking:").or_(failed)).to_be_visible(timeout=2 * self.patience)
        expect(failed).to_have_count(0)
        self.waits()

    @property
    def suggestions(self) -> Locator:
        """The questions to try."""
        return self.main.get_by_role("button").filter(has_text="?")

    def opens_options(self) -> Locator:
        """Open how questions are asked, above the box for the question."""
        self._opens_above_the_box("Options")
        options = self.page.get_by_test_id("stPopoverBody")
        expect(options.get_by_text("Results to show")).to_be_visible()
        return options

    def lists_documents(self) -> Locator:
        """Open the list of documents that can be asked; its lines. One that opens as the page is drawn shuts again."""
        lines = self.page.get_by_role("option")
        if not self.page.get_by_role("combobox").count():
            self._opens_above_the_box(re.compile("documents|[.]"))
        for _ in range(self.patience // 2_000):
            self.page.get_by_role("combobox").press("ArrowDown")
            self.page.wait_for_timeout(500)
            if lines.count():
                break
        return lines

    def _opens_above_the_box(self, words: str | re.Pattern[str]) -> None:
        self.waits()
        self.main.locator(".st-key-above-the-box").get_by_role("button").filter(has_text=words).first.click()
        expect(self.page.get_by_test_id("stPopoverBody")).to_be_visible()

    # --- What must never be

    def sees_no_traceback(self) -> None:
        """The page shows none of the program's innards."""
        expect(self.page.locator(".stException")).to_have_count(0)
        expect(self.main.get_by_text("Traceback")).to_have_count(0)

    def scrolls_only_down(self) -> None:
        """Nothing on the page is wider than the window, once what is drawn anew for it has settled."""
        for _ in range(30):
            wider = self._wider_than_the_window()
            if not wider:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(wider)

    def _wider_than_the_window(self) -> list[str]:
        wider: list[str] = self.page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.stMain, .stMain *')]"
            ".filter(seen => getComputedStyle(seen).overflowX !== 'hidden')"
            ".filter(seen => seen.matches('html, .stMain, .stMainBlockContainer, article, .pp-question, p'))"
            ".filter(seen => Math.max(seen.scrollWidth, Math.floor(seen.getBoundingClientRect().right)) > innerWidth)"
            ".map(seen => seen.outerHTML.slice(0, 200))"
        )
        return wider

    def _interrupted(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _said(self, words: str) -> None:
        if "Content Security Policy" in words:
            self.stopped.append(words)

    def _asked(self, request: Request) -> None:
        self._requested(request.url)

    def _requested(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "localhost":
            self.outside.append(address)


def documents_of(cards: Iterable[Card]) -> set[str]:
    """The names of the documents that these cards are from."""
    return {card.document for card in cards}


def _alert(part: Locator) -> str:
    message = part.locator(".stAlert [data-testid=stMarkdownContainer]")
    return message.inner_text()


def _read(card: Locator) -> Card:
    width = re.search(r"width:\s*([\d.]+)%", card.locator(".pp-bar span").get_attribute("style") or "")
    assert width
    return Card(
        rank=card.locator(".pp-rank").inner_text().split()[-1],
        document=card.locator("h3").inner_text(),
        place=card.locator(".pp-place").first.inner_text(),
        score=float(card.locator(".pp-score b").inner_text()),
        bar=float(width[1]) / 100,
        text=card.locator(".pp-text").text_content() or "",  # also of a folded card
    )
