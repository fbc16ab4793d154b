"""The trash: what is removed is out of everything at once, comes back whole, and goes for good only when it is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update as change

from ingest import Document, Library, Settings
from ingest.errors import WrongModel
from ingest.pipeline.add import add
from ingest.store.tables import TRASH
from qa import MODES, Asker, Options
from tests.conftest import put_in, rows, settings_in, written
from tests.ingest.store.stored import Server, a_document, add_document, texts, vectors


def in_trash(library: Library) -> list[str]:
    return [removed.document.id for removed in library.trash.documents()]


def age(library: Library, days: float) -> None:
    """Let all that is in the trash have been removed so many days ago."""
    when = datetime.now(UTC) - timedelta(days=days)
    with library.database.write() as connection:
        connection.execute(change(TRASH).values(removed_at=when.isoformat()))


def add_both(library: Library) -> tuple[Document, Document]:
    kept, gone = a_document("kept", 3), a_document("gone", 4, minutes=1)
    add_document(library, kept)
    add_document(library, gone)
    return kept, gone


# --- removing and restoring


def test_what_is_in_the_trash_is_in_no_list_and_no_answer_and_its_passages_stay(settings: Settings) -> None:
    with Library(settings) as library:
        kept, gone = add_both(library)
        revision = library.revision
        assert library.remove("gone")
        assert library.revision != revision
        assert library.documents() == [kept]
        assert library.document("gone") is None
        assert library.holds("gone")
        assert [passage.document_id for passage in library.passages()] == ["kept"] * 3
        for vector in vectors(texts(gone)):
            found = library.nearest(vector, 10, library.documents())
            assert [passage.document_id for passage in found] == ["kept"] * 3
        (removed,) = library.trash.documents()
        assert removed.document == gone
        assert removed.ends_at - removed.removed_at == timedelta(days=30)
    assert len(rows(settings)) == 7
    with Library(settings) as library:
        assert library.documents() == [kept]
        assert in_trash(library) == ["gone"]


def test_what_is_restored_is_as_it_was_also_after_opening_again(settings: Settings) -> None:
    with Library(settings) as library:
        kept, gone = add_both(library)
        library.remove("gone")
        revision = library.revision
        assert library.trash.restore("gone") == gone
        assert library.revision != revision
        assert library.documents() == [kept, gone]
        assert in_trash(library) == []
    with Library(settings) as library:
        assert library.documents() == [kept, gone]
        assert list(library.passages([gone])) == texts(gone)
        for passage, vector in zip(texts(gone), vectors(texts(gone)), strict=True):
            assert library.nearest(vector, 1, [gone]) == [passage]


@pytest.mark.parametrize("unknown", ["nothing", "", "kept", "kept:0"])
def test_what_is_not_there_is_neither_removed_twice_nor_restored(library: Library, unknown: str) -> None:
    kept, _ = add_both(library)
    library.remove("gone")
    assert not library.remove("gone")
    assert library.trash.restore(unknown) is None
    assert library.empty_trash([unknown]) == 0
    assert library.documents() == [kept]
    assert in_trash(library) == ["gone"]


def test_a_restored_document_whose_name_another_one_bears_gets_a_number(library: Library) -> None:
    add_both(library)
    library.remove("gone")
    put_in_its_place = Document("new", "gone.pdf", "PDF", 3, 1, 10, datetime.now(UTC))
    add_document(library, put_in_its_place)
    restored = library.trash.restore("gone")
    assert restored
    assert restored.name == "gone (2).pdf"
    assert library.document("gone") == restored
    assert list(library.passages([restored])) == [*texts(a_document("gone", 4))]


# --- emptying


def test_emptying_leaves_no_passage_no_vector_and_no_file(settings: Settings, tmp_path: Path) -> None:
    with Library(settings) as library:
        first = add(written(tmp_path, "first.txt", "The first note."), library, settings).document_id or ""
        second = add(written(tmp_path, "second.txt", "The second note."), library, settings).document_id or ""
        third = add(written(tmp_path, "third.txt", "The third note."), library, settings).document_id or ""
        library.remove(first)
        library.remove(second)
        assert library.files.path(first)
        assert library.empty_trash([first, third]) == 1  # the third is not in the trash
        assert in_trash(library) == [second]
        assert [library.files.path(each) is not None for each in (first, second, third)] == [False, True, True]
        assert library.empty_trash(in_trash(library)) == 1
        assert len(library.trash) == 0
    assert rows(settings) == [f"{third}:0"]


def test_only_what_has_been_there_for_long_enough_is_over(library: Library) -> None:
    add_both(library)
    library.remove("gone")
    assert library.trash.expired() == []
    age(library, 29.9)
    assert library.trash.expired() == []
    age(library, 30.1)
    assert library.trash.expired() == ["gone"]
    assert in_trash(library) == ["gone"]


def test_without_days_a_document_is_deleted_at_once(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, trash_days=0)
    with Library(settings) as library:
        add_both(library)
        assert library.remove("gone")
        assert not library.remove("gone")
        assert in_trash(library) == []
    assert len(rows(settings)) == 3


def test_a_document_whose_store_is_gone_stays_named_and_comes_in_anew(library: Library) -> None:
    _, gone = add_both(library)
    library.remove("gone")
    library.remove_passages("gone")  # as after a damage
    assert in_trash(library) == []
    assert library.trash.restore("gone") is None
    add_document(library, gone)
    assert library.document("gone") == gone


# --- with all that is done with documents


def test_the_same_file_added_again_comes_back_from_the_trash(settings: Settings, tmp_path: Path) -> None:
    note = written(tmp_path, "note.txt", "The office opens at eight.")
    with Library(settings) as library:
        added = add(note, library, settings)
        before = library.vectors(library.passages())
        library.remove(added.document_id or "")
        seen: list[str] = []
        again = add(note, library, settings, name="hours.txt", progress=lambda progress: seen.append(progress.stage))
        assert (again.status, again.document_id, again.passages) == ("added", added.document_id, added.passages)
        assert seen == []  # nothing is read or embedded
        (document,) = library.documents()
        assert document.name == "hours.txt"
        after = library.vectors(library.passages())
        assert {key: list(value) for key, value in after.items()} == {key: list(value) for key, value in before.items()}
        assert in_trash(library) == []
        assert library.files.path(document.id)


def test_questions_find_what_is_there_and_not_what_is_in_the_trash(library: Library, settings: Settings) -> None:
    note = put_in(library, settings, "office.txt", "The office opens at eight in the morning.")
    put_in(library, settings, "lift.txt", "The lift carries eight people.")
    asker = Asker(library, settings)
    question = "When does the office open?"
    for mode in MODES:
        assert asker.ask(question, Options(mode=mode)).hits[0].candidate.document == note
    library.remove(note.id)
    for mode in MODES:
        found = {hit.candidate.document.name for hit in asker.ask(question, Options(mode=mode)).hits}
        assert found <= {"lift.txt"}
    library.trash.restore(note.id)
    for mode in MODES:
        assert asker.ask(question, Options(mode=mode)).hits[0].candidate.document == note


def test_what_is_in_the_trash_keeps_another_model_out_until_it_is_embedded_again(library: Library) -> None:
    add_document(library, a_document("gone", 4))
    library.remove("gone")
    with pytest.raises(WrongModel):
        library.check_model("another model")
    following = library.next_collection("another model", "cosine")
    for document in library.stored_documents():
        passages = texts(document)
        following.store(passages[1:], vectors(passages[1:]))
        following.finish(document, passages[0], vectors(passages[:1])[0])
    assert library.switch()
    assert library.bi_encoder() == "another model"
    assert library.documents() == []
    assert library.trash.restore("gone") == a_document("gone", 4)
    assert list(library.passages()) == texts(a_document("gone", 4))


def test_on_a_server_the_trash_is_that_of_every_client(server: Server, tmp_path: Path) -> None:
    one_settings = settings_in(tmp_path / "one", chroma_url=server.url)
    other_settings = settings_in(tmp_path / "other", chroma_url=server.url)
    with Library(one_settings) as one, Library(other_settings) as other:
        kept, gone = add_both(one)
        assert other.documents() == [kept, gone]
        assert one.remove("gone")
        assert other.documents() == [kept]
        assert in_trash(other) == ["gone"]
        following = one.next_collection("another model", "cosine")
        for document in one.stored_documents():
            passages = texts(document)
            following.store(passages[1:], vectors(passages[1:]))
            following.finish(document, passages[0], vectors(passages[:1])[0])
        assert one.switch()
        assert other.documents() == [kept]
        assert other.trash.restore("gone") == gone
        assert one.documents() == [kept, gone]
        assert one.remove("gone")
        assert other.empty_trash(["gone"]) == 1
        assert (in_trash(one), one.rows()) == ([], kept.passages)


def test_many_are_removed_and_restored_at_once_with_one_change_of_the_list(library: Library) -> None:
    ids = [f"document-{number}" for number in range(30)]
    for number, document_id in enumerate(ids):
        add_document(library, a_document(document_id, 1, minutes=number))
    before, held = library.revision, library.documents()
    assert library.remove_all([*ids, ids[0], "unknown"]) == 30
    assert library.revision == before + 1
    assert library.documents() == []
    assert library.remove_all(ids) == 0
    assert sorted(in_trash(library)) == sorted(ids)
    assert len(library.trash.restore_all([*ids, "unknown"])) == 30
    assert library.revision == before + 2
    assert library.documents() == held
    assert library.trash.restore_all(ids) == []
