"""The Documents page in the browser: files that cannot be added, and two people at once."""

import random
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from ingest import Library
from ingest.queue.jobs import Jobs
from ingest.reading.file_types import readable_kinds
from tests.conftest import settings_in
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import Person
from tests.pages.running import RunningApp

pytestmark = pytest.mark.browser

A_PSD = b"8BPS\0\1" + bytes(50)
NOISE = random.Random(1).randbytes(20_000)


def picture(name: str) -> FilePayload:
    """A picture of a kind that is not read, as a browser hands it over."""
    return FilePayload(name=name, mimeType="image/png", buffer=A_PSD)


def text_file(name: str, text: str) -> FilePayload:
    """A text file as a browser hands it over."""
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())


def test_each_file_that_cannot_be_added_gets_a_sentence_and_the_good_one_goes_in(person: Person) -> None:
    sentences = {
        "empty.txt": "This file is empty.",
        "noise.pdf": "This PDF is damaged and cannot be read. Open it in its own program, save a new copy and add "
        "that.",
        "picture.pdf": "This is a picture of a kind that is not read. Save it as a PNG or JPEG picture and add that.",
    }
    person.adds(
        FilePayload(name="empty.txt", mimeType="text/plain", buffer=b""),
        FilePayload(name="noise.pdf", mimeType="application/pdf", buffer=NOISE),
        text_file("hours.txt", "The workshop opens at seven and closes at four."),
        FilePayload(name="picture.pdf", mimeType="application/pdf", buffer=A_PSD),
    )
    expect(person.outcomes.filter(has_text="hours.txt was added: 1 passage.")).to_be_visible()
    for name, sentence in sentences.items():
        line = person.outcomes.filter(has_text=name)
        expect(line.locator("p").first).to_contain_text(f"{name} was not added. {sentence}")
    expect(person.documents).to_have_count(1)
    expect(person.documents).to_contain_text("hours.txt")
    person.sees_no_traceback()

    for left, name in enumerate(sentences):
        person.outcomes.filter(has_text=name).get_by_role("button", name="Dismiss").click()
        expect(person.outcomes.filter(has_text=name)).to_have_count(0)
        expect(person.outcomes).to_have_count(len(sentences) - left)
    person.opens("/documents")
    expect(person.main.get_by_text("was not added")).to_have_count(0)
    expect(person.documents).to_have_count(1)


def test_what_one_person_adds_the_next_question_of_another_finds(person: Person, people: People) -> None:
    other = people()
    assert other.asks("Where is the spare key?") == []
    assert other.sentence() == "There are no documents yet. Add some, then ask again."
    person.adds(text_file("spare key.txt", "The spare key hangs behind the blue clock in the kitchen."))
    cards = other.asks("Where is the spare key?")
    assert [(card.document, card.text) for card in cards] == [
        ("spare key.txt", "The spare key hangs behind the blue clock in the kitchen.")
    ]
    person.goes_to("Ask")
    expect(person.questions).to_have_count(0)  # what others ask is their own


def test_the_page_says_which_files_can_be_read(person: Person) -> None:
    person.goes_to("Documents")
    expect(person.main.get_by_text(f"Pinpoint reads {readable_kinds()}.").first).to_be_visible()


def test_trying_again_is_offered_where_it_can_succeed_and_then_adds_the_file(windows: People, tmp_path: Path) -> None:
    with Library(settings_in(tmp_path)) as library:
        left = Jobs(library)
        for name, content, reason in (
            ("hours.txt", b"The office opens at eight.", "The disk is almost full. Try again."),
            (
                "photo.png",
                A_PSD,
                "This is a picture of a kind that is not read. Save it as a PNG or JPEG picture and add that.",
            ),
        ):
            job = left.put(name, [content])
            left.claim()
            left.fail(job.id, reason)
    with RunningApp(tmp_path) as app:
        person = windows(app.url)
        expect(person.main.get_by_text("2 files could not be added.")).to_be_visible()
        person.main.get_by_role("link", name="See why").click()
        expect(person.outcomes).to_have_count(2)
        hours, photo = (person.outcomes.filter(has_text=name) for name in ("hours.txt", "photo.png"))
        expect(photo.get_by_role("button", name="Dismiss")).to_be_visible()
        expect(photo.get_by_role("button", name="Try again")).to_have_count(0)
        hours.get_by_role("button", name="Try again").click()
        expect(hours).to_contain_text("hours.txt was added: 1 passage.")
        expect(person.documents).to_have_count(1)


def test_many_files_that_cannot_be_added_take_little_room_and_clear_takes_all_lines_away(
    person: Person, keep: Keep, people: People
) -> None:
    person.goes_to("Documents")
    names = [f"photo {number:02}.png" for number in range(12)]
    person.chooses(*map(picture, names), text_file("hours.txt", "The workshop opens at seven."))
    expect(person.outcomes.filter(has_text="hours.txt was added")).to_be_visible()
    reasons = person.main.get_by_text("Save it as a PNG or JPEG picture and add that.").filter(visible=True)
    expect(reasons).to_have_count(3)
    person.waits()
    expect(person.outcomes.filter(has_text="photo 08.png").get_by_text("was not added.")).to_be_visible()
    for width, dark in LOOKS:
        other = people(width=width, dark=dark)
        other.goes_to("Documents")
        other.scrolls_only_down()
        keep(other, f"failures-{looks(width, dark)}")
    folded = person.outcomes.filter(has_text="photo 08.png")
    folded.get_by_text("was not added.").click()
    expect(reasons).to_have_count(4)
    folded.get_by_role("button", name="Dismiss").click()
    expect(folded).to_have_count(0)
    expect(person.main.get_by_text("3 more files could not be added")).to_be_visible()
    person.waits()
    person.button("Clear").click()
    expect(person.outcomes).to_have_count(0)
    expect(person.button("Clear")).to_have_count(0)
    expect(person.documents).to_have_count(1)


def test_a_file_that_waits_for_a_decision_is_no_failure_and_is_not_cleared(person: Person, people: People) -> None:
    person.adds(text_file("hours.txt", "The workshop opens at seven."), picture("photo.png"))
    person.chooses(text_file("hours.txt", "The workshop opens at eight."))
    question = person.outcomes.filter(has_text="Another document is called hours.txt.")
    expect(question).to_be_visible()
    other = people()
    expect(other.main.get_by_text("1 file could not be added.")).to_be_visible()
    expect(other.main.get_by_text("1 file needs a decision.")).to_be_visible()
    person.waits()
    person.button("Clear").click()
    expect(person.outcomes).to_have_count(1)
    other.main.get_by_role("link", name="Decide").click()
    expect(other.outcomes).to_have_count(1)
    other.outcomes.get_by_role("button", name="Cancel").click()
    expect(other.outcomes).to_contain_text(["hours.txt was cancelled. Nothing of it is in the library."])
