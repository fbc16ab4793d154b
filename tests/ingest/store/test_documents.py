"""The list of documents: fetched only when it has changed, and never an older one than the revision says."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest import Document, Library, Settings
from ingest.errors import LibraryUnavailable, WrongModel
from ingest.store import documents as store_documents
from ingest.store.collection import Collection
from tests.conftest import settings_in, until
from tests.ingest.store.stored import MODEL, WIDTH, Server, a_document, add_document, store, texts, vectors


@pytest.fixture
def fetches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An entry for each time that the documents are fetched from Chroma, which goes on as ever."""
    made: list[str] = []
    fetch = Collection.documents

    def counted(self: Collection) -> list[Document]:
        made.append(self.id)
        return fetch(self)

    monkeypatch.setattr(Collection, "documents", counted)
    return made


def fetched(library: Library) -> list[Document]:
    """What Chroma has, whatever the library holds in memory."""
    collection = library._collections.current()
    return collection.documents() if collection else []


def other_vectors(library: Library) -> None:
    """All documents with the vectors of another model, in the current ones' place."""
    following = library.next_collection("another model", "cosine")
    for document in library.documents():
        passages = texts(document)
        following.store(passages[1:], vectors(passages[1:]))
        following.finish(document, passages[0], vectors(passages[:1])[0])
    assert library.switch()


# --- a folder


def test_the_list_is_that_of_chroma_after_every_change_and_the_revision_moves(library: Library) -> None:
    late, early = a_document("late", 2, minutes=9), a_document("early", 3)
    again = replace(late, added_at=a_document("late", 2, minutes=20).added_at)
    changes: list[tuple[Callable[[], object], list[Document]]] = [
        (lambda: add_document(library, late), [late]),
        (lambda: add_document(library, early), [early, late]),
        (lambda: library.delete("late"), [early]),
        (lambda: add_document(library, again), [early, again]),
        (lambda: add_document(library, late), [early, late]),
        (lambda: other_vectors(library), [early, late]),
        (lambda: library.delete("early"), [late]),
        (lambda: library.delete("late"), []),
    ]
    seen = [library.revision]
    for change, expected in changes:
        change()
        assert library.documents() == expected == fetched(library)
        assert library.revision not in seen
        seen.append(library.revision)


def test_the_list_of_the_start_is_not_fetched_again(library: Library, fetches: list[str]) -> None:
    document = a_document("note", 2)
    add_document(library, document)
    revision = library.revision
    for _ in range(10):
        assert library.documents() == [document]
        library.check_model(MODEL)
        with pytest.raises(WrongModel):
            library.check_model("another model")
    assert library.revision == revision
    assert fetches == []


def test_what_a_caller_does_to_its_list_changes_no_other(library: Library) -> None:
    add_document(library, a_document("note", 2))
    library.documents().clear()
    assert len(library.documents()) == 1


def test_adding_and_removing_fetch_nothing_again(library: Library, fetches: list[str]) -> None:
    assert library.documents() == []
    add_document(library, a_document("first", 1))
    assert len(library.documents()) == 1
    before = len(fetches)
    for number in range(5):
        add_document(library, a_document(f"document {number}", 2, minutes=number))
        library.remove(f"document {number - 1}")
        assert len(library.documents()) == 2
    assert len(fetches) == before


def test_an_unfinished_document_is_not_listed_and_one_that_fails_at_its_end_is_looked_for_again(
    library: Library, fetches: list[str]
) -> None:
    kept, broken = a_document("kept", 2), a_document("broken", 2)
    add_document(library, kept)
    assert library.documents() == [kept]
    store(library, texts(broken)[1:])
    assert library.documents() == [kept]
    before, revision = len(fetches), library.revision
    with pytest.raises(LibraryUnavailable):
        library.finish(broken, texts(broken)[0], np.ones(WIDTH + 1, dtype=np.float32))  # Chroma takes no such vector
    assert library.revision != revision
    assert library.documents() == [kept]
    assert len(fetches) == before + 1


