"""Followed folders: the library comes after the folder by itself, and nothing is removed but by a person."""

import os
import shutil
from pathlib import Path

import pytest

from ingest import Follower
from ingest.errors import CannotFollow
from tests.conftest import is_one_sentence, until
from tests.ingest.following.office import Office, an_office, look_often, write
from tests.ingest.reading.archives import zipped


def test_what_is_new_changed_and_renamed_comes_in_by_itself(office: Office) -> None:
    assert office.names() == ["papers/hours.txt", "papers/lift.txt", "papers/plans/roof.txt"]
    write(office.folder, hours="The office opens at nine.", kitchen="The kitchen is cleaned on Fridays.")
    (office.folder / "lift.txt").rename(office.folder / "elevator.txt")
    expected = {
        "papers/hours.txt": "The office opens at nine.",
        "papers/kitchen.txt": "The kitchen is cleaned on Fridays.",
        "papers/elevator.txt": "The lift carries eight people.",
        "papers/plans/roof.txt": "It is flat.",
    }
    until(lambda: office.texts() == expected)
    office.rests()
    assert office.state.vanished == ()
    assert [each.document.name for each in office.library.trash.documents()] == ["papers/hours.txt"]
    assert office.worker.jobs() == []  # what the section shows is not shown twice


def test_a_changed_file_keeps_the_collections_and_tags_of_its_older_self(office: Office) -> None:
    shelf, (hours,) = office.library.shelf, [d for d in office.library.documents() if d.name == "papers/hours.txt"]
    shelf.put(shelf.make("Rules").id, [hours.id])
    shelf.tag([hours.id], "signed")
    write(office.folder, hours="The office opens at nine.")
    until(lambda: office.texts()["papers/hours.txt"] == "The office opens at nine.")
    office.rests()
    (changed,) = [d for d in office.library.documents() if d.name == "papers/hours.txt"]
    assert changed.id != hours.id
    assert shelf.now().of(changed.id) == (["Rules"], ["signed"])


def test_each_folder_in_it_is_a_collection_also_for_what_moves(office: Office) -> None:
    shelf = office.library.shelf

    def within() -> dict[str, list[str]]:
        return {each.name: shelf.now().of(each.id)[0] for each in office.library.documents()}

    assert within() == {"papers/hours.txt": [], "papers/lift.txt": [], "papers/plans/roof.txt": ["plans"]}
    shelf.rename(shelf.now().collections[0].id, "Drawings")
    (office.folder / "hours.txt").rename(office.folder / "plans" / "hours.txt")
    (office.folder / "plans" / "roof.txt").rename(office.folder / "roof.txt")
    expected = {"papers/plans/hours.txt": ["Drawings"], "papers/lift.txt": [], "papers/roof.txt": []}
    until(lambda: within() == expected)


def test_a_vanished_file_is_offered_and_stays_until_somebody_decides(office: Office) -> None:
    for name in ("hours.txt", "lift.txt"):
        (office.folder / name).unlink()
    until(lambda: office.state.vanished == ("hours.txt", "lift.txt"))
    assert len(office.names()) == 3
    assert office.follower.remove(office.state.folder.id, ["hours.txt"]) == 1
    office.follower.keep(office.state.folder.id, ["lift.txt"])
    office.rests()
    assert office.state.vanished == ()
    assert office.names() == ["papers/lift.txt", "papers/plans/roof.txt"]
    write(office.folder, hours="The office opens at eight.", lift="The lift carries eight people.")
    until(lambda: office.state.held == 3)
    assert office.names() == ["papers/hours.txt", "papers/lift.txt", "papers/plans/roof.txt"]


