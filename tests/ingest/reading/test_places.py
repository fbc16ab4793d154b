"""Where a passage is, in the words of its file."""

from datetime import UTC, datetime

import pytest

from ingest.document import Document, Passage
from ingest.reading.places import cells_label, page_label, pages_label, place_of


@pytest.mark.parametrize(
    ("name", "page", "heading", "label", "where"),
    [
        ("PDF", 3, "Warranty", "page 3", ("page 3", "Warranty")),
        ("PDF", 3, None, "page 3", ("page 3",)),
        ("PowerPoint", 2, "Prices", "slide 2", ("slide 2", "Prices")),
        ("Excel", 2, "Prices", "sheet Prices", ("sheet Prices",)),
        ("Excel 97", 2, None, "sheet 2", ("sheet 2",)),
        ("Word", None, "Warranty", "", ("Warranty",)),
        ("Word", None, None, "", ()),
        ("Word", 3, None, "page 3", ("page 3",)),
    ],
)
def test_the_place_of_a_passage_is_said_in_the_words_of_its_file(
    name: str, page: int | None, heading: str | None, label: str, where: tuple[str, ...]
) -> None:
    document = Document("0" * 64, "file", name, page, 1, 1000, datetime.now(UTC))
    passage = Passage(document.id, 0, "The Otter costs 60.", page, heading)
    assert page_label(document, passage) == label
    assert place_of(document, passage) == where


@pytest.mark.parametrize(
    ("name", "page", "heading", "cells", "label", "where"),
    [
        ("Excel", 2, "Prices", "A2:D17", "A2:D17", ("sheet Prices", "A2:D17")),
        ("Excel", 2, "Prices > Boats", "B5", "B5", ("sheet Prices > Boats", "B5")),
        ("OpenDocument sheet", 1, None, "A2:D17", "A2:D17", ("sheet 1", "A2:D17")),
        ("CSV", None, None, "A2:D40", "rows 2 to 40", ("rows 2 to 40",)),
        ("CSV", None, None, "A1200:D1200", "row 1200", ("row 1200",)),
        ("CSV", None, None, None, "", ()),
        ("Excel", 2, "Prices", None, "", ("sheet Prices",)),
    ],
)
def test_the_cells_of_a_passage_are_said_as_people_cite_them(
    name: str, page: int | None, heading: str | None, cells: str | None, label: str, where: tuple[str, ...]
) -> None:
    document = Document("0" * 64, "file", name, page, 1, 1000, datetime.now(UTC))
    passage = Passage(document.id, 0, "The Otter costs 60.", page, heading, cells=cells)
    assert cells_label(document, passage) == label
    assert place_of(document, passage) == where


@pytest.mark.parametrize(
    ("name", "pages", "label"),
    [("PDF", 1, "1 page"), ("PowerPoint", 1200, "1,200 slides"), ("Excel", 2, "2 sheets"), ("Word", None, "")],
)
def test_the_number_of_pages_is_said_in_the_words_of_its_file(name: str, pages: int | None, label: str) -> None:
    assert pages_label(Document("0" * 64, "file", name, pages, 1, 1000, datetime.now(UTC))) == label
