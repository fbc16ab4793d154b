"""The jobs: what was put is there after a restart, whatever it is called, until it is done or dismissed."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import Connection

from ingest import Job, Library, Outcome, Settings
from ingest.errors import LibraryUnavailable
from ingest.queue.jobs import Followed, Jobs
from ingest.store.files import Files, WrittenFile
from tests.conftest import is_one_sentence, put_in, settings_in
from tests.ingest.store.stored import a_document, add_document

HOURS = b"The office opens at eight."


class Killed(BaseException):
    """The process ends here."""


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def well(job: Job) -> Outcome:
    return Outcome(job.name, "added", job.file, None, 1, None, 0.5)


def kept(settings: Settings) -> list[str]:
    """The names of all that is in the folder of files."""
    return sorted(path.name for path in (settings.library / "files").iterdir())


@pytest.fixture
def jobs(library: Library) -> Jobs:
    return Jobs(library)


def test_what_was_put_survives_a_restart_in_its_order(settings: Settings) -> None:
    with Library(settings) as library:
        jobs = Jobs(library)
        assert jobs.all() == []
        put = [jobs.put(f"{number}.txt", [b"This is ", f"{number}.".encode()]) for number in range(5)]
        assert jobs.all() == put
    with Library(settings) as library:
        assert Jobs(library).all() == put
        assert [job.status for job in put] == ["waiting"] * 5
        for number, job in enumerate(put):
            path = library.files.path(job.file)
            assert path is not None
            assert path.read_bytes() == f"This is {number}.".encode()
            assert job.file == hash_of(path.read_bytes())


def test_an_empty_file_can_wait(jobs: Jobs, library: Library) -> None:
    path = library.files.path(jobs.put("empty.txt", []).file)
    assert path is not None
    assert path.read_bytes() == b""


def test_the_next_is_the_one_that_has_waited_longest_and_each_is_claimed_once(jobs: Jobs) -> None:
    put = [jobs.put(f"{number}.txt", [HOURS]) for number in range(30)]
    first = jobs.claim()
    assert first is not None
    assert (first.id, first.status) == (put[0].id, "working")
    claimed: list[list[int]] = [[], []]

    def claim(mine: list[int]) -> None:
        while job := jobs.claim():
            mine.append(job.id)

    threads = [threading.Thread(target=claim, args=(mine,)) for mine in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sorted(mine) for mine in claimed] == claimed
    assert sorted(claimed[0] + claimed[1]) == [job.id for job in put[1:]]
    assert jobs.claim() is None


def test_after_a_restart_what_was_worked_on_waits_again_and_what_is_done_is_no_longer_shown(jobs: Jobs) -> None:
    one, two, three = (jobs.put(f"{number}.txt", [HOURS]) for number in range(3))
    for _ in range(2):
        jobs.claim()
    jobs.done(one.id, well(one))
    assert [job.status for job in jobs.all()] == ["added", "working", "waiting"]
    assert jobs.all()[0].outcome == well(one)
    jobs.start_again()
    assert jobs.all() == [two, three]
    claimed = jobs.claim()
    assert claimed is not None
    assert claimed.id == two.id


def test_of_the_files_that_went_well_only_the_newest_are_remembered(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.queue.jobs._REMEMBERED", 3)
    waits = jobs.put("waits.txt", [HOURS])
    jobs.claim()
    for number in range(6):
        job = jobs.put(f"{number}.txt", [HOURS])
        jobs.claim()
        jobs.done(job.id, well(job))
    assert [job.name for job in jobs.all()] == ["waits.txt", "3.txt", "4.txt", "5.txt"]
    assert jobs.find(waits.id) == jobs.all()[0]


def test_a_job_asks_and_goes_on_with_what_is_decided(jobs: Jobs) -> None:
    job = jobs.put("hours.txt", [HOURS])
    jobs.ask(job.id)
    assert jobs.all() == [job]  # nobody works on it
    jobs.claim()
    jobs.ask(job.id)
    assert [each.status for each in jobs.all()] == ["asking"]
    assert jobs.claim() is None
    jobs.decide(job.id, "keep")
    claimed = jobs.claim()
    assert claimed is not None
    assert (claimed.id, claimed.clash) == (job.id, "keep")


def test_a_failed_file_stays_with_its_reason_until_it_is_tried_again_or_dismissed(settings: Settings) -> None:
    reason = "This PDF is damaged – save it again."
    with Library(settings) as library:
        jobs = Jobs(library)
        put = jobs.put("bad.pdf", [b"bad"])
        jobs.claim()
        jobs.fail(put.id, reason)
    with Library(settings) as library:
        jobs = Jobs(library)
        (failed,) = jobs.all()
        assert (failed.id, failed.name, failed.status, failed.reason) == (put.id, "bad.pdf", "failed", reason)
        assert kept(settings) == [hash_of(b"bad")]
        jobs.retry(put.id)
        (again,) = jobs.all()
        assert put.put_at
        assert again.put_at
        assert put.put_at < again.put_at
        assert replace(again, put_at=put.put_at) == put
        assert jobs.dismiss(put.id, "waiting")
        assert jobs.all() == []
        assert kept(settings) == []


def test_how_it_went_with_a_file_of_a_followed_folder_is_kept_until_the_folder_has_noted_it(jobs: Jobs) -> None:
    noted: list[Job] = []
    put = jobs.put("a.txt", [HOURS], followed=Followed(lambda _, job: noted.append(job), ("aa", "bb")))
    assert noted == [put]
    assert (put.followed, put.clash, put.replaces) == (True, "keep", ("aa", "bb"))
    jobs.put("b.txt", [HOURS])
    jobs.claim()
    jobs.done(put.id, well(put))
    jobs.start_again()
    assert [(job.name, job.status) for job in jobs.followed()] == [("a.txt", "added")]
    assert jobs.dismiss(put.id, "done")
    assert jobs.followed() == []


def test_what_a_followed_folder_refuses_to_note_is_not_put(jobs: Jobs, settings: Settings) -> None:
    def refusing(_connection: Connection, _job: Job) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        jobs.put("a.txt", [HOURS], followed=Followed(refusing))
    assert jobs.all() == []
    assert kept(settings) == []


def test_an_id_is_never_given_twice(jobs: Jobs) -> None:
    first = jobs.put("a.txt", [b"a"])
    assert jobs.dismiss(first.id, "waiting")
    assert not jobs.dismiss(first.id, "waiting")
    assert jobs.put("b.txt", [b"b"]).id > first.id


def test_a_job_in_another_state_is_left_as_it_is(jobs: Jobs) -> None:
    job = jobs.put("a.txt", [b"a"])
    changes: list[Callable[[], object]] = [
        lambda: jobs.fail(job.id, "No."),
        lambda: jobs.retry(job.id),
        lambda: jobs.decide(job.id, "replace"),
        lambda: jobs.done(job.id, well(job)),
        lambda: jobs.dismiss(job.id, "failed", "done", "working", "asking"),
        lambda: jobs.dismiss(job.id + 1, "waiting"),
    ]
    for change in changes:
        change()
        assert jobs.all() == [job]


# --- names are data

NAMES = [
    "a/b/c.txt",
    "../../outside.txt",
    "..",
    ".",
    "/etc/passwd",
    "C:\\Users\\me\\file.txt",
    "line\nbreak\tand\x07bell.txt",
    "x" * 300 + ".txt",
    "no ending",
    ".hidden",
    "",
    " ",
    "日本語 👩‍👩‍👧.pdf",
    "letter.json",
    '"quotes" {and} \\u0041.txt',
    "caf\udce9.txt",
    "nul\x00.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_ever_data(library: Library, settings: Settings, name: str) -> None:
    jobs = Jobs(library)
    before = sorted(path.name for path in settings.library.iterdir())
    put = jobs.put(name, [b"content"])
    assert put.name == name
    assert jobs.all() == [put]
    assert kept(settings) == [put.file] == [hash_of(b"content")]
    jobs.claim()
    jobs.fail(put.id, f"{name} is no good.")
    assert jobs.all()[0].reason == f"{name} is no good."
    jobs.dismiss(put.id, "failed")
    assert kept(settings) == []
    assert sorted(path.name for path in settings.library.iterdir()) == before


@given(names=st.lists(st.text(st.characters(exclude_categories=())), max_size=5))
@examples(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_names_come_back_as_they_were(jobs: Jobs, names: list[str]) -> None:
    before = len(jobs.all())
    for name in names:
        jobs.put(name, [b"content"])
    assert [job.name for job in jobs.all()][before:] == names


# --- a file and whoever needs it


def test_two_jobs_with_the_same_bytes_have_one_file_that_goes_with_the_last(jobs: Jobs, settings: Settings) -> None:
    one, two = jobs.put("a.txt", [HOURS]), jobs.put("b.txt", [HOURS[:5], HOURS[5:]])
    assert kept(settings) == [hash_of(HOURS)]
    assert jobs.dismiss(one.id, "waiting")
    assert kept(settings) == [hash_of(HOURS)]
    assert jobs.dismiss(two.id, "waiting")
    assert kept(settings) == []


def test_a_dismissed_job_leaves_the_file_that_a_document_has(jobs: Jobs, library: Library, settings: Settings) -> None:
    job = jobs.put("hours.txt", [HOURS])
    add_document(library, a_document(job.file, 1))
    assert jobs.dismiss(job.id, "waiting")
    assert kept(settings) == [job.file]


def test_a_dismissed_job_leaves_its_file_where_the_store_cannot_be_read(
    jobs: Jobs, library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: str) -> None:
        raise LibraryUnavailable("The library could not be read.")

    job = jobs.put("hours.txt", [HOURS])
    monkeypatch.setattr(library, "holds", unreadable)
    assert jobs.dismiss(job.id, "waiting")
    assert kept(settings) == [job.file]


def test_a_removed_document_leaves_the_file_that_a_job_needs(jobs: Jobs, library: Library, settings: Settings) -> None:
    job = jobs.put("hours.txt", [HOURS])
    add_document(library, a_document(job.file, 1))
    assert library.delete(job.file)
    assert kept(settings) == [job.file]
    assert jobs.dismiss(job.id, "waiting")
    assert kept(settings) == []


def test_a_document_that_is_removed_before_its_job_is_done_leaves_no_file(
    jobs: Jobs, library: Library, settings: Settings
) -> None:
    job = jobs.put("hours.txt", [HOURS])
    jobs.claim()
    add_document(library, a_document(job.file, 1))
    assert library.delete(job.file)
    jobs.done(job.id, well(job))
    assert kept(settings) == []


# --- interrupted


def test_what_was_only_half_written_is_cleared_away_at_the_next_start(settings: Settings) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"the first half"
        raise Killed

    with Library(settings) as library:
        jobs = Jobs(library)
        whole = jobs.put("whole.txt", [b"whole"])
        with pytest.raises(Killed):
            jobs.put("half.txt", pieces())
        (settings.library / "files" / ".0123456789abcdef").write_bytes(b"as after a power cut")
        library.files.write([b"killed before the row"])
        assert len(kept(settings)) == 3
    with Library(settings) as library:
        assert Jobs(library).all() == [whole]
    assert kept(settings) == [whole.file]


def test_killed_right_after_the_row_the_file_gets_its_place_at_the_next_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_self: Files, _file: WrittenFile) -> None:
        raise Killed

    with Library(settings) as library, monkeypatch.context() as patch:
        patch.setattr(Files, "place", killed)
        with pytest.raises(Killed):
            Jobs(library).put("hours.txt", [HOURS])
        assert library.files.path(hash_of(HOURS)) is None
    with Library(settings) as library:
        assert [job.file for job in Jobs(library).all()] == [hash_of(HOURS)]
        path = library.files.path(hash_of(HOURS))
        assert path is not None
        assert path.read_bytes() == HOURS
    assert kept(settings) == [hash_of(HOURS)]


def test_killed_while_it_is_dismissed_the_job_is_there_with_its_file_or_neither_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_self: Files, _file: WrittenFile) -> None:
        raise Killed

    with Library(settings) as library, monkeypatch.context() as patch:
        jobs = Jobs(library)
        stays, goes = jobs.put("stays.txt", [b"stays"]), jobs.put("goes.txt", [b"goes"])
        library.files.unplace(stays.file)  # killed before the transaction was over
        patch.setattr(Files, "drop", killed)
        with pytest.raises(Killed):
            jobs.dismiss(goes.id, "waiting")
        assert len(kept(settings)) == 2
    with Library(settings) as library:
        assert Jobs(library).all() == [stays]
    assert kept(settings) == [stays.file]


def test_a_dismissal_that_fails_leaves_job_and_file(
    jobs: Jobs, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = jobs.put("hours.txt", [HOURS])
    unplace = Files.unplace

    def then_fails(self: Files, file_hash: str) -> WrittenFile | None:
        monkeypatch.setattr("sqlalchemy.engine.Connection._commit_impl", fails)
        return unplace(self, file_hash)

    def fails(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Files, "unplace", then_fails)
        with pytest.raises(OSError, match="space"):
            jobs.dismiss(job.id, "waiting")
    monkeypatch.undo()
    assert jobs.all() == [job]
    assert kept(settings) == [job.file]


def test_a_file_that_cannot_be_kept_is_said_in_one_sentence_and_leaves_nothing(jobs: Jobs, settings: Settings) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"the first half"
        raise OSError(28, "No space left on device")

    with pytest.raises(LibraryUnavailable) as refused:
        jobs.put("large.txt", pieces())
    assert is_one_sentence(str(refused.value))
    assert kept(settings) == []
    assert jobs.all() == []


# --- several at once


def test_the_jobs_can_be_looked_at_while_files_come_and_go(jobs: Jobs) -> None:
    stays = jobs.put("stays.txt", [b"stays"])
    jobs.claim()
    jobs.ask(stays.id)
    failures: list[BaseException] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            try:
                assert stays.id in [job.id for job in jobs.all()]
            except Exception as error:  # noqa: BLE001 (kept for the test's own thread)
                failures.append(error)
                return

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(50):
        put = jobs.put(f"{number}.txt", [b"comes and goes"])
        jobs.claim()
        jobs.fail(put.id, "It was no good.")
        jobs.retry(put.id)
        jobs.dismiss(put.id, "waiting")
        if failures:
            break
    over.set()
    looking.join()
    assert failures == []


def test_people_who_put_and_dismiss_the_same_bytes_at_once_never_lose_a_file(jobs: Jobs, library: Library) -> None:
    missing: list[int] = []

    def put_and_dismiss() -> None:
        for _ in range(15):
            job = jobs.put("same.txt", [HOURS])
            if library.files.path(job.file) is None:
                missing.append(job.id)
            jobs.dismiss(job.id, "waiting")

    people = [threading.Thread(target=put_and_dismiss) for _ in range(4)]
    for thread in people:
        thread.start()
    for thread in people:
        thread.join()
    assert missing == []
    assert jobs.all() == []
    assert library.files.bytes() == 0


def test_what_a_person_laid_into_the_folder_by_hand_stops_nobody(settings: Settings) -> None:
    folder: Path = settings.library / "files"
    with Library(settings) as library:
        put = Jobs(library).put("a.txt", [b"a"])
        (folder / "Thumbs.db").write_bytes(b"not ours")
        (folder / "a folder").mkdir()
        (folder / ".a hidden folder").mkdir()
        (folder / "notes.removed").write_bytes(b"not ours")
    with Library(settings) as library:
        assert Jobs(library).all() == [put]
    assert (folder / "Thumbs.db").read_bytes() == b"not ours"
    assert (folder / "notes.removed").exists()


def test_a_document_without_a_file_is_removed_as_any_other(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with Library(settings) as library:
        document = put_in(library, settings, "hours.txt", "The office opens at eight.")
        assert library.remove(document.id)
        assert library.documents() == []