def test_hidden_and_temporary_files_links_and_pipes_are_left_alone(office: Office, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, safe="The safe is behind the picture.")
    (office.folder / "a link.txt").symlink_to(outside / "safe.txt")
    (office.folder / "linked").symlink_to(outside)
    os.mkfifo(office.folder / "pipe.txt")
    for name in (".hidden.txt", "~$plan.docx", "half.pdf.crdownload", "x.tmp", "Thumbs.db"):
        (office.folder / name).write_text("A note that nobody reads.")
    write(office.folder / ".git", config="A note that nobody reads.")
    office.rests()
    assert office.names() == ["papers/hours.txt", "papers/lift.txt", "papers/plans/roof.txt"]
    assert (office.state.refused, office.state.unopened) == ((), ())


def test_a_folder_that_is_away_or_empty_is_said_as_a_whole_and_nothing_is_gone(office: Office) -> None:
    away = office.folder.with_name("away")
    office.folder.rename(away)
    until(lambda: office.state.trouble is not None)
    assert is_one_sentence(str(office.state.trouble))
    office.folder.mkdir()  # as the place of a drive that is not connected
    until(lambda: office.state.is_empty)
    assert "3 files came from it" in str(office.state.trouble)
    assert office.state.vanished == ()
    office.folder.rmdir()
    away.rename(office.folder)
    until(lambda: office.state.trouble is None)
    office.rests()
    assert (office.state.held, office.state.vanished) == (3, ())
    for name in ("hours.txt", "lift.txt", "plans"):
        path = office.folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    until(lambda: office.state.is_empty)
    office.follower.is_really_empty(office.state.folder.id)
    until(lambda: len(office.state.vanished) == 3)
    assert len(office.names()) == 3


def test_what_a_person_removes_stays_out_until_it_changes(office: Office) -> None:
    (lift,) = [each for each in office.library.documents() if each.name == "papers/lift.txt"]
    office.library.remove(lift.id)
    until(lambda: office.state.left_out == 1)
    (office.folder / "lift.txt").touch()
    (office.folder / "lift.txt").rename(office.folder / "elevator.txt")
    office.rests()
    assert "papers/elevator.txt" not in office.names()
    office.library.trash.restore(lift.id)
    until(lambda: office.state.held == 3)
    office.library.remove(lift.id)
    write(office.folder, elevator="The lift carries nine people.")
    until(lambda: office.texts().get("papers/elevator.txt") == "The lift carries nine people.")


