"""Showing a passage on its page is a look-up, also in a library of a version before."""

from pathlib import Path

import pytest

from ingest import Document, Library, Passage, PlaceFinder, Settings
from ingest.pipeline import passage_places
from ingest.pipeline.add import add
from ingest.pipeline.passage_places import Found
from tests.ingest.reading import files

PAGES = [["The office opens at eight.", "It closes at six."], ["Nobody is there on Monday."]]


@pytest.fixture
def added(library: Library, settings: Settings, tmp_path: Path) -> tuple[Document, list[Passage]]:
    """A PDF in the library, and its passages."""
    add(files.pdf(tmp_path / "hours.pdf", PAGES), library, settings)
    (document,) = library.documents()
    return document, list(library.passages([document]))


def test_the_places_of_a_passage_are_those_of_its_words(
    library: Library, settings: Settings, added: tuple[Document, list[Passage]]
) -> None:
    document, passages = added
    found = [PlaceFinder(library, settings).find(document, passage, 0) for passage in passages]
    lines = [
        [passage.text[place.start : place.end] for place in one.places]
        for passage, one in zip(passages, found, strict=True)
    ]
    assert lines == PAGES
    assert PlaceFinder(library, settings).known(document, passages) == [one.places for one in found]
    assert not any(one.waiting for one in found)


def test_a_document_of_a_version_before_is_read_again_once(
    library: Library, settings: Settings, added: tuple[Document, list[Passage]], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, passages = added
    kept = [library.home.places.of(passage) for passage in passages]
    library.home.places.delete(document.id)
    finder = PlaceFinder(library, settings)
    assert finder.known(document, passages) == [() for _ in passages]
    assert finder.find(document, passages[0], 0) == Found(waiting=True)
    assert [finder.find(document, passage, 60).places for passage in passages] == kept

    def fail(*_: object) -> None:
        raise AssertionError("read once more")

    monkeypatch.setattr(passage_places, "read_again", fail)
    assert [PlaceFinder(library, settings).find(document, passage).places for passage in passages] == kept


def test_a_page_that_is_drawn_again_meanwhile_does_not_wait_once_more(
    library: Library, settings: Settings, added: tuple[Document, list[Passage]], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, passages = added
    library.home.places.delete(document.id)
    finder = PlaceFinder(library, settings)
    monkeypatch.setattr(passage_places, "_SECONDS", 600.0)
    with finder._reading:  # as while another document is read
        assert finder.find(document, passages[0], 0) == Found(waiting=True)
        assert finder.find(document, passages[1]) == Found(waiting=True)
    assert finder.find(document, passages[1], 60).places


def test_a_passage_that_the_file_does_not_have_any_more_has_no_place(
    library: Library, settings: Settings, added: tuple[Document, list[Passage]], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, passages = added
    library.home.places.delete(document.id)
    other = Passage(document.id, 0, "The office opened at nine.", 1)
    monkeypatch.setattr(library, "passages", lambda _: [other, passages[1]])
    finder = PlaceFinder(library, settings)
    assert finder.find(document, other, 60) == Found()
    assert finder.find(document, passages[1], 60).places


def test_a_passage_that_is_cut_in_another_way_by_now_has_the_places_of_its_lines(
    library: Library, settings: Settings, added: tuple[Document, list[Passage]], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, passages = added
    kept = library.home.places.of(passages[0]) or ()
    library.home.places.delete(document.id)
    # The version before did not know the title as a heading, so that it stands in the text.
    stored = [Passage(document.id, 0, "HOURS\n\nThe office opens at eight.\nIt closes at six.", 1), passages[1]]
    monkeypatch.setattr(library, "passages", lambda _: stored)
    places = PlaceFinder(library, settings).find(document, stored[0], 60).places
    assert [stored[0].text[place.start : place.end] for place in places] == PAGES[0]
    assert [place[2:] for place in places] == [place[2:] for place in kept]


def test_a_file_that_is_gone_is_not_looked_for_twice(
    library: Library, settings: Settings, added: tuple[Document, list[Passage]]
) -> None:
    document, passages = added
    library.home.places.delete(document.id)
    path = library.files.path(document.id)
    assert path
    path.unlink()
    assert PlaceFinder(library, settings).find(document, passages[0], 60) == Found()
    assert library.home.places.of(passages[0]) == ()
