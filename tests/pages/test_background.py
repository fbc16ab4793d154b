"""Background work in the browser: a folder goes in while people come and go, and every file ends up somewhere."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.pages.conftest import People
from tests.pages.person import Person

pytestmark = pytest.mark.browser

SMALL = 13  # files beside a long one and an empty one
RULE = "The caretaker writes down what was found in the room, tells the office and comes back within a week. "


def folder_of_fifteen(folder: Path) -> Path:
    """One file that takes long, one that is empty, thirteen small ones."""
    folder.mkdir()
    long = "\n\n".join(f"Room {number}. {RULE * 5}" for number in range(6000))
    (folder / "a long one.txt").write_text(long, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    for number in range(SMALL):
        (folder / f"room {number:02}.txt").write_text(f"Room {number} is painted on day {number}.", encoding="utf-8")
    return folder


def test_a_folder_goes_in_while_people_come_and_go(person: Person, people: People, tmp_path: Path) -> None:
    person.goes_to("Documents")
    person.drops(folder_of_fifteen(tmp_path / "rooms"))
    expect(going(person, "a long one.txt")).to_be_visible()
    person.page.close()

    later = people()
    later.goes_to("Documents")
    expect(going(later, "a long one.txt")).to_contain_text("left")
    going(later, "a long one.txt").get_by_role("button", name="Cancel").click()

    expect(later.progress).to_have_count(0)
    expect(later.documents).to_have_count(SMALL)
    told = later.outcomes.filter(has_text="a long one.txt")
    expect(told).to_contain_text("was cancelled. Nothing of it is in the library.")
    failed = later.outcomes.filter(has_text="empty.txt")
    expect(failed).to_contain_text("was not added. This file is empty.")
    expect(failed.get_by_role("button", name="Try again")).to_have_count(0)  # it would be as empty again
    later.page.wait_for_timeout(3_000)  # a person reads the sentence first; the line is drawn anew meanwhile
    failed.get_by_role("button", name="Dismiss").click()
    expect(failed).to_have_count(0)
    later.waits()
    later.removes(later.documents.filter(has_text="room 07.txt"))
    expect(later.documents).to_have_count(SMALL - 1)
    later.goes_to("Ask")
    assert "room 07.txt" not in {card.document.rpartition("/")[2] for card in later.asks("When is room 7 painted?")}


def test_a_file_that_is_dropped_anywhere_on_any_page_is_added(person: Person, tmp_path: Path) -> None:
    lift = tmp_path / "lift.txt"
    lift.write_text("The lift is out of order until Friday.", encoding="utf-8")
    person.goes_to("Conversations")
    person.drops_at(lift, 400, 300)
    expect(person.main.get_by_text("Adding 1 file.")).to_be_visible()
    person.goes_to("Documents")
    expect(person.documents.filter(has_text="lift.txt")).to_be_visible()


def test_a_changed_file_of_the_same_name_is_kept_beside_the_other_or_replaces_it(person: Person) -> None:
    person.adds(hours("eight"))
    for outcomes, words, outcome in ((2, "nine", "Keep both"), (3, "ten", "Replace it")):
        person.chooses(hours(words))
        question = person.outcomes.filter(has_text="Another document is called hours.txt.")
        expect(question).to_be_visible()
        question.get_by_role("button", name=outcome).click()
        expect(question).to_have_count(0)
        expect(person.outcomes).to_have_count(outcomes)  # the line on how it went takes the place of the question
        expect(person.documents).to_have_count(2)
        person.waits()
    expect(person.documents.filter(has_text="hours (2).txt")).to_have_count(1)
    person.goes_to("Ask")
    said = {card.document: card.text for card in person.asks("When does the office open?")}
    assert said == {"hours.txt": "The office opens at ten.", "hours (2).txt": "The office opens at nine."}


def test_pasted_text_is_a_document_with_a_page_of_its_own(person: Person) -> None:
    person.goes_to("Documents")
    person.main.get_by_role("tab", name="Paste text").click()
    person.main.get_by_label("Name", exact=True).fill("Minutes")
    person.main.get_by_label("Text", exact=True).fill("The rent is paid on the third of the month.")
    person.button("Add").click()
    expect(person.documents.filter(has_text="Minutes.txt")).to_be_visible()
    person.waits()
    person.documents.get_by_role("link").click()
    expect(person.main.get_by_role("heading", name="Minutes.txt")).to_be_visible()
    expect(person.main.get_by_text("The rent is paid on the third of the month.")).to_be_visible()
    with person.page.expect_download() as download:
        person.button("Download the original").click()
    assert download.value.path().read_text() == "The rent is paid on the third of the month."


def test_while_files_are_being_added_the_answer_says_so_and_is_asked_again(person: Person, tmp_path: Path) -> None:
    person.adds(text_file("key.txt", "The porter has the key of the cellar."))
    rooms = "\n\n".join(f"Room {number} is painted on day {number} of the long year. " * 8 for number in range(1500))
    (tmp_path / "rooms.txt").write_text(rooms, encoding="utf-8")
    person.chooses(tmp_path / "rooms.txt")
    expect(person.progress.first).to_be_visible()
    person.goes_to("Ask")
    question = "Who has the key of the cellar?"
    person.asks(question)
    expect(person.main.get_by_text("1 file is still being added. Ask again when it is in.")).to_be_visible()
    person.button("Ask again").click()
    expect(person.questions).to_have_text([question, question])
    person.answer_at(1)
    person.goes_to("Documents")
    person.button("Cancel").click()
    expect(person.progress).to_have_count(0)


def going(person: Person, name: str) -> Locator:
    """The line of a file that waits or is worked on."""
    return person.main.locator("[class*=st-key-going-]").filter(has_text=name)


def hours(words: str) -> FilePayload:
    """A file that says when the office opens."""
    return text_file("hours.txt", f"The office opens at {words}.")


def text_file(name: str, text: str) -> FilePayload:
    """A small text file."""
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
