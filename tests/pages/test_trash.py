"""The trash in the browser: a click removes, a click restores, and only two delete for good."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from ingest import Library, add
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from tests.conftest import settings_in, written
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import Person
from tests.pages.running import RunningApp

pytestmark = pytest.mark.browser


def note(name: str, text: str) -> FilePayload:
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())


def test_what_is_removed_is_restored_with_a_click_and_deleted_for_good_with_two(
    person: Person, people: People, keep: Keep
) -> None:
    person.adds(
        note("hours *new*.txt", "The workshop opens at seven in the morning."),
        note("lift.txt", "The lift carries eight people."),
    )
    expect(person.main.get_by_text(re.compile("^Trash: "))).to_have_count(0)
    person.removes(person.documents.filter(has_text="hours"))
    person.removes(person.documents.filter(has_text="lift"))
    expect(person.removed.first).to_be_hidden()  # folded
    other = people()
    other.asks("When does the workshop open?")
    assert other.sentence() == "There are no documents yet. Add some, then ask again."

    for width, dark in LOOKS:
        looking = people(width=width, dark=dark)
        looking.goes_to("Documents")
        looking.opens_the_trash()
        looking.removed.last.scroll_into_view_if_needed()
        looking.scrolls_only_down()
        keep(looking, f"trash-{looks(width, dark)}")

    person.opens_the_trash()
    hours = person.removed.filter(has_text="hours *new*.txt")
    expect(hours).to_contain_text("deleted for good on ")
    hours.get_by_role("button", name="Restore").click()
    expect(person.main.get_by_text("hours *new*.txt is back in the library.")).to_be_visible()
    expect(person.documents).to_have_count(1)
    person.waits()
    (card,) = other.asks("When does the workshop open?")
    assert card.document == "hours *new*.txt"

    person.opens_the_trash()
    person.removed.get_by_role("button", name="Delete for good").click()
    person.removed.get_by_role("button", name="Keep").click()
    person.waits()
    person.empties_the_trash()
    expect(person.main.get_by_text("lift.txt was deleted for good")).to_be_visible()
    expect(person.main.get_by_text(re.compile("^Trash: "))).to_have_count(0)
    expect(person.documents).to_have_count(1)
    person.sees_no_traceback()


def test_a_backup_is_made_downloaded_and_deleted(person: Person, people: People, keep: Keep, tmp_path: Path) -> None:
    person.adds(note("hours.txt", "The workshop opens at seven in the morning."))
    person.main.get_by_text("Backup", exact=True).click()
    person.button("Make a backup").click()
    download = person.main.get_by_role("link", name="Download it")
    expect(download).to_be_visible()
    person.waits()
    for width, dark in LOOKS:
        looking = people(width=width, dark=dark)
        looking.goes_to("Documents")
        looking.main.get_by_text("Backup", exact=True).click()
        expect(looking.button("Delete it")).to_be_visible()
        looking.main.locator(".st-key-backup").evaluate("part => part.scrollIntoView()")
        looking.scrolls_only_down()
        keep(looking, f"backup-{looks(width, dark)}")
    with person.page.context.expect_event("download") as downloaded:  # of the tab that the link opens for a moment
        download.click()
    assert re.fullmatch(r"pinpoint-[\d-]+\.zip", downloaded.value.suggested_filename)
    downloaded.value.save_as(tmp_path / "backup.zip")
    assert restore_backup(tmp_path / "backup.zip", settings_in(tmp_path)).documents == 1
    person.button("Delete it").click()
    expect(download).to_have_count(0)
    person.sees_no_traceback()


def test_a_backup_is_restored_at_the_next_start(windows: People, keep: Keep, tmp_path: Path) -> None:
    with Library(settings_in(tmp_path / "other")) as library:
        rules = written(tmp_path, "rules.txt", "Bicycles stand in the shed behind the canteen.")
        add(rules, library, library.home.settings)
        write_backup(library, tmp_path / "their backup.zip")
    with RunningApp(tmp_path) as app:
        person = windows(app.url)
        person.goes_to("Documents")
        person.adds(note("hours.txt", "The workshop opens at seven in the morning."))
        person.main.get_by_text("Backup", exact=True).click()
        field = person.main.locator("[class*=st-key-restore-backup] input[type=file]")
        field.set_input_files(FilePayload(name="x.zip", mimeType="application/zip", buffer=b"no archive"))
        person.button("Restore this backup").click()
        expect(person.main.get_by_text("This file cannot be read as a backup")).to_be_visible()
        field.set_input_files(tmp_path / "their backup.zip")
        expect(person.button("Restore this backup")).to_be_visible()
        person.main.locator(".st-key-backup").evaluate("part => part.scrollIntoView()")
        keep(person, "restore-asked")
        person.button("Restore this backup").click()
        expect(person.main.get_by_text("with 1 document is ready")).to_be_visible()
        for width, dark in LOOKS:
            looking = windows(app.url, width=width, dark=dark)
            looking.goes_to("Documents")
            looking.main.get_by_text("Backup", exact=True).click()
            expect(looking.button("Keep what is here instead")).to_be_visible()
            looking.main.locator(".st-key-backup").evaluate("part => part.scrollIntoView()")
            looking.scrolls_only_down()
            keep(looking, f"restore-ready-{looks(width, dark)}")
        expect(person.documents).to_contain_text("hours.txt")
        person.sees_no_traceback()
    with RunningApp(tmp_path) as app:
        person = windows(app.url)
        person.goes_to("Documents")
        expect(person.documents).to_have_count(1)
        expect(person.documents).to_contain_text("rules.txt")
