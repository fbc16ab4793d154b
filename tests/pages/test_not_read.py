"""Files inside files are documents in the browser; what was not read is said after adding and on the page."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.ingest.reading.archives import zipped
from tests.pages.conftest import LOOKS, Keep, looks
from tests.pages.person import Person

pytestmark = pytest.mark.browser


def message() -> FilePayload:
    """A message with a table that can be read, and a drawing that cannot."""
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Bicycle shed", "ada@example.org"
    mail.set_content("The shed is behind the canteen. The plan is attached.")
    mail.add_attachment(b"Place,Bicycles\r\nNorth,40\r\n", "text", "csv", filename="places.csv")
    mail.add_attachment(bytes(range(256)) * 20, "application", "octet-stream", filename="plan *north*.dwg")
    return FilePayload(name="shed.eml", mimeType="message/rfc822", buffer=bytes(mail))


def opens(row: Locator) -> None:
    """Open the page of a document in the list."""
    row.get_by_role("link").click()


def test_the_files_of_an_archive_are_listed_and_each_has_its_page(person: Person, keep: Keep) -> None:
    held = {"rules/lifts *new*.txt": b"The lift carries eight people.", "plan.dwg": bytes(range(256)) * 20}
    person.adds(FilePayload(name="rules.zip", mimeType="application/zip", buffer=zipped(held)))
    expect(person.outcomes.first).to_contain_text(
        "rules.zip was opened. 1 file in it was added. 1 file was not read: plan.dwg."
    )
    expect(person.documents).to_have_count(1)
    person.outcomes.first.get_by_text("Why not?").click()
    expect(person.outcomes.first.get_by_text("plan.dwg: Pinpoint cannot read this kind of file.")).to_be_visible()
    for width, dark in LOOKS:
        person.looks(width, dark)
        person.scrolls_only_down()
        keep(person, f"archive-{looks(width, dark)}")
    person.looks(1280, dark=False)
    opens(person.documents.first)
    expect(person.main.get_by_role("heading", name="rules.zip/rules/lifts *new*.txt")).to_be_visible()
    with person.page.expect_download() as downloaded:
        person.button("Download the original").click()
    assert downloaded.value.suggested_filename in {"lifts *new*.txt", "lifts _new_.txt"}
    assert Path(downloaded.value.path()).read_bytes() == held["rules/lifts *new*.txt"]
    person.sees_no_traceback()


def test_an_attachment_that_cannot_be_read_is_named_and_the_other_one_answers(person: Person, keep: Keep) -> None:
    person.adds(message())
    expect(person.outcomes.first).to_contain_text(
        "shed.eml was added: 1 passage. 1 file in it was added. 1 attachment was not read."
    )
    expect(person.documents).to_have_count(2)
    expect(person.documents.first).to_contain_text("shed.eml/places.csv")
    opens(person.documents.last)
    expect(person.main.get_by_text("1 attachment was not read.")).to_be_visible()
    expect(person.main.locator("li").get_by_text("plan *north*.dwg", exact=True)).to_be_visible()
    for width, dark in LOOKS:
        person.looks(width, dark)
        person.scrolls_only_down()
        keep(person, f"not-read-{looks(width, dark)}")
    person.looks(1280, dark=False)
    person.goes_to("Ask")
    (card, *_) = person.asks("How many bicycles can stand in the north?")
    assert "40" in card.text
    person.sees_no_traceback()
