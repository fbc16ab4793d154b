"""What is committed is kept, what fails is undone, what is deleted is gone, and every failure is a sentence."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from ingest.errors import LibraryUnavailable
from ingest.store.database import FILE, Database
from ingest.store.tables import CONVERSATIONS, JUDGEMENTS, TURN_TEXTS, TURNS
from tests.conftest import ROOT, is_one_sentence, no_room


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new database that does not wait for long."""
    with Database(tmp_path / "library", patience=0.2) as opened:
        yield opened


def add_row(connection: Connection, question: str, body: str = "{}") -> None:
    connection.execute(
        insert(JUDGEMENTS).values(question=question, passage_id="p", up=1, given_at="2026-01-01", body=body)
    )


def rows(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(JUDGEMENTS.c.question).order_by(JUDGEMENTS.c.number)).scalars())


def refusal(error: pytest.ExceptionInfo[LibraryUnavailable], words: str) -> bool:
    return is_one_sentence(str(error.value)) and words in str(error.value)


def test_what_is_committed_is_there_after_a_restart_and_what_fails_is_undone(tmp_path: Path) -> None:
    with Database(tmp_path) as database:
        with database.write() as connection:
            add_row(connection, "kept")
        with pytest.raises(ValueError, match="on purpose"), database.write() as connection:  # noqa: PT012
            add_row(connection, "undone")
            raise ValueError("on purpose")
        with pytest.raises(IntegrityError), database.write() as connection:
            add_row(connection, "kept")
    with Database(tmp_path) as database:
        assert rows(database) == ["kept"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_every_connection_is_durable_and_checks_references(database: Database) -> None:
    settings = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 200}
    with database.read() as first, database.read() as second:
        for connection in (first, second):
            for name, value in settings.items():
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == value, name
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(TURNS).values(conversation=1, ordinal=0, body="{}"))


def test_a_reader_sees_one_state_and_does_not_hold_up_a_writer(database: Database) -> None:
    count = select(func.count()).select_from(JUDGEMENTS)
    with database.read() as reading:
        assert reading.execute(count).scalar_one() == 0
        with database.write() as writing:
            add_row(writing, "one")
        assert reading.execute(count).scalar_one() == 0
    assert rows(database) == ["one"]


def test_several_threads_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    failed: list[BaseException] = []
    with Database(tmp_path) as database:

        def write(number: int) -> None:
            try:
                for round_ in range(10):
                    with database.write() as connection:
                        before = connection.execute(select(func.count()).select_from(JUDGEMENTS)).scalar_one()
                        add_row(connection, f"{number}.{round_}", str(before))
                    assert f"{number}.{round_}" in rows(database)
            except BaseException as error:  # noqa: BLE001 - a thread's failure is the test's
                failed.append(error)

        threads = [threading.Thread(target=write, args=[number]) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        with database.read() as connection:
            counted = list(connection.execute(select(JUDGEMENTS.c.body).order_by(JUDGEMENTS.c.number)).scalars())
    assert counted == [str(number) for number in range(200)]


def test_a_database_that_another_program_holds_is_said_in_one_sentence(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryUnavailable) as refused, database.write():
            pass
        assert refusal(refused, "in use by another program")
        assert rows(database) == []
        other.execute("ROLLBACK")
    with database.write() as connection:
        add_row(connection, "after")
    assert rows(database) == ["after"]


def test_a_writer_that_waits_for_too_long_and_too_many_readers_are_said_in_one_sentence(database: Database) -> None:
    with database.write(), pytest.raises(LibraryUnavailable) as refused, database.write():
        pass
    assert refusal(refused, "in use")
    opened = []
    with pytest.raises(LibraryUnavailable) as refused:  # noqa: PT012
        for _ in range(100):
            reading = database.read()
            reading.__enter__()
            opened.append(reading)
    assert refusal(refused, "in use")
    for reading in opened:
        reading.__exit__(None, None, None)
    assert rows(database) == []


def test_a_full_disk_is_said_in_one_sentence_and_what_was_kept_stays(database: Database) -> None:
    with database.write() as connection:
        add_row(connection, "before")
    size = database.path.stat().st_size
    with no_room(size), pytest.raises(LibraryUnavailable) as refused, database.write() as connection:
        add_row(connection, "too long", "x" * 2 * size)
    assert refusal(refused, "disk is full")
    assert rows(database) == ["before"]
    with database.write() as connection:
        add_row(connection, "after")
    assert rows(database) == ["before", "after"]


@pytest.mark.parametrize(
    "content", [b"This is a letter, not a database. " * 200, b"SQLite format 3\0" + b"\xff" * 8000]
)
def test_a_file_that_is_no_database_is_said_in_one_sentence_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(LibraryUnavailable) as refused:
        Database(tmp_path)
    assert refusal(refused, "damaged")
    assert (tmp_path / FILE).read_bytes() == content


def test_a_damaged_page_is_said_in_one_sentence(tmp_path: Path) -> None:
    with Database(tmp_path) as database, database.write() as connection:
        for number in range(200):
            add_row(connection, f"Question {number}", "x" * 1000)
    content = bytearray((tmp_path / FILE).read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(LibraryUnavailable) as refused:
        Database(tmp_path)
    assert refusal(refused, "damaged")
    assert "python -m ingest repair" in str(refused.value)


def test_wherever_bytes_of_it_are_damaged_it_is_read_or_refused_with_one_sentence(tmp_path: Path) -> None:
    with Database(tmp_path / "whole") as database, database.write() as connection:
        for number in range(20):
            add_row(connection, f"Größe {number}", "ü" * 40)
    whole = (tmp_path / "whole" / FILE).read_bytes()
    chance, refusals = random.Random(5), list[str]()
    for number in range(60):
        content = bytearray(whole)
        for place in chance.sample(range(len(content)), chance.choice([1, 30, 300])):
            content[place] ^= 255
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / FILE).write_bytes(content)
        try:
            with Database(folder) as damaged:
                rows(damaged)
        except LibraryUnavailable as error:
            refusals.append(str(error))
    assert 0 < len(refusals) < 60
    assert [each for each in refusals if "damaged" not in each and "newer version" not in each] == []


def test_a_folder_that_cannot_be_made_and_a_file_that_is_a_folder_are_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryUnavailable) as refused:
        Database(tmp_path / "file" / "library")
    assert refusal(refused, "cannot be made")
    (tmp_path / FILE).mkdir()
    with pytest.raises(LibraryUnavailable) as refused:
        Database(tmp_path)
    assert refusal(refused, "cannot be opened")


