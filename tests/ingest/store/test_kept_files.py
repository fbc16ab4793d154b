"""A file's bytes and its name are kept together: a row goes only when a person removes the document."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import OperationalError

from ingest import Database, Library, Settings
from ingest.queue.jobs import Jobs
from ingest.store.kept_files import KeptFiles
from tests.conftest import behind
from tests.ingest.store.stored import BACK_TO_THE_SECOND, a_document, add_document, texts, vectors


@pytest.fixture
def kept(database: Database) -> KeptFiles:
    return KeptFiles(database)


def kept_names(settings: Settings) -> list[str]:
    """The names that the database of a closed library has."""
    with Database(settings.library) as database:
        return [document.name for document in KeptFiles(database).documents()]


def test_all_that_is_known_of_a_document_is_kept_whatever_its_name_is_made_of(kept: KeptFiles) -> None:
    documents = [
        replace(a_document("one", 3), name='"Pläne"\n\x00.pdf'),
        replace(a_document("two", 1, minutes=1), name="half \udcff name", pages=None),
    ]
    kept.write(documents)
    assert kept.documents() == documents
    assert kept.document(documents[1].id) == documents[1]
    kept.write([a_document(documents[0].id, 9)])
    assert [document.passages for document in kept.documents()] == [9, 1]
    kept.delete(documents[0].id)
    assert documents[0].id not in kept
    assert kept.document(documents[0].id) is None


def test_a_row_comes_with_a_document_and_goes_when_a_person_removes_it(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("kept", 2))
        add_document(library, a_document("gone", 2))
        library.delete("gone")
    assert kept_names(settings) == ["kept.pdf"]


def test_a_library_of_the_version_before_has_its_rows_after_one_start(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("b", 2, minutes=1))
        add_document(library, a_document("a", 2, minutes=2))
    with closing(sqlite3.connect(settings.library / "pinpoint.db")) as connection:
        connection.executescript(BACK_TO_THE_SECOND)
    Library(settings).close()
    assert kept_names(settings) == ["b.pdf", "a.pdf"]


def test_a_document_whose_row_cannot_be_written_is_not_there(library: Library) -> None:
    with library.database.write() as connection:
        connection.exec_driver_sql("ALTER TABLE kept_files RENAME TO away")
    with pytest.raises(OperationalError):
        add_document(library, a_document("half", 2))
    assert library.documents() == []


def test_a_file_stays_where_the_store_was_emptied_and_the_same_file_is_put_in_again_and_cancelled(
    settings: Settings,
) -> None:
    with Library(settings) as library:
        written = library.files.write([b"The office opens at eight."])
        library.files.place(written)
        add_document(library, a_document(written.hash, 2))
        with behind(settings) as collection:
            collection.delete(ids=collection.get(include=[])["ids"])
        jobs = Jobs(library)
        job = jobs.put("again.txt", pieces())
        assert library.document(written.hash) is None
        assert jobs.dismiss(job.id, "waiting")
        assert library.files.path(written.hash) is not None
        library.drop_file(written.hash)
        assert library.files.path(written.hash) is not None
        library.delete(written.hash)
        assert library.files.path(written.hash) is None


def pieces() -> Iterator[bytes]:
    yield b"The office opens at eight."


def test_adding_again_brings_the_row_up_to_date(settings: Settings) -> None:
    with Library(settings) as library:
        document = a_document("note", 3)
        add_document(library, document)
        library.remove_passages(document.id)
        library.finish(a_document("note", 1), texts(document)[0], vectors(texts(document))[0])
    with Database(settings.library) as database:
        (row,) = KeptFiles(database).documents()
    assert (row.passages, row.added_at <= datetime.now(UTC)) == (1, True)
