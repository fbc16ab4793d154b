"""The library: what is in it stays, what was never completed is never seen, what is removed is gone whole."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest import Library, Passage, Settings, load_settings
from ingest.embedding.bi_encoder import Vectors
from ingest.errors import LibraryUnavailable, WrongModel
from ingest.store.migrations import MIGRATIONS
from tests.conftest import ROOT, behind, is_one_sentence, rows, settings_in
from tests.ingest.store.stored import MODEL, WIDTH, Server, a_document, add_document, free_port, store, texts, vectors

# --- what is added stays


def test_what_was_added_is_there_after_closing_and_opening_again(settings: Settings) -> None:
    document = a_document("handbook", passages=5)
    with Library(settings) as library:
        add_document(library, document)
    with Library(settings) as library:
        assert library.documents() == [document]
        assert library.document("handbook") == document
        assert list(library.passages([document])) == texts(document)
        for passage, vector in zip(texts(document), vectors(texts(document)), strict=True):
            assert library.nearest(vector, 1, [document]) == [passage]


def test_a_document_without_pages_or_headings_has_none_after_opening_again(settings: Settings) -> None:
    document = replace(a_document("note", passages=1), pages=None)
    passage = Passage("note", 0, "Text.")
    with Library(settings) as library:
        library.prepare(MODEL, "cosine")
        library.finish(document, passage, vectors([passage])[0])
    with Library(settings) as library:
        assert library.documents() == [document]
        assert list(library.passages([document])) == [passage]


def test_a_library_of_the_version_before_opens_with_its_documents_as_they_were(settings: Settings) -> None:
    """It had no cells of passages, no addresses of web pages and no followed folders."""
    document = replace(a_document("prices", passages=2), source=None)
    passages = [replace(passage, cells=None) for passage in texts(document)]
    with Library(settings) as library:
        library.prepare(MODEL, "cosine")
        library.store(passages[1:], vectors(passages)[1:])
        library.finish(document, passages[0], vectors(passages)[0])
        with library.database.write() as connection:
            for table in ("followed_files", "followed_folders"):
                connection.exec_driver_sql(f"DROP TABLE {table}")
            for column in ("address", "followed", "replaces"):
                connection.exec_driver_sql(f"ALTER TABLE jobs DROP COLUMN {column}")
            connection.exec_driver_sql("ALTER TABLE kept_files DROP COLUMN source")
            connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS) - 2}")
    with Library(settings) as library:
        assert library.documents() == library.home.kept.documents() == [document]
        assert list(library.passages([document])) == passages
        add_document(library, a_document("tides", passages=1, minutes=1))
        assert [each.source for each in library.documents()] == [None, "https://example.org/tides"]


def test_the_number_of_pages_with_ocr_is_read_from_a_library_of_any_version(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("scan", 1))
    for key in ("pages_from_pictures", "ocr_pages"):
        with behind(settings) as collection:
            (first,) = collection.get(ids=["scan:0"])["metadatas"] or []
            metadata = {
                name: value for name, value in first.items() if name not in {"pages_from_pictures", "ocr_pages"}
            }
            collection.delete(ids=["scan:0"])
            vector = np.ones((1, WIDTH), dtype=np.float32)
            collection.add(ids=["scan:0"], embeddings=vector, documents=["Text."], metadatas=[{**metadata, key: 7}])
        with Library(settings) as library:
            assert [document.ocr_pages for document in library.documents()] == [7]


def test_documents_are_listed_in_the_order_in_which_they_were_added(library: Library) -> None:
    assert library.documents() == []
    documents = [a_document("c", 1, minutes=1), a_document("a", 3, minutes=2), a_document("b", 2, minutes=3)]
    for document in documents:
        add_document(library, document)
    assert library.documents() == documents


def test_the_nearest_passages_are_of_the_chosen_documents_only_and_the_nearest_comes_first(library: Library) -> None:
    first, second = a_document("first", 6), a_document("second", 6)
    add_document(library, first)
    add_document(library, second)
    for passage, vector in zip(texts(first), vectors(texts(first)), strict=True):
        assert library.nearest(vector, 3, [first, second])[0] == passage
        found = library.nearest(vector, 100, [second])
        assert sorted(other.ordinal for other in found) == list(range(6))
        assert {other.document_id for other in found} == {"second"}
        assert library.nearest(vector, 3, []) == []


def test_of_few_documents_that_are_far_from_the_question_none_is_missed(library: Library) -> None:
    near, far = a_document("near", 1500), a_document("far", 40)
    chance = np.random.default_rng(7)
    asked = np.zeros(WIDTH, dtype=np.float32)
    asked[0] = 1
    library.prepare(MODEL, "cosine")
    for document, middle in ((near, asked), (far, -asked)):
        placed = middle + chance.normal(size=(document.passages, WIDTH), scale=0.2)
        around: Vectors = np.asarray(placed / np.linalg.norm(placed, axis=1, keepdims=True), dtype=np.float32)
        library.store(texts(document)[1:], around[1:])
        library.finish(document, texts(document)[0], around[0])
    nearest = [texts(far)[row] for row in np.argsort(-(around @ asked))]
    assert library.nearest(asked, 30, [far]) == nearest[:30]
    assert library.nearest(asked, 100, [far]) == nearest
    library.store(texts(far)[1:], -around[1:])  # its vectors were kept; they are not once it has changed
    library.finish(far, texts(far)[0], -around[0])
    assert library.nearest(asked, 100, [far]) == nearest[::-1]


def test_of_a_small_library_none_of_the_nearest_is_missed(library: Library) -> None:
    whole = a_document("whole", 1500)
    chance = np.random.default_rng(7)
    placed = chance.normal(size=(whole.passages, WIDTH))
    own: Vectors = np.asarray(placed / np.linalg.norm(placed, axis=1, keepdims=True), dtype=np.float32)
    library.prepare(MODEL, "cosine")
    passages = texts(whole)
    library.store(passages[1:], own[1:])
    library.finish(whole, passages[0], own[0])
    for asked in own[:20]:
        nearest = [passages[row] for row in np.argsort(-(own @ asked), kind="stable")]
        assert library.nearest(asked, 100, library.documents()) == nearest[:100]


def test_the_index_of_a_library_of_an_older_version_looks_as_far_as_that_of_a_new_one(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("paper", 2))
    with behind(settings) as collection:
        new = collection.configuration_json["hnsw"]["ef_search"]
        collection.modify(configuration={"hnsw": {"ef_search": 100}})
    with Library(settings) as library:
        assert len(library.documents()) == 1
    with behind(settings) as collection:
        assert collection.configuration_json["hnsw"]["ef_search"] == new > 100


def test_passages_are_found_by_their_ids_in_the_order_asked_for(library: Library) -> None:
    document = a_document("paper", 5)
    add_document(library, document)
    asked = texts(document)[3], texts(document)[0], texts(document)[4]
    assert library.passages_of([passage.id for passage in asked]) == [*asked]
    assert library.passages_of(["paper:3", "paper:99", "other:0"]) == [texts(document)[3]]
    assert library.passages_of([]) == []


# --- what was never completed is never seen


def test_a_document_is_in_the_library_only_when_its_metadata_is_written(settings: Settings) -> None:
    whole, half = a_document("whole", 2), a_document("half", 3)
    with Library(settings) as library:
        add_document(library, whole)
        store(library, texts(half)[1:])
        assert library.documents() == [whole]
        assert library.document("half") is None
        for vector in vectors(texts(half)):
            assert {passage.document_id for passage in library.nearest(vector, 10, [whole])} == {"whole"}
        library.finish(half, texts(half)[0], vectors(texts(half))[0])
        assert {document.id for document in library.documents()} == {"whole", "half"}


def test_what_an_interrupted_adding_left_is_swept_away_at_the_next_start(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("whole", 2))
        store(library, texts(a_document("half", 4))[1:])
    assert len(rows(settings)) == 5
    with Library(settings) as library:
        assert library.documents() == [a_document("whole", 2)]
    assert rows(settings) == ["whole:0", "whole:1"]


def test_what_the_very_first_adding_left_is_swept_away_too(settings: Settings) -> None:
    with Library(settings) as library:
        store(library, texts(a_document("half", 4))[1:])
    Library(settings).close()
    assert rows(settings) == []


def test_what_an_interrupted_removal_left_is_swept_away_at_the_next_start(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("whole", 2))
        add_document(library, a_document("going", 4))
    with behind(settings) as collection:
        collection.delete(ids=["going:0"])  # the metadata goes first
    with Library(settings) as library:
        assert library.documents() == [a_document("whole", 2)]
    assert rows(settings) == ["whole:0", "whole:1"]


def test_an_interrupted_document_can_be_added_again_without_a_restart(library: Library) -> None:
    document = a_document("half", 4)
    store(library, texts(document)[2:])
    add_document(library, document)
    assert list(library.passages(library.documents())) == texts(document)


# --- what is removed is gone


def test_removal_leaves_no_passage_and_no_vector(settings: Settings) -> None:
    with Library(settings) as library:
        kept, gone = a_document("kept", 3), a_document("gone", 4)
        add_document(library, kept)
        add_document(library, gone)
        assert library.delete("gone")
        assert library.documents() == [kept]
        assert library.document("gone") is None
        assert list(library.passages([gone])) == []
        for vector in vectors(texts(gone)):
            assert {passage.document_id for passage in library.nearest(vector, 10, [kept, gone])} == {"kept"}
        assert list(library.passages([kept])) == texts(kept)
    assert rows(settings) == ["kept:0", "kept:1", "kept:2"]


@pytest.mark.parametrize("unknown", ["nothing", "", "kep", "kept:0", "kept:1"])
def test_removing_what_is_not_there_says_so_and_changes_nothing(library: Library, unknown: str) -> None:
    assert not library.delete(unknown)
    add_document(library, a_document("kept", 2))
    assert not library.delete(unknown)
    assert list(library.passages(library.documents())) == texts(a_document("kept", 2))


def test_a_removed_document_can_be_added_again(library: Library) -> None:
    add_document(library, a_document("note", 3))
    library.delete("note")
    add_document(library, a_document("note", 3))
    assert list(library.passages(library.documents())) == texts(a_document("note", 3))


# --- one process at a time


def listed(settings: Settings) -> subprocess.CompletedProcess[str]:
    """`python -m ingest list`, in a process of its own."""
    environment = {**os.environ, "PINPOINT_LIBRARY": str(settings.library), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "ingest", "list", "--json"],
        cwd=settings.library.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_second_process_is_told_in_one_sentence_that_the_library_is_in_use(settings: Settings) -> None:
    with Library(settings) as library:
        add_document(library, a_document("note", 1))
        second = listed(settings)
    assert second.returncode == 1
    assert second.stdout == ""
    assert "in use" in second.stderr
    assert str(settings.library) in second.stderr
    assert is_one_sentence(second.stderr.strip())
    assert listed(settings).returncode == 0


def test_a_second_library_on_the_folder_is_refused_and_the_first_goes_on(settings: Settings) -> None:
    with Library(settings) as first:
        with pytest.raises(LibraryUnavailable, match="in use"):
            Library(settings)
        add_document(first, a_document("note", 1))
        assert len(first.documents()) == 1


def test_a_library_can_be_closed_by_another_thread_than_the_one_that_opened_it(settings: Settings) -> None:
    opened: list[Library] = []
    thread = threading.Thread(target=lambda: opened.append(Library(settings)))
    thread.start()
    thread.join()
    opened[0].close()
    Library(settings).close()


def test_several_threads_can_use_one_library_at_once(library: Library) -> None:
    documents = [a_document(f"document {number}", 3, minutes=number) for number in range(6)]
    threads = [threading.Thread(target=add_document, args=(library, document)) for document in documents]
    library.prepare(MODEL, "cosine")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert library.documents() == documents
    assert len(list(library.passages(documents))) == 18


# --- a folder that does not do


def refusal(settings: Settings) -> str:
    with pytest.raises(LibraryUnavailable) as refused:
        Library(settings)
    return str(refused.value)


def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(settings: Settings) -> None:
    settings.library.write_text("a file in its place", encoding="utf-8")
    sentence = refusal(settings)
    assert "PINPOINT_LIBRARY" in sentence
    assert is_one_sentence(sentence)


def test_a_folder_below_a_file_is_said_in_one_sentence(settings: Settings) -> None:
    settings.library.write_text("a file in its place", encoding="utf-8")
    assert "PINPOINT_LIBRARY" in refusal(settings.model_copy(update={"library": settings.library / "below"}))


@pytest.mark.parametrize("name", ["chroma", "chroma/chroma.sqlite3"])
def test_a_damaged_store_is_said_in_one_sentence_and_in_the_same_one_again(settings: Settings, name: str) -> None:
    path = settings.library / name
    path.parent.mkdir(parents=True)
    path.write_text("this is no database " * 500, encoding="utf-8")
    with pytest.raises(LibraryUnavailable) as refused:
        Library(settings)
    assert is_one_sentence(str(refused.value))
    # The first error is still held, as a page holds the one that it shows.
    assert refusal(settings) == str(refused.value)


# --- vectors of two models never mix


def test_a_library_made_with_another_model_says_so_with_both_names(library: Library) -> None:
    add_document(library, a_document("note", 2))
    with pytest.raises(WrongModel) as refused:
        library.check_model("another model")
    assert "a model" in str(refused.value)
    assert "another model" in str(refused.value)
    assert is_one_sentence(str(refused.value))
    with pytest.raises(WrongModel):
        library.prepare("another model", "ip")
    assert library.bi_encoder() == MODEL
    assert list(library.passages(library.documents())) == texts(a_document("note", 2))


def test_a_library_remembers_its_model(settings: Settings) -> None:
    with Library(settings) as library:
        assert library.bi_encoder() is None
        library.check_model("any")
        add_document(library, a_document("note", 1))
    with Library(settings) as library:
        assert library.bi_encoder() == MODEL
        library.check_model(MODEL)
        with pytest.raises(WrongModel):
            library.check_model("another model")


def test_an_emptied_library_takes_another_model(library: Library) -> None:
    add_document(library, a_document("note", 1))
    library.delete("note")
    library.check_model("another model")
    library.prepare("another model", "ip")
    passage = Passage("wide", 0, "Text.")
    wide = np.ones(WIDTH * 2, dtype=np.float32)
    library.finish(a_document("wide", 1), passage, wide)
    assert library.bi_encoder() == "another model"
    assert library.nearest(wide, 5, library.documents()) == [passage]


# --- a Chroma server in place of the folder


def test_a_chroma_server_takes_the_place_of_the_folder(server: Server, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, chroma_url=server.url)
    kept, gone = a_document("kept", 3, minutes=1), a_document("gone", 2, minutes=2)
    with Library(settings) as library:
        assert library.documents() == []
        add_document(library, kept)
        add_document(library, gone)
        assert library.delete("gone")
        store(library, texts(a_document("half", 4))[1:])
    assert not (settings.library / "chroma").exists()
    with Library(settings) as library:
        assert library.documents() == [kept]
        assert list(library.passages([kept])) == texts(kept)
        assert library.nearest(vectors(texts(kept))[1], 1, [kept]) == [texts(kept)[1]]
        with pytest.raises(WrongModel):
            library.check_model("another model")
        server.stop()
        with pytest.raises(LibraryUnavailable) as refused:
            library.documents()
    assert is_one_sentence(str(refused.value))


def test_what_one_process_is_adding_on_a_server_is_not_swept_by_the_start_of_another(
    server: Server, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, chroma_url=server.url)
    document = a_document("long", 4)
    with Library(settings) as one:
        store(one, texts(document)[1:])
        with Library(settings) as other:
            one.finish(document, texts(document)[0], vectors(texts(document))[0])
            assert list(other.passages(other.documents())) == texts(document)


def test_a_chroma_server_that_does_not_answer_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PINPOINT_CHROMA_URL", f"http://localhost:{free_port()}")
    settings = load_settings()
    sentence = refusal(settings)
    assert str(settings.chroma_url) in sentence
    assert "PINPOINT_CHROMA_URL" in sentence
    assert is_one_sentence(sentence)
