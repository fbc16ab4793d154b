"""Looks at a folder, one by one: what is half written waits, and any day of a folder ends with the library after it."""

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest import Document, Library, Settings
from ingest.errors import LibraryUnavailable
from ingest.following.folders import FollowedFolders
from ingest.following.known_files import KnownFiles
from ingest.following.looking import Looking
from ingest.following.taking_in import TakingIn
from ingest.pipeline.outcome import Outcome
from ingest.queue.jobs import Jobs
from ingest.store.free_name import free_name
from tests.conftest import THOROUGH
from tests.ingest.following.office import hashes, write
from tests.ingest.store.stored import a_document, add_document

STEPS, DAYS = 40, 20 if THOROUGH else 3


@dataclass
class Desk:
    """A folder that is looked at by hand, and a queue that is worked by hand: documents get made-up vectors."""

    folder: Path
    library: Library
    jobs: Jobs
    taking_in: TakingIn
    looking: Looking

    def look(self, room: int = 50) -> None:
        """A look, as the thread has them."""
        self.taking_in.settle()
        self.looking.look()
        self.looking.fill(room)

    def work(self) -> None:
        """Take in the file that waits longest."""
        job = self.jobs.claim()
        if job:
            there = self.library.document(job.file)
            others = [each.name for each in self.library.documents() if each.id not in {job.file, *job.replaces}]
            name = free_name(job.name, others)
            if there is None and self.library.trash.restore(job.file, name) is None:
                made = a_document(job.file, 1)
                add_document(self.library, Document(job.file, name, "Text", None, 1, 1, made.added_at))
            self.jobs.done(job.id, Outcome(name, "unchanged" if there else "added", job.file, None, 1, None, 0.0))

    def comes_to_rest(self) -> None:
        for _ in range(10):
            self.look()
            while any(job.going for job in self.jobs.all()):
                self.work()


@pytest.fixture
def desk(library: Library, settings: Settings, tmp_path: Path) -> Desk:
    folder = tmp_path / "papers"
    folder.mkdir()
    return at_a_desk(library, settings, folder)


def at_a_desk(library: Library, settings: Settings, folder: Path) -> Desk:
    """As after a start: nothing is in memory."""
    folders, known = FollowedFolders(library.database, settings), KnownFiles(library.database)
    if not folders.all():
        folders.follow(str(folder))
    taking_in = TakingIn(library, settings, known, folders)
    return Desk(folder, library, Jobs(library), taking_in, Looking(folders.all()[0], known, taking_in))


def test_a_file_that_is_still_being_written_waits_until_it_is_quiet(desk: Desk) -> None:
    write(desk.folder, a="The first half")
    desk.look()
    for more in (" and some", " and some more"):
        with (desk.folder / "a.txt").open("a") as file:
            file.write(more)
        desk.look()
        assert desk.jobs.all() == []
        assert desk.looking.state().waiting == 1
    desk.look()
    assert [job.name for job in desk.jobs.all()] == ["papers/a.txt"]


def test_a_file_that_cannot_be_opened_is_named_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_root: Path, _path: str) -> int:
        raise PermissionError

    write(desk.folder, a="One.")
    with monkeypatch.context() as patch:
        patch.setattr("ingest.following.scan._opened", forbidden)  # whoever runs this may be allowed to open every file
        desk.comes_to_rest()
        assert desk.looking.state().unopened == ("a.txt",)
    desk.comes_to_rest()
    assert (desk.looking.state().held, desk.looking.state().unopened) == (1, ())


def test_what_is_renamed_or_deleted_while_it_waits_is_not_taken_in_twice(desk: Desk) -> None:
    write(desk.folder, a="One.", b="Two.", c="Three.")
    for _ in range(2):
        desk.look()
    assert len(desk.jobs.all()) == 3
    (desk.folder / "a.txt").rename(desk.folder / "d.txt")
    (desk.folder / "b.txt").unlink()
    write(desk.folder, c="Four.")
    for _ in range(3):
        desk.look()
    assert sorted(job.name for job in desk.jobs.all()) == ["papers/a.txt", "papers/c.txt"]
    desk.comes_to_rest()
    assert sorted(document.name for document in desk.library.documents()) == ["papers/c.txt", "papers/d.txt"]
    assert {document.id for document in desk.library.documents()} == hashes(desk.folder)
    assert desk.looking.state().vanished == ()


def test_what_a_person_cancels_is_left_out_until_it_changes(desk: Desk) -> None:
    write(desk.folder, a="One.")
    for _ in range(2):
        desk.look()
    (job,) = desk.jobs.all()
    assert desk.jobs.dismiss(job.id, "waiting")
    desk.comes_to_rest()
    assert (desk.looking.state().left_out, desk.library.documents()) == (1, [])
    write(desk.folder, a="Another one.")
    desk.comes_to_rest()
    assert desk.looking.state().held == 1


def test_a_file_that_could_not_be_kept_is_put_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> None:
        raise LibraryUnavailable("The disk is full.")

    write(desk.folder, a="One.")
    desk.look()
    with monkeypatch.context() as patch:
        desk.looking.look()
        patch.setattr("sqlalchemy.engine.Connection._commit_impl", fails)
        assert desk.looking.fill(1) == 0
    assert desk.looking.state().trouble == "The disk is full."
    assert desk.jobs.all() == []
    desk.comes_to_rest()
    assert (desk.looking.state().held, desk.looking.state().left_out) == (1, 0)


def test_two_files_swap_their_names(desk: Desk) -> None:
    write(desk.folder, a="One.", b="Two.")
    desk.comes_to_rest()
    before = {document.id: document.name for document in desk.library.documents()}
    for old, new in (("a", "c"), ("b", "a"), ("c", "b")):
        (desk.folder / f"{old}.txt").rename(desk.folder / f"{new}.txt")
    desk.comes_to_rest()
    after = {document.id: document.name for document in desk.library.documents()}
    assert after == dict(zip(before, [*before.values()][::-1], strict=True))


@pytest.mark.parametrize("seed", range(DAYS))
def test_any_day_of_a_folder_ends_with_the_library_after_it(
    seed: int, library: Library, settings: Settings, tmp_path: Path
) -> None:
    chance, folder = random.Random(seed), tmp_path / "papers"
    folder.mkdir()
    desk, paths = at_a_desk(library, settings, folder), [f"{sub}{name}.txt" for sub in ("", "x/") for name in "abcd"]
    for step in range(STEPS):
        path, other = (folder / chance.choice(paths) for _ in range(2))
        path.parent.mkdir(exist_ok=True)
        other.parent.mkdir(exist_ok=True)
        match chance.randrange(6):
            case 0 | 1:
                path.write_text(chance.choice(["One.", "Two.", "Six.", f"Number {step}."]), encoding="utf-8")
            case 2 if path.exists():
                path.rename(other)
            case 3:
                path.unlink(missing_ok=True)
            case 4:
                desk.work()
            case _:
                desk.look(chance.randrange(4))
        if chance.random() < 0.1:  # the app is started again
            desk = at_a_desk(library, settings, folder)
            desk.jobs.start_again()
    write(folder, e="The last one.")  # it is not empty
    desk.comes_to_rest()
    state = desk.looking.state()
    desk.taking_in.remove(state.folder.id, state.vanished)
    documents = library.documents()
    assert {document.id for document in documents} == hashes(folder)
    assert (
        len({document.id for document in documents}) == len({document.name for document in documents}) == len(documents)
    )
    names = {f"papers/{path.relative_to(folder)}" for path in folder.rglob("*") if path.is_file()}
    assert {document.name for document in documents} <= names
    assert desk.jobs.all() == []