def test_a_refused_file_is_remembered_and_its_older_self_stays(office: Office) -> None:
    (office.folder / "empty.txt").touch()
    (office.folder / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF")
    (office.folder / "lift.txt").write_bytes(b"%PDF-1.7\nalso nothing of a PDF")
    until(lambda: len(office.state.refused) == 3)
    assert all(is_one_sentence(why) for _, why in office.state.refused)
    assert office.texts()["papers/lift.txt"] == "The lift carries eight people."
    office.rests()
    revision = office.library.database.revision
    office.rests()
    assert office.library.database.revision == revision  # nothing was written: nothing was tried
    write(office.folder, lift="The lift carries ten people.")
    until(lambda: office.texts()["papers/lift.txt"] == "The lift carries ten people.")
    office.follower.retry(office.state.folder.id)
    until(lambda: {path for path, _ in office.state.refused} == {"bad.pdf", "empty.txt"} and not office.state.waiting)


def test_a_document_of_the_same_name_that_a_person_added_stays_beside_it(office: Office) -> None:
    office.worker.put("papers/kitchen.txt", [b"The kitchen is closed."])
    until(lambda: "papers/kitchen.txt" in office.names())
    write(office.folder, kitchen="The kitchen is open.")
    until(lambda: "papers/kitchen (2).txt" in office.names())
    write(office.folder, kitchen="The kitchen is open again.")
    until(lambda: office.texts().get("papers/kitchen (2).txt") == "The kitchen is open again.")
    assert office.texts()["papers/kitchen.txt"] == "The kitchen is closed."


def test_an_archive_that_changes_or_moves_takes_what_is_in_it_along(office: Office) -> None:
    path = office.folder / "rules.zip"
    path.write_bytes(zipped({"a.txt": b"Rule A stays.", "b.txt": b"Rule B goes."}))
    until(lambda: "papers/rules.zip/b.txt" in office.names())
    path.write_bytes(zipped({"a.txt": b"Rule A stays.", "c.txt": b"Rule C comes."}))
    until(lambda: "papers/rules.zip/c.txt" in office.names() and "papers/rules.zip/b.txt" not in office.names())
    path.rename(office.folder / "old rules.zip")
    until(lambda: "papers/old rules.zip/c.txt" in office.names())
    office.rests()
    assert [name for name in office.names() if "rules" in name] == [
        "papers/old rules.zip/a.txt",
        "papers/old rules.zip/c.txt",
    ]


def test_what_happens_while_the_app_is_closed_is_found_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_often(monkeypatch)
    folder = tmp_path / "papers"
    write(folder, hours="The office opens at eight.", lift="The lift carries eight people.")
    with an_office(tmp_path) as office:
        office.follower.follow(str(folder))
        until(lambda: office.state.held == 2)
    write(folder, hours="The office opens at nine.", kitchen="The kitchen is open.")
    (folder / "lift.txt").rename(folder / "elevator.txt")
    with an_office(tmp_path) as office:
        until(lambda: office.texts().get("papers/hours.txt") == "The office opens at nine.")
        until(lambda: office.names() == ["papers/elevator.txt", "papers/hours.txt", "papers/kitchen.txt"])
        office.follower.stop(str(folder))
        assert office.follower.folders() == []
        assert len(office.names()) == 3


def test_a_setting_names_folders_and_only_it_ends_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look_often(monkeypatch)
    folder = tmp_path / "papers"
    write(folder, rules__hours="The office opens at eight.")
    named = f"{folder} ; papers; {tmp_path}; {tmp_path / 'not there'}"
    with an_office(tmp_path, folders=named, folders_as_collections=True) as office:
        until(lambda: bool(office.follower.folders()) and office.state.held == 1)
        assert [each.name for each in office.library.shelf.now().collections] == ["rules"]
        assert [each.folder.path.name for each in office.follower.folders()] == ["papers", "not there"]
        assert len(office.follower.wrong_settings()) == 2
        assert all("PINPOINT_FOLDERS" in each and is_one_sentence(each) for each in office.follower.wrong_settings())
        with pytest.raises(CannotFollow, match="PINPOINT_FOLDERS"):
            office.follower.stop(str(folder))
    with an_office(tmp_path) as office:
        until(lambda: office.follower.folders() == [])
        assert office.names() == ["papers/rules/hours.txt"]


@pytest.mark.parametrize("path", ["", "papers", "/no/such/folder", "{home}", "{home}/library", "{home}/library/files"])
def test_a_folder_that_cannot_be_followed_is_refused_in_a_sentence(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_often(monkeypatch)
    with an_office(tmp_path) as office, pytest.raises(CannotFollow) as refused:
        office.follower.follow(path.format(home=tmp_path))
    assert is_one_sentence(str(refused.value))


def test_no_folder_is_followed_twice_or_within_another(office: Office) -> None:
    for path in (office.folder, office.folder / "plans", office.folder / "plans" / ".." / "plans"):
        with pytest.raises(CannotFollow):
            office.follower.follow(str(path))
    link = office.folder.with_name("link")
    link.symlink_to(office.folder)
    with pytest.raises(CannotFollow, match="already"):
        office.follower.follow(str(link))


def test_one_process_follows_beside_a_server(office: Office) -> None:
    second = Follower(office.library, office.settings, office.worker)
    assert not second._alone.is_locked
    second.close()
    write(office.folder, kitchen="The kitchen is open.")
    until(lambda: office.state.held == 4)


def test_the_state_of_a_folder_is_counted_again_only_once_something_has_changed(office: Office) -> None:
    office.rests()
    (look,) = office.follower._looks.values()
    held = look.state()
    assert held.held == 3
    assert look._count().held == 3
    write(office.folder, hours="The office opens at nine.", kitchen="The kitchen is cleaned on Fridays.")
    until(lambda: office.state.held == 4)
