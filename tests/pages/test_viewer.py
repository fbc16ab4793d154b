"""The viewer: a card opens its document beside the answer, at the passage; on a telephone over it."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from ingest import Database, Document, Library, Passage
from ingest.pipeline.add import add
from qa import Candidate, Conversations, Turn
from tests.conftest import put_in, settings_in
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.papers import LIGHTHOUSE, lighthouse_pdf
from tests.pages.person import CARD, Person
from tests.pages.running import RunningApp
from tests.pages.test_accessible import GRAVE
from tests.qa.answers import answer

pytestmark = pytest.mark.browser

LAMP, STAIR = LIGHTHOUSE[2], LIGHTHOUSE[1]
MANY = 120


def scan_pdf(folder: Path) -> Path:
    """A PDF whose one page is a picture of a page."""
    path, made = folder / "scan.pdf", io.BytesIO()
    page = canvas.Canvas(made, pagesize=A4)
    page.setFont("Helvetica", 24)
    page.drawString(60, 700, "The harbour closes at nine in winter.")
    page.save()
    image = pypdfium2.PdfDocument(made.getvalue())[0].render(scale=2).to_pil()
    picture = canvas.Canvas(str(path), pagesize=A4)
    picture.drawInlineImage(image, 0, 0, *A4)
    picture.save()
    return path


def prices_word(folder: Path) -> Path:
    """A Word file with two headings and a table, and Arabic below the second."""
    path, document = folder / "prices.docx", docx.Document()
    document.add_heading("Prices of the boats", 1)
    document.add_paragraph("All prices are for one day.")
    rows = [("Boat", "Seats", "Price"), ("Heron", "4", "80 euros"), ("Tern", "2", "45 euros")]
    table = document.add_table(len(rows), 3)
    for place, row in enumerate(rows):
        for cell, words in zip(table.rows[place].cells, row, strict=True):
            cell.text = words
    document.add_heading("القوارب", 1)
    document.add_paragraph("القوارب متاحة من مايو إلى سبتمبر.")
    document.save(str(path))
    return path


class Shelf:
    """A library of a few documents, and a conversation about each that was made by hand: no model decides anything."""

    def __init__(self, folder: Path) -> None:
        """Make the library in this folder. `addresses` are those of the conversations, by the document's name."""
        settings = settings_in(folder)
        self.addresses: dict[str, str] = {}
        with Library(settings) as library:
            for path in (lighthouse_pdf(folder), scan_pdf(folder), prices_word(folder)):
                assert add(path, library, settings).status == "added"
            put_in(library, settings, "log book.txt", *(f"Entry {number} of the log book." for number in range(MANY)))
            put_in(library, settings, "gone.txt", "The ferry is gone.")
            for document in library.documents():
                passages = self._chosen(document, list(library.passages([document])))
                self.addresses[document.name] = self._keep(library.database, document, passages)
                if document.name == "gone.txt":
                    library.remove(document.id)

    @staticmethod
    def _chosen(document: Document, passages: list[Passage]) -> list[Passage]:
        if document.name == "lighthouse.pdf":
            return [next(each for each in passages if each.text[:20] == text[:20]) for text in (LAMP, STAIR)]
        return [passages[len(passages) // 2]] if document.name == "log book.txt" else passages[:1]

    @staticmethod
    def _keep(database: Database, document: Document, passages: list[Passage]) -> str:
        made = answer("What?", *(Candidate(passage, document) for passage in passages))
        hits = tuple(replace(hit, verdict="answers") for hit in made.hits)
        conversations = Conversations(database)
        kept = conversations.start().with_turn(Turn("What does it say?", replace(made, hits=hits), None))
        conversations.keep(kept)
        return f"/?conversation={kept.id}"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningApp, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("shelf")
    addresses = Shelf(folder).addresses
    with RunningApp(folder) as running:
        yield running, addresses


@pytest.fixture
def viewers(shelf: tuple[RunningApp, dict[str, str]], windows: People) -> Callable[..., Person]:
    """Opens the conversation about a document, and its first card in the viewer."""

    def opens(name: str, width: int = 1280, dark: bool = False, more: str = "") -> Person:
        running, addresses = shelf
        person = windows(running.url, width=width, dark=dark, path=addresses[name] + more)
        if not more:
            person.main.get_by_role("button", name=re.compile("^Show the page$|^Show context$")).first.click()
        expect(viewer(person)).to_be_visible()
        person.waits()
        return person

    return opens


def viewer(person: Person) -> Locator:
    return person.main.locator(".st-key-viewer")


def highlighted(person: Person) -> str:
    """The words of the page's text that lie within the highlighted areas."""
    words: str = person.page.evaluate("""() => {
      const areas = [...document.querySelectorAll(".pp-area")].map(area => area.getBoundingClientRect());
      const lines = [...document.querySelectorAll(".pp-lines > div")];
      const within = (line, area) => line.top + line.height / 2 > area.top && line.top + line.height / 2 < area.bottom;
      return lines.filter(line => areas.some(area => within(line.getBoundingClientRect(), area)))
        .map(line => line.textContent.trim()).join(" ");
    }""")
    return words


def test_a_card_opens_its_page_beside_the_answer_with_the_passage_highlighted(
    viewers: Callable[..., Person], keep: Keep
) -> None:
    for width, dark in LOOKS:
        person = viewers("lighthouse.pdf", width, dark)
        expect(viewer(person).locator(".pp-area").first).to_be_in_viewport()
        expect(viewer(person).get_by_role("img", name="Page 3")).to_be_visible()
        assert " ".join(highlighted(person).split()) == " ".join(LAMP.split())
        paper, image = (viewer(person).locator(part).bounding_box() for part in (".pp-paper", ".pp-paper img"))
        assert paper == image  # else the boxes, which are shares of the paper, are beside their words
        place = viewer(person).bounding_box()
        assert place
        assert (place["x"], place["width"]) == ((0, 390) if width == 390 else (640, 640))
        if width == 1280:
            expect(person.answers.first.locator(CARD).nth(1).locator("h3")).to_be_in_viewport()
            expect(person.answers.first.locator("blockquote, .pp-outcome").first).to_be_in_viewport(ratio=1)
        person.scrolls_only_down()
        keep(person, f"viewer-page-{looks(width, dark)}")
        viewer(person).get_by_role("button", name="Close").click()
        expect(viewer(person)).to_have_count(0)


def test_the_text_of_a_page_and_of_a_scan_can_be_selected(viewers: Callable[..., Person]) -> None:
    for name, words in (("lighthouse.pdf", "floats on mercury"), ("scan.pdf", "harbour closes at nine")):
        person = viewers(name)
        expect(viewer(person).locator(".pp-area").first).to_be_visible()
        box = viewer(person).locator(".pp-lines > div").filter(has_text=words.split()[0]).first.bounding_box()
        assert box
        person.page.mouse.dblclick(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert person.page.evaluate("getSelection().toString()").strip()
        select = "getSelection().selectAllChildren(document.querySelector('.pp-lines')), getSelection().toString()"
        assert words in " ".join(person.page.evaluate(select).split())


def test_the_hits_of_the_question_the_search_and_the_zoom(viewers: Callable[..., Person]) -> None:
    person = viewers("lighthouse.pdf")
    here = viewer(person)
    expect(here.get_by_text("Passage 1 of 2")).to_be_visible()
    here.get_by_role("button", name="Next", exact=True).click()
    expect(here.get_by_text("Passage 2 of 2")).to_be_visible()
    expect(here.get_by_role("img", name="Page 2")).to_be_visible()
    here.get_by_role("button", name="Previous", exact=True).click()
    expect(here.get_by_role("img", name="Page 3")).to_be_visible()
    here.get_by_role("button", name="Larger").click()
    expect(here.locator(".pp-paper")).to_have_attribute("style", "width:150%")
    field = here.get_by_placeholder("Search in this document")
    field.fill("THE  bell")
    field.press("Enter")
    expect(here.get_by_text("1 of 1", exact=True)).to_be_visible()
    expect(here.get_by_role("img", name="Page 5")).to_be_visible()
    expect(here.locator(".pp-match")).to_be_in_viewport()
    field.fill("elephant")
    field.press("Enter")
    expect(here.get_by_text("Not found")).to_be_visible()


def test_a_word_file_is_shown_as_text_with_its_headings_and_tables(viewers: Callable[..., Person], keep: Keep) -> None:
    for width, dark in LOOKS:
        person = viewers("prices.docx", width, dark)
        here = viewer(person)
        expect(here.get_by_role("heading", name="Prices of the boats", level=3)).to_be_visible()
        expect(here.get_by_role("columnheader")).to_have_text(["Boat", "Seats", "Price"])
        expect(here.get_by_role("cell", name="45 euros")).to_be_visible()
        expect(here.locator(".pp-here-text")).to_be_in_viewport()
        arabic = here.get_by_text("القوارب متاحة")
        assert arabic.evaluate("line => getComputedStyle(line.closest('[dir]')).direction") == "rtl"
        keep(person, f"viewer-text-{looks(width, dark)}")
        field = here.get_by_placeholder("Search in this document")
        field.fill("tern")
        field.press("Enter")
        expect(here.locator("mark.pp-found")).to_have_text("Tern")


def test_a_long_text_comes_in_parts(viewers: Callable[..., Person]) -> None:
    person = viewers("log book.txt")
    here = viewer(person)
    expect(here.locator(".pp-target")).to_have_text(f"Entry {MANY // 2} of the log book.")
    expect(here.locator(".pp-target")).to_be_in_viewport()
    assert here.locator(".pp-running > div").count() < 30
    here.get_by_role("button", name="Earlier text").click()
    expect(here.get_by_text(f"Entry {MANY // 2 - 20} of", exact=False)).to_have_count(1)
    here.get_by_role("button", name="Later text").click()
    expect(here.get_by_text(f"Entry {MANY // 2 + 30} of", exact=False)).to_have_count(1)


def test_more_like_this_leads_to_the_similar_passage_on_its_page(viewers: Callable[..., Person], keep: Keep) -> None:
    person = viewers("prices.docx")
    viewer(person).get_by_text("More like this").click()
    link = viewer(person).get_by_role("link", name="log book.txt").first
    expect(link).to_be_visible()
    for width, dark in LOOKS:
        person.looks(width, dark)
        keep(person, f"alike-{looks(width, dark)}")
    link.click()
    expect(person.main.get_by_role("heading", name="log book.txt")).to_be_visible()
    number = re.search(r"passage=(\d+)", person.path)
    assert number
    expect(person.main.get_by_role("article", name=f"Passage {number[1]}", exact=True)).to_be_in_viewport()


def test_what_is_open_stays_over_a_reload_and_escape_closes_it(viewers: Callable[..., Person]) -> None:
    person = viewers("lighthouse.pdf")
    expect(person.page).to_have_url(re.compile("open=0-1"))
    person.page.reload()
    expect(viewer(person).locator(".pp-area").first).to_be_in_viewport()
    expect(viewer(person).get_by_role("button", name="Close")).to_be_visible()
    person.waits()
    person.page.keyboard.press("Escape")
    expect(viewer(person)).to_have_count(0)
    expect(person.page).not_to_have_url(re.compile("open="))
    opener = person.main.get_by_role("button", name="Show the page").first
    opener.focus()
    person.page.keyboard.press("Enter")
    expect(viewer(person).get_by_role("button", name="Close")).to_be_focused()
    person.page.keyboard.press("Enter")
    expect(viewer(person)).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_passage_is_copied_with_its_source_and_the_original_comes(viewers: Callable[..., Person]) -> None:
    person = viewers("lighthouse.pdf")
    person.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    viewer(person).get_by_role("button", name="Copy this passage with its source").click()
    expect(viewer(person).get_by_text("Copied")).to_be_visible()
    copied: str = person.page.evaluate("navigator.clipboard.readText()")
    assert " ".join(copied.split()) == f"{' '.join(LAMP.split())} lighthouse.pdf, Page 3"
    with person.page.expect_download() as download:
        viewer(person).get_by_role("button", name="Download the original").click()
    assert download.value.suggested_filename == "lighthouse.pdf"


def test_a_document_in_the_trash_gives_a_sentence(viewers: Callable[..., Person]) -> None:
    person = viewers("gone.txt")
    expect(viewer(person).get_by_text("This document is in the trash, so only the passage")).to_be_visible()
    expect(viewer(person).get_by_text("The ferry is gone.")).to_be_visible()


@pytest.mark.parametrize("open_card", ["9-9", "nonsense", "0-1%22%3E"])
def test_an_address_that_names_no_card_opens_nothing(
    shelf: tuple[RunningApp, dict[str, str]], windows: People, open_card: str
) -> None:
    running, addresses = shelf
    person = windows(running.url, path=f"{addresses['prices.docx']}&open={open_card}")
    expect(person.answers.first.locator(CARD).first).to_be_visible()
    expect(viewer(person)).to_have_count(0)
    person.sees_no_traceback()


@pytest.mark.parametrize("name", ["lighthouse.pdf", "prices.docx"])
def test_axe_finds_nothing_serious_in_the_viewer(viewers: Callable[..., Person], name: str) -> None:
    for width, dark in LOOKS:
        person = viewers(name, width, dark)
        person.page.wait_for_timeout(500)
        found = Axe().run(person.page).response["violations"]
        grave = [
            (each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found if each["impact"] in GRAVE
        ]
        assert grave == []