def test_a_change_while_the_list_is_being_fetched_is_not_lost(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, meanwhile = a_document("first", 1), a_document("meanwhile", 1, minutes=1)
    add_document(library, first)
    library._list.forget()
    fetch, changes = Collection.documents, [lambda: add_document(library, meanwhile)]

    def slow(self: Collection) -> list[Document]:
        found = fetch(self)
        if changes:
            changes.pop()()
        return found

    monkeypatch.setattr(Collection, "documents", slow)
    before, documents = library.revision, library.documents()
    assert before != library.revision or documents == [first, meanwhile]
    assert library.documents() == [first, meanwhile]


def test_two_threads_that_change_the_library_and_two_that_read_it_end_with_the_same_list(library: Library) -> None:
    library.prepare(MODEL, "cosine")
    over, failures = threading.Event(), list[str]()

    def change(who: str) -> None:
        for number in range(15):
            add_document(library, a_document(f"{who} {number}", 2, minutes=number))
            if number % 3:
                library.delete(f"{who} {number}")

    def read() -> None:
        held: tuple[int, list[Document]] | None = None
        while not over.is_set():
            revision = library.revision
            documents = library.documents()
            if held and held[0] == revision == library.revision and held[1] != documents:
                failures.append(f"two lists of revision {revision}")
            held = revision, documents

    changing = [threading.Thread(target=change, args=(who,)) for who in ("one", "other")]
    reading = [threading.Thread(target=read) for _ in range(2)]
    for thread in changing + reading:
        thread.start()
    for thread in changing:
        thread.join()
    over.set()
    for thread in reading:
        thread.join()
    assert failures == []
    assert library.documents() == fetched(library)
    assert len(library.documents()) == 10


# --- a server that others change too


def test_what_another_client_adds_or_removes_on_a_server_is_in_the_list(server: Server, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, chroma_url=server.url)
    with Library(settings) as one, Library(settings) as other:
        assert one.documents() == []
        first, second = a_document("first", 2), a_document("second", 3, minutes=1)
        add_document(other, first)
        revision = one.revision
        assert one.documents() == [first]
        add_document(other, second)
        assert one.revision != revision
        assert one.documents() == [first, second]
        other.delete("first")
        assert one.documents() == [second]
        other_vectors(other)
        assert one.bi_encoder() == "another model"
        assert one.documents() == [second]


def test_on_a_server_the_list_is_fetched_again_only_after_a_change_or_some_seconds(
    server: Server, tmp_path: Path, fetches: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_documents, "_SECONDS_HELD", 3600.0)
    settings = settings_in(tmp_path, chroma_url=server.url)
    with Library(settings) as one, Library(settings) as other:
        add_document(other, a_document("first", 2))
        revision = one.revision
        for _ in range(5):
            assert one.documents() == [a_document("first", 2)]
            assert one.revision == revision
        assert len(fetches) == 1
        # As many passages as before: the count does not show it, so that only time does.
        other.delete("first")
        add_document(other, a_document("second", 2))
        assert one.documents() == [a_document("first", 2)]
        monkeypatch.setattr(store_documents, "_SECONDS_HELD", 0.5)
        until(lambda: one.documents() == [a_document("second", 2)], seconds=30)
        assert one.revision != revision


def test_an_old_list_of_a_server_is_no_answer_once_the_server_is_gone(server: Server, tmp_path: Path) -> None:
    with Library(settings_in(tmp_path, chroma_url=server.url)) as library:
        add_document(library, a_document("note", 1))
        assert len(library.documents()) == 1
        server.stop()
        with pytest.raises(LibraryUnavailable):
            library.documents()
        with pytest.raises(LibraryUnavailable):
            _ = library.revision


# --- start


def test_a_list_of_before_a_restart_is_there_after_it(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("note", 2))
    with Library(settings) as library:
        assert library.documents() == [a_document("note", 2)]
