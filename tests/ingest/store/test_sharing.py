"""Several processes on one Chroma server: nobody deletes another's rows, and what is removed is gone everywhere."""

import base64
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ingest import Document, Library, Settings
from ingest.errors import LibraryUnavailable
from ingest.store import leases
from ingest.store.chroma import connect
from tests.conftest import is_one_sentence, settings_in
from tests.ingest.store.proxy import proxy
from tests.ingest.store.stored import Server, a_document, add_document, store, texts, vectors


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of this file: starting one takes seconds."""
    started = Server(tmp_path_factory.mktemp("server"))
    yield started
    started.stop()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    """That server, emptied after each test."""
    yield running
    with closing(connect(running.url)) as client:
        for collection in client.list_collections():
            client.delete_collection(collection.name)


@pytest.fixture
def both(server: Server, tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    """Two libraries with folders of their own, as on two machines."""
    with Library(on(server, tmp_path / "one")) as one, Library(on(server, tmp_path / "two")) as two:
        yield one, two


def on(server: Server, folder: Path, **changed: object) -> Settings:
    return settings_in(folder, chroma_url=server.url, **changed)


def add_whole(library: Library, document: Document) -> Document | None:
    """Add a document as an upload does; what another process had added."""
    with library.adding(document.id) as already:
        if already is None:
            add_document(library, document)
    return already


def with_file(library: Library) -> Document:
    """A document that stands on a file."""
    written = library.files.write([b"The office opens at eight."])
    library.files.place(written)
    document = a_document(written.hash, 3)
    add_whole(library, document)
    return document


def test_a_document_that_another_process_is_adding_is_waited_for_and_then_there(both: tuple[Library, Library]) -> None:
    one, two = both
    document, waited, found = a_document("same", 3), threading.Event(), list[Document | None]()

    def add_too() -> None:
        with two.adding(document.id, waited.set) as already:
            found.append(already)

    with one.adding(document.id):
        store(one, texts(document)[1:])
        thread = threading.Thread(target=add_too)
        thread.start()
        assert waited.wait(30)
        one.finish(document, texts(document)[0], vectors(texts(document)[:1])[0])
    thread.join(30)
    assert found == [document]
    assert list(two.passages([document])) == texts(document)


def test_an_attempt_that_fails_after_another_has_taken_over_deletes_nothing_of_that(
    both: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = both
    document = a_document("same", 3)
    monkeypatch.setattr(one._sharing._leases, "seconds", 0.0)  # type: ignore[attr-defined]
    with pytest.raises(LibraryUnavailable, match="taken over") as refused, one.adding(document.id):  # noqa: PT012
        store(one, texts(document)[1:2])  # and stands still for too long
        assert add_whole(two, document) is None
        store(one, texts(document)[2:])
    assert is_one_sentence(str(refused.value))
    assert two.documents() == [document]
    assert list(two.passages([document])) == texts(document)


def test_an_attempt_that_fails_leaves_nothing_and_lets_others_try(both: tuple[Library, Library]) -> None:
    one, two = both
    document = a_document("half", 3)
    with pytest.raises(ZeroDivisionError), one.adding(document.id):  # noqa: PT012
        store(one, texts(document)[1:])
        raise ZeroDivisionError
    assert one.rows() == 0
    assert add_whole(two, document) is None
    assert two.documents() == [document]


def test_what_an_ended_attempt_left_is_swept_and_what_one_that_goes_on_has_is_not(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, going = a_document("ended", 3), a_document("going", 3)
    with Library(on(server, tmp_path / "one")) as one:
        one._sharing.adding(going.id, lambda: None)
        store(one, texts(going)[1:])
        with monkeypatch.context() as patch:
            patch.setattr(leases, "SECONDS", -1.0)  # killed, long ago
            with Library(on(server, tmp_path / "two")) as two:
                two._sharing.adding(ended.id, lambda: None)
                two._collections.prepared().store(texts(ended)[1:], vectors(texts(ended)[1:]))
        assert one.rows() == 4
        with Library(on(server, tmp_path / "three")) as three:
            assert three.rows() == 2
        one.finish(going, texts(going)[0], vectors(texts(going)[:1])[0])
        assert list(one.passages(one.documents())) == texts(going)


def test_what_one_process_removes_is_gone_with_the_original_of_the_other(both: tuple[Library, Library]) -> None:
    one, two = both
    document = with_file(one)
    assert two.documents() == [document]
    assert two.delete(document.id)
    assert one.documents() == []
    assert one.files.path(document.id) is None
    assert one.home.kept.documents() == []


def test_an_original_that_nobody_removed_stays_whatever_becomes_of_the_server(
    both: tuple[Library, Library], tmp_path: Path, server: Server
) -> None:
    one, two = both
    document = with_file(one)
    two._collections._delete("passages")
    assert one.documents() == []
    assert one.files.path(document.id) is not None
    one.close()
    with pytest.raises(LibraryUnavailable, match=f"The Chroma server at {server.url} is empty"):
        Library(on(server, tmp_path / "one"))


def test_a_document_that_is_added_again_after_a_removal_keeps_its_file(both: tuple[Library, Library]) -> None:
    one, two = both
    document = with_file(one)
    two.delete(document.id)
    add_whole(two, document)
    assert one.documents() == [document]
    assert one.files.path(document.id) is not None


# --- the address


@pytest.mark.parametrize("credentials", ["none", "token", "user"])
def test_a_server_behind_a_path_a_token_or_a_password_is_used(server: Server, tmp_path: Path, credentials: str) -> None:
    basic = base64.b64encode(b"me:secret").decode()
    wanted = {"none": None, "token": "Bearer a-token", "user": f"Basic {basic}"}[credentials]
    with proxy(server.port, "/team/chroma", wanted) as port:
        user = "me:secret@" if credentials == "user" else ""
        url = f"http://{user}localhost:{port}/team/chroma/"
        token = "a-token" if credentials == "token" else None
        with Library(settings_in(tmp_path, chroma_url=url, chroma_token=token)) as library:
            add_whole(library, a_document("note", 2))
            assert library.documents() == [a_document("note", 2)]
        if wanted:
            with pytest.raises(LibraryUnavailable, match="lets nobody in") as refused:
                Library(settings_in(tmp_path, chroma_url=f"http://me:wrong@localhost:{port}/team/chroma"))
            assert is_one_sentence(str(refused.value))
            assert "wrong" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://localhost", "http://", "http://localhost:no", "http://localhost/?a=b"]
)
def test_what_is_no_address_is_refused_with_one_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(LibraryUnavailable, match="is no address") as refused:
        Library(settings_in(tmp_path, chroma_url=url))
    assert is_one_sentence(str(refused.value))