def test_a_mistake_in_a_statement_is_no_failure_of_the_library(database: Database) -> None:
    with pytest.raises(OperationalError, match="no such table"), database.read() as connection:
        connection.exec_driver_sql("SELECT * FROM missing")


def test_deleted_text_is_in_no_file_of_the_folder(database: Database) -> None:
    with database.write() as connection:
        connection.execute(
            insert(CONVERSATIONS).values(number=1, id="a", name="", name_searched="", started_at="", changed_at="")
        )
        connection.execute(insert(TURNS).values(number=7, conversation=1, ordinal=0, body="confidential " * 2000))
        connection.execute(insert(TURN_TEXTS).values(rowid=7, text="confidential " * 2000))
    with database.write() as connection:
        connection.execute(CONVERSATIONS.delete())
        assert connection.execute(select(func.count()).select_from(TURN_TEXTS)).scalar_one() == 0
    database.empty_log()
    found = {path.name: b"confidential" in path.read_bytes() for path in database.folder.iterdir()}
    assert found[FILE] is False
    assert not any(found.values())


def test_text_that_was_deleted_just_before_a_kill_is_gone_after_the_next_start(
    database: Database, tmp_path: Path
) -> None:
    """The files are copied while the database is open, as a kill would leave them."""
    with database.write() as connection:
        add_row(connection, "confidential")
    with database.write() as connection:
        connection.execute(JUDGEMENTS.delete())
    killed = Path(shutil.copytree(database.folder, tmp_path / "killed"))

    def is_found() -> bool:
        return any(b"confidential" in path.read_bytes() for path in killed.iterdir())

    assert is_found()
    with Database(killed) as opened:
        assert not is_found()
        assert rows(opened) == []


KILLED = """
import sys
from pathlib import Path
from ingest.store.database import Database
from sqlalchemy import insert
from ingest.store.tables import JUDGEMENTS
database = Database(Path(sys.argv[1]))
number = 0
while True:
    with database.write() as connection:
        for part in (0, 1):
            row = {"question": f"{number}.{part}", "passage_id": "p", "up": 1, "given_at": "", "body": "{}"}
            connection.execute(insert(JUDGEMENTS).values(row))
    number += 1
    print(number, flush=True)
"""


def test_a_killed_process_leaves_what_it_committed_and_no_half_transaction(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(20)]
    os.kill(process.pid, signal.SIGKILL)
    told += [int(line) for line in process.communicate()[0].split()]
    with Database(tmp_path) as database:
        found = rows(database)
    assert len(found) >= 2 * told[-1]
    assert found == [f"{number}.{part}" for number in range(len(found) // 2) for part in (0, 1)]
