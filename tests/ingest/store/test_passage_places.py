"""Where passages stand on their pages is kept with their document, as exactly as it was read."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ingest import Database, Library, Passage, Settings
from ingest.document import Place
from ingest.store.passage_places import PassagePlaces
from ingest.store.tables import PASSAGE_PLACES
from tests.conftest import tries
from tests.ingest.store.stored import a_document, add_document, texts

NUMBERS = st.integers(-1_000_000, 1_000_000)
PLACES = st.lists(st.builds(Place, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS), max_size=5).map(tuple)
HERE = (Place(0, 4, 720, 700, 1200, 820),)


@pytest.fixture
def kept(database: Database) -> PassagePlaces:
    return PassagePlaces(database)


@given(places=st.lists(PLACES, max_size=5))
@settings(max_examples=tries(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_places_come_back_as_they_were(kept: PassagePlaces, places: list[tuple[Place, ...]]) -> None:
    kept.write("one", places)
    assert [kept.of(Passage("one", ordinal, "")) for ordinal in range(len(places))] == places


def test_a_document_without_a_row_is_told_from_a_passage_without_places(kept: PassagePlaces) -> None:
    kept.write("one", [HERE, ()])
    assert kept.of(Passage("one", 0, "Tea.")) == HERE
    assert kept.of(Passage("one", 1, "Tea.")) == ()
    assert kept.of(Passage("one", 2, "Tea.")) == ()
    assert kept.of(Passage("two", 0, "Tea.")) is None


@pytest.mark.parametrize(
    "packed", [b"", b"no zip", b"x\x9c\xab\xae\x05\x00\x01u\x00\xf9", b"x\x9c\x8b6\xd0Q0\x8a\x05\x00"]
)
def test_a_damaged_row_leaves_the_page_without_a_highlight(
    kept: PassagePlaces, database: Database, packed: bytes
) -> None:
    kept.write("one", [HERE])
    with database.write() as connection:
        connection.execute(PASSAGE_PLACES.update().values(places=packed))
    assert kept.of(Passage("one", 0, "Tea.")) == ()


def test_places_go_with_their_document_and_those_of_none_at_the_next_start(settings: Settings) -> None:
    with Library(settings) as library:
        for name in ("gone", "kept"):
            document = a_document(name, 2)
            library.keep_places(name, [replace(passage, places=HERE) for passage in texts(document)])
            add_document(library, document)
        library.keep_places("never finished", [Passage("never finished", 0, "Tea.", 1, places=HERE)])
        library.delete("gone")
        assert rows_of(library) == ["kept", "never finished"]
    with Library(settings) as library:
        assert rows_of(library) == ["kept"]
        assert library.home.places.of(texts(a_document("kept", 2))[1]) == HERE


def rows_of(library: Library) -> list[str]:
    with library.database.read() as connection:
        return sorted(connection.execute(select(PASSAGE_PLACES.c.document_id)).scalars())
