"""A library of the version before the database: all of it is there afterwards, whenever the move is interrupted."""

import hashlib
import json
import shutil
from datetime import UTC, datetime

import pytest

from ingest import Library, Settings, Worker
from ingest.errors import LibraryUnavailable
from ingest.pipeline.add import add
from ingest.queue.jobs import Jobs
from ingest.store import take_over as module
from ingest.store.database import FILE
from ingest.store.files import Files
from tests.conftest import is_one_sentence, settings_in, until, written

HOURS = "The office opens at eight."
ARRIVED = 1_700_000_000_000_000_000


class Killed(BaseException):
    """The process ends here."""


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entry(settings: Settings, number: int, content: str, **about: str | None) -> None:
    """A file in the inbox, as the version before wrote it."""
    folder = settings.library / "inbox" / f"{ARRIVED + number * 1_000_000_000:020d}-0a1b2c{number:02x}"
    folder.mkdir(parents=True)
    (folder / "file").write_text(content, encoding="utf-8")
    (folder / "letter.json").write_text(json.dumps({"reason": None, "clash": None, **about}), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library as the version before left it, which is copied and never changed."""
    folder = tmp_path_factory.mktemp("made")
    settings = settings_in(folder)
    with Library(settings) as library:
        for name, text in (("hours.txt", HOURS), ("gone.txt", "This goes.")):
            assert add(written(folder, name, text), library, settings).status == "added"
    (settings.library / FILE).unlink()
    originals = settings.library / "files"
    originals = originals.rename(settings.library / "originals")
    (originals / hash_of("This goes.")).rename(originals / f"{hash_of('This goes.')}.removed")
    (originals / f".{'0' * 64}").write_text("half a co", encoding="utf-8")
    entry(settings, 1, "The lift is at the back.", name="lift.txt")
    entry(settings, 2, "", name="empty.txt", reason="This file is empty.")
    entry(settings, 3, "The office opens at nine.", name="hours.txt", clash="ask")
    entry(settings, 4, "The office opens at ten.", name="hours.txt", clash="keep")
    entry(settings, 5, HOURS, name="caf\udce9.txt")
    entry(settings, 6, HOURS, name="again.txt", reason="The disk is almost full.")
    (settings.library / "inbox" / f".{ARRIVED:020d}-00000000").mkdir()
    (settings.library / "inbox" / f".{ARRIVED:020d}-00000000" / "file").write_text("half a fi", encoding="utf-8")
    return settings


@pytest.fixture
def old(made: Settings, settings: Settings) -> Settings:
    """A copy of it: documents, one of them half removed, and an inbox of every kind."""
    shutil.copytree(made.library, settings.library)
    return settings


JOBS = [
    ("lift.txt", "waiting", None, None, hash_of("The lift is at the back.")),
    ("empty.txt", "failed", None, "This file is empty.", hash_of("")),
    ("hours.txt", "asking", None, None, hash_of("The office opens at nine.")),
    ("hours.txt", "waiting", "keep", None, hash_of("The office opens at ten.")),
    ("caf\udce9.txt", "waiting", None, None, hash_of(HOURS)),
    ("again.txt", "failed", None, "The disk is almost full.", hash_of(HOURS)),
]


def check_taken_over(settings: Settings) -> None:
    with Library(settings) as library:
        jobs = Jobs(library).all()
        assert [(job.name, job.status, job.clash, job.reason, job.file) for job in jobs] == JOBS
        assert [document.name for document in library.documents()] == ["hours.txt"]
        kept = {path.name: path.read_text(encoding="utf-8") for path in (settings.library / "files").iterdir()}
        assert kept.keys() == {hash_of(HOURS), *(job.file for job in jobs)}
        assert all(hash_of(text) == name for name, text in kept.items())
    assert not (settings.library / "inbox").exists()
    assert not (settings.library / "originals").exists()


def test_a_library_of_the_version_before_is_taken_over_whole(old: Settings) -> None:
    check_taken_over(old)
    check_taken_over(old)


def test_the_work_goes_on_where_the_version_before_left_it(old: Settings) -> None:
    with Library(old) as library:
        worker = Worker(library, old)
        until(lambda: not any(job.going for job in worker.jobs()))
        assert [job.status for job in worker.jobs()] == ["added", "failed", "asking", "added", "unchanged", "failed"]
        assert sorted(document.name for document in library.documents()) == ["hours (2).txt", "hours.txt", "lift.txt"]


def test_the_time_of_arrival_is_kept(old: Settings) -> None:
    with Library(old) as library, library.database.read() as connection:
        put_at = connection.exec_driver_sql("SELECT put_at FROM jobs ORDER BY id").scalars().all()
    times = [datetime.fromisoformat(each) for each in put_at]
    assert times[0] == datetime.fromtimestamp(ARRIVED / 1e9 + 1, UTC)
    assert times == sorted(times)


@pytest.mark.parametrize("step", range(24))
def test_interrupted_at_any_step_it_goes_on_at_the_next_start(
    old: Settings, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Before and after each move of a file, each row and each deletion of a folder."""
    steps = iter(range(1000))

    def interrupting(name: str, owner: object) -> None:
        work = getattr(owner, name)

        def interrupted(*arguments: object, **others: object) -> object:
            if next(steps) == step:
                raise Killed
            done = work(*arguments, **others)
            if next(steps) == step:
                raise Killed
            return done

        monkeypatch.setattr(owner, name, interrupted)

    with monkeypatch.context():
        interrupting("take_in", Files)
        interrupting("_write_job", module)
        interrupting("rmtree", shutil)
        with pytest.raises(Killed):
            Library(old)
        monkeypatch.undo()
    check_taken_over(old)


def test_what_is_none_of_ours_is_left_where_it_is(old: Settings) -> None:
    for folder in ("inbox", "originals"):
        (old.library / folder / "Thumbs.db").write_bytes(b"not ours")
        (old.library / folder / "a folder").mkdir()
    broken = old.library / "inbox" / f"{ARRIVED:020d}-ffffffff"
    broken.mkdir()
    (broken / "file").write_text("its letter is damaged", encoding="utf-8")
    (broken / "letter.json").write_text("{", encoding="utf-8")
    for _ in range(2):
        with Library(old) as library:
            assert len(Jobs(library).all()) == len(JOBS)
    assert (broken / "file").exists()
    for folder in ("inbox", "originals"):
        assert (old.library / folder / "Thumbs.db").read_bytes() == b"not ours"


def test_where_it_cannot_be_taken_over_one_sentence_says_so_and_nothing_is_lost(
    old: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Files, "take_in", refuses)
        with pytest.raises(LibraryUnavailable) as refused:
            Library(old)
    assert is_one_sentence(str(refused.value))
    check_taken_over(old)
