"""Collections and tags: they group documents, stay through trash, backup and rebuilding, and say what cannot be."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest import Document, Filter, Library, Settings
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.errors import BadCollection, BadQuestion
from ingest.pipeline.add import add
from ingest.pipeline.rebuild import rebuild
from ingest.store.database import Database
from ingest.store.shelf import Shelf
from tests.conftest import put_in, settings_in, written


def test_a_document_may_be_in_several_collections_and_have_tags(database: Database) -> None:
    shelf = Shelf(database)
    first, second = shelf.make("Contracts"), shelf.make("2024")
    for collection in (first, second):
        shelf.put(collection.id, ["a", "b"])
    shelf.tag(["a"], "Signed")
    shelf.tag(["b"], "signed")
    assert shelf.now().of("a") == (["2024", "Contracts"], ["Signed"])
    assert shelf.now().tagged("SIGNED") == {"a", "b"}
    shelf.take_out(first.id, ["a"])
    shelf.untag(["a"], "signed")
    assert shelf.now().of("a") == (["2024"], [])
    shelf.delete(second.id)
    assert shelf.now().of("b") == (["Contracts"], ["Signed"])
    shelf.put(second.id, ["a"])  # it was deleted meanwhile
    assert shelf.now().of("a") == ([], [])


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 61, "contracts", "ＣＯＮＴＲＡＣＴＳ"])
def test_a_name_that_cannot_be_gets_a_sentence_and_changes_nothing(database: Database, name: str) -> None:
    shelf = Shelf(database)
    shelf.make("Contracts")
    other = shelf.make("Other")
    with pytest.raises(BadCollection):
        shelf.make(name)
    with pytest.raises(BadCollection):
        shelf.rename(other.id, name)
    assert [each.name for each in shelf.now().collections] == ["Contracts", "Other"]


def test_twenty_thousand_documents_are_put_and_taken_out_at_once(database: Database) -> None:
    shelf, ids = Shelf(database), [f"{number:064x}" for number in range(20_000)]
    collection = shelf.make("All")
    shelf.put(collection.id, ids)
    assert len(shelf.now().members[collection.id]) == 20_000
    shelf.take_out(collection.id, ids)
    assert not shelf.now().members.get(collection.id)


def test_a_document_keeps_its_place_in_the_trash_and_loses_it_with_its_deletion(
    library: Library, settings: Settings
) -> None:
    document = put_in(library, settings, "plan.txt", "The plan.")
    library.shelf.put(library.shelf.make("Plans").id, [document.id])
    library.remove(document.id)
    library.trash.restore(document.id)
    assert library.shelf.now().of(document.id) == (["Plans"], [])
    library.delete(document.id)
    assert library.shelf.now().of(document.id) == ([], [])


def test_collections_tags_and_days_are_in_a_backup_and_survive_rebuilding(settings: Settings, tmp_path: Path) -> None:
    path = written(tmp_path, "plan.md", "---\ndate: 2021-04-05\n---\nThe plan of the house.\n")
    with Library(settings) as library:
        document_id = add(path, library, settings).document_id or ""
        library.shelf.put(library.shelf.make("Plans").id, [document_id])
        library.shelf.tag([document_id], "house")
        write_backup(library, tmp_path / "backup.zip")
    rebuild(settings)
    elsewhere = settings_in(tmp_path / "elsewhere")
    restore_backup(tmp_path / "backup.zip", elsewhere)
    for place in (settings, elsewhere):
        with Library(place) as library:
            assert library.shelf.now().of(document_id) == (["Plans"], ["house"])
            assert [each.dated for each in library.documents()] == [date(2021, 4, 5)]


def test_a_filter_leaves_what_meets_every_kind_of_condition(database: Database) -> None:
    shelf, when = Shelf(database), datetime(2026, 1, 5, 12, tzinfo=UTC)
    old = Document("a", "a.pdf", "PDF", 1, 1, 1, when, dated=date(2020, 1, 1))
    new, word = Document("b", "b.pdf", "PDF", 1, 1, 1, when), Document("c", "c.docx", "Word", None, 1, 1, when)
    shelf.put(shelf.make("Papers").id, ["a", "b"])
    held, now = [old, new, word], shelf.now()
    assert Filter(("papers",), ("PDF",)).chosen(held, now) == [old, new]
    assert Filter(types=("PDF", "Word document")).chosen(held, now) == held
    assert Filter(since=date(2025, 1, 1)).chosen(held, now) == [new, word]
    assert Filter(until=date(2025, 1, 1)).chosen(held, now) == [old]
    assert Filter(("gone",)).chosen(held, now) == []
    with pytest.raises(BadQuestion, match="collection Papers"):
        Filter(("Papers",), ("Word document",)).ids(held, now)
