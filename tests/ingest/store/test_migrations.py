"""Databases reach today's tables step by step, each step whole or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ingest.errors import LibraryUnavailable
from ingest.store import database as database_module
from ingest.store import migrations
from ingest.store.database import FILE, Database
from ingest.store.migrations import MIGRATIONS
from ingest.store.tables import METADATA
from tests.conftest import is_one_sentence


def version(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def tables(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_new_database_has_every_migration_and_the_tables_that_the_code_names(tmp_path: Path) -> None:
    Database(tmp_path).close()
    assert version(tmp_path) == len(MIGRATIONS)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        for table in METADATA.sorted_tables:
            found = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
            assert found == [column.name for column in table.columns if column.name != "rowid"], table.name


def test_a_database_of_any_older_version_is_brought_up_to_date_and_keeps_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, len(MIGRATIONS) + 1):
        folder = tmp_path / str(number)
        with monkeypatch.context() as patch:
            for module in (migrations, database_module):
                patch.setattr(module, "MIGRATIONS", MIGRATIONS[:number])
            with Database(folder) as older, older.write() as connection:
                connection.exec_driver_sql(
                    "INSERT INTO judgements (question, passage_id, up, given_at, body) VALUES ('q', 'p', 1, 't', '{}')"
                )
        assert version(folder) == number
        with Database(folder) as newer, newer.read() as connection:
            assert connection.exec_driver_sql("SELECT question FROM judgements").scalar_one() == "q"
        assert version(folder) == len(MIGRATIONS)


def test_a_migration_that_fails_leaves_the_version_before_and_goes_on_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_one = ("CREATE TABLE more (number INTEGER)", "CREATE TABLE more (number INTEGER)")
    with monkeypatch.context() as patch:
        for module in (migrations, database_module):
            patch.setattr(module, "MIGRATIONS", (*MIGRATIONS, next_one))
        with pytest.raises(Exception, match="already exists"):
            Database(tmp_path)
        assert version(tmp_path) == len(MIGRATIONS)
        assert "more" not in tables(tmp_path)
        for module in (migrations, database_module):
            patch.setattr(module, "MIGRATIONS", (*MIGRATIONS, next_one[:1]))
        Database(tmp_path).close()
        assert version(tmp_path) == len(MIGRATIONS) + 1
        assert "more" in tables(tmp_path)


def test_a_database_of_a_newer_version_is_refused_with_a_sentence_and_left_as_it_is(tmp_path: Path) -> None:
    Database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(LibraryUnavailable, match="newer version") as refused:
        Database(tmp_path)
    assert is_one_sentence(str(refused.value))
    assert (tmp_path / FILE).read_bytes() == before
