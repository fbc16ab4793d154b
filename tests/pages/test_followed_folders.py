"""A followed folder on the Documents page: named by a person, seen as it goes, decided on where files are gone."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.pages.conftest import LOOKS, Keep, looks
from tests.pages.person import Person

pytestmark = pytest.mark.browser


def section(person: Person) -> Locator:
    return person.main.locator(".st-key-followed-folders")


def test_a_folder_is_named_and_followed_and_what_is_gone_is_decided_on(
    person: Person, tmp_path: Path, keep: Keep
) -> None:
    folder = tmp_path / "papers *of* the office"
    folder.mkdir()
    for number in range(4):
        (folder / f"room {number}.txt").write_text(f"Room {number} is painted on day {number}.", encoding="utf-8")
    (folder / "empty.txt").touch()
    person.goes_to("Documents")
    section(person).locator("summary").first.click()
    person.main.get_by_label("Folder on this machine").fill("papers")
    person.button("Follow it").click()
    expect(person.main.get_by_text("Type the whole path of a folder")).to_be_visible()
    person.waits()
    person.main.get_by_label("Folder on this machine").fill(str(folder))
    person.button("Follow it").click()
    expect(section(person)).to_contain_text(str(folder))
    expect(section(person)).to_contain_text("4 files in the library")
    expect(person.documents).to_have_count(4)

    (folder / "room 0.txt").unlink()
    (folder / "room 1.txt").unlink()
    (folder / "room 2.txt").rename(folder / "hall 2.txt")
    (folder / "room 3.txt").write_text("Room 3 is never painted.", encoding="utf-8")
    expect(section(person)).to_contain_text("2 files are gone from this folder.")
    expect(person.documents.filter(has_text="hall 2.txt")).to_have_count(1)
    section(person).get_by_text("1 file could not be added").click()
    expect(section(person)).to_contain_text("This file is empty.")
    for width, dark in LOOKS:
        person.looks(width, dark)
        section(person).scroll_into_view_if_needed()
        person.scrolls_only_down()
        keep(person, f"followed-folders-{looks(width, dark)}")
    person.looks(1280, dark=False)
    section(person).get_by_text("Which?").click()
    section(person).get_by_role("button", name="Keep", exact=True).first.click()
    expect(section(person)).to_contain_text("1 file is gone from this folder.")
    person.waits()
    section(person).get_by_role("button", name="Remove", exact=True).first.click()
    expect(person.main.get_by_text("1 document was removed, and can be restored from the trash.")).to_be_visible()
    expect(person.documents).to_have_count(3)
    person.waits()
    person.button("Stop following").click()
    person.button("Stop; the documents stay").click()
    expect(section(person)).not_to_contain_text(str(folder))
    expect(person.documents).to_have_count(3)
    person.sees_no_traceback()
