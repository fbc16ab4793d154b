"""What of a file was not read is said in the browser: after adding, and on the document's page."""

from email.message import EmailMessage

import pytest
from playwright.sync_api import FilePayload, expect

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


def test_an_attachment_that_cannot_be_read_is_named_and_the_other_one_answers(person: Person, keep: Keep) -> None:
    person.adds(message())
    expect(person.outcomes.first).to_contain_text("shed.eml was added: 2 passages. 1 attachment was not read.")
    person.documents.first.get_by_role("link", name="Open").or_(
        person.documents.first.get_by_role("button", name="Open")
    ).first.click()
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
