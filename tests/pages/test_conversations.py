"""Conversations in the browser: kept, found again, renamed, exported, deleted; follow-ups and suggestions."""

import csv
import io
import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import Person
from tests.pages.running import RunningApp

pytestmark = pytest.mark.browser

FIRST, SECOND = "How long is the probation period?", "Who repairs the coffee machine?"


def test_a_conversation_is_kept_over_a_reload_and_a_restart(windows: People, tmp_path: Path) -> None:
    with RunningApp(tmp_path) as app:
        person = windows(app.url)
        person.adds(note("key.txt", "The porter has the key of the cellar."))
        person.goes_to("Ask")
        seen = person.asks("Who has the key?")
        address = person.path
        person.opens(address)
        expect(person.questions).to_have_text(["Who has the key?"])
        assert person.answer_at(0) == seen
        person.goes_to("Documents")
        person.removes(person.documents.first)
    with RunningApp(tmp_path) as app:
        person = windows(app.url)
        person.goes_to("Conversations")
        conversations(person).get_by_role("link", name="Open").click()
        expect(person.questions).to_have_text(["Who has the key?"])
        assert person.answer_at(0) == seen


def test_conversations_are_listed_searched_renamed_and_deleted(reader: Person, keep: Keep) -> None:
    reader.asks(FIRST)
    reader.button("New").click()
    expect(reader.questions).to_have_count(0)
    reader.waits()
    reader.asks(SECOND)
    reader.button("New").click()
    earlier = reader.main.locator(".st-key-earlier").get_by_role("link")
    expect(earlier.first).to_contain_text(SECOND)
    earlier.nth(1).click()
    expect(reader.questions).to_have_text([FIRST])
    reader.waits()
    reader.goes_to("Conversations")
    names = conversations(reader).locator("strong")
    expect(names.nth(0)).to_have_text(SECOND)
    expect(names.nth(1)).to_have_text(FIRST)
    keep(reader, "conversations")
    conversations(reader).filter(has_text=FIRST).first.get_by_role("link", name="Open").click()
    expect(reader.questions).to_have_text([FIRST])
    reader.waits()
    reader.goes_to("Conversations")

    search = reader.main.get_by_label("Search in questions and passages")
    search.fill("probation")
    search.press("Enter")
    expect(conversations(reader).filter(has_text=SECOND)).to_have_count(0)
    reader.waits()
    row = conversations(reader).filter(has_text=FIRST).first
    expect(row.locator(".pp-found").first).to_have_text(re.compile("probation", re.IGNORECASE))
    row.get_by_role("button", name="Rename").click()
    field = reader.page.get_by_label("Name", exact=True)
    field.fill("My first weeks")
    reader.page.get_by_role("button", name="Save").click()
    row = conversations(reader).filter(has_text="My first weeks")
    expect(row).to_have_count(1)
    reader.waits()
    before = conversations(reader).count()
    row.get_by_role("button", name="Delete").click()
    row.get_by_role("button", name="Delete for good").click()
    expect(row).to_have_count(0)
    assert conversations(reader).count() == before - 1


def test_a_conversation_is_exported_with_sources_and_scores(reader: Person, tmp_path: Path) -> None:
    cards = reader.asks(FIRST)
    reader.goes_to("Conversations")
    files = {}
    for words, ending in (("Word", "docx"), ("Markdown", "md"), ("Table (CSV)", "csv")):
        row = conversations(reader).filter(has_text=FIRST).first
        if not reader.page.get_by_role("button", name=words, exact=True).count():
            row.get_by_role("button", name="Export").click()
        with reader.page.expect_download() as download:
            reader.page.get_by_role("button", name=words, exact=True).click()
        assert download.value.suggested_filename == f"How long is the probation period.{ending}"
        files[ending] = tmp_path / f"export.{ending}"
        download.value.save_as(files[ending])
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig"))))
    assert [row["document"] for row in rows] == [card.document for card in cards]
    assert [f"{float(row['score']):.2f}" for row in rows] == [f"{card.score:.2f}" for card in cards]
    assert cards[0].document.replace("-", "") in files["md"].read_text().replace("\\", "").replace("-", "")
    said = "\n".join(paragraph.text for paragraph in docx.Document(str(files["docx"])).paragraphs)
    assert FIRST in said
    assert cards[0].document in said


def test_what_another_window_asks_in_the_same_conversation_is_shown_here_too(visitors: People) -> None:
    here = visitors()
    here.asks(FIRST)
    there = visitors()
    there.opens(here.path)
    expect(there.questions).to_have_text([FIRST])
    there.asks(SECOND)
    expect(here.questions).to_have_text([FIRST, SECOND])
    assert here.answer_at(1) == there.answer_at(1)
    here.asks("Where is the lighthouse?")
    expect(there.questions).to_have_count(3)


def test_a_conversation_that_another_window_has_deleted_cannot_be_exported_and_that_is_said(
    windows: People, tmp_path: Path
) -> None:
    with RunningApp(tmp_path) as app:
        person = windows(app.url)
        person.asks("Who has the key?")
        person.goes_to("Conversations")
        other = windows(app.url)
        other.goes_to("Conversations")
        conversations(other).get_by_role("button", name="Delete").click()
        conversations(other).get_by_role("button", name="Delete for good").click()
        expect(conversations(other)).to_have_count(0)
        conversations(person).get_by_role("button", name="Export").click()
        person.page.get_by_role("button", name="Markdown", exact=True).click()
        failed = person.page.get_by_test_id("stDownloadButtonError")
        expect(failed).to_be_visible()
        said = failed.evaluate("element => getComputedStyle(element, '::after').content")
        assert "The file could not be made." in said
        assert failed.evaluate("element => getComputedStyle(element).fontSize") == "0px"
        person.sees_no_traceback()


def test_a_follow_up_is_asked_with_the_question_before_it_or_alone(reader: Person) -> None:
    reader.asks("How many days of holiday do I get?")
    together = reader.asks("And for part-timers?")
    expect(reader.main.get_by_text("Understood as a follow-up to “How many days of holiday do I get?”")).to_be_visible()
    assert any("part" in card.text for card in together)
    reader.button("Ask on its own").click()
    expect(reader.questions).to_have_count(3)
    alone = reader.answer_at(2)
    expect(reader.main.get_by_text("Understood as a follow-up to")).to_have_count(1)
    assert [card.score for card in alone] != [card.score for card in together]


def test_a_long_conversation_shows_its_end_and_the_rest_on_a_click(visitors: People, keep: Keep) -> None:
    writer = visitors()
    for number in range(7):
        question = f"What is said about storms in week {number}?"
        writer.ask_box.fill(question)
        writer.ask_box.press("Enter")
        expect(writer.questions.last).to_have_text(question)
        expect(writer.answers.last.get_by_text("How was this found?")).to_be_visible()
        writer.waits()
    writer.scrolls_only_down()
    for width, dark in LOOKS:
        reader = visitors(width=width, dark=dark)
        reader.opens(writer.path)
        expect(reader.questions).to_have_count(5)
        reader.scrolls_only_down()
        keep(reader, f"long-{looks(width, dark)}")
    reader.button("Show 2 earlier questions").click()
    expect(reader.questions).to_have_count(7)


def conversations(person: Person) -> Locator:
    """The rows of the list of conversations."""
    return person.main.locator("[class*=st-key-conversation-]")


def note(name: str, text: str) -> FilePayload:
    """A small text file."""
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
