"""The text of a document in the viewer: which cells or rows each part of a sheet or a table is of."""

import re
from datetime import UTC, datetime

import pytest

from ingest import Document, Passage
from pages.parts.text_view import text_html


@pytest.mark.parametrize(
    ("kind", "page", "said"),
    [("Excel", 1, ["Sheet Prices", "A2:B17", "A18:B20"]), ("CSV", None, ["Rows 2 to 17", "Rows 18 to 20"])],
)
def test_each_passage_says_where_it_stands_and_the_sheet_is_named_once(
    kind: str, page: int | None, said: list[str]
) -> None:
    document = Document("0" * 64, "prices", kind, page, 3, 1000, datetime.now(UTC))
    heading = "Prices" if page else None
    ranges = ("A2:B17", "A18:B20", None)
    passages = [
        Passage(document.id, ordinal, "Otter: 60", page, heading, cells=cells) for ordinal, cells in enumerate(ranges)
    ]
    html = text_html(document, passages, 0, [], "Prices")
    assert re.findall(r'<div class="pp-quiet[^>]*><bdi>(.*?)</bdi>', html) == said


def test_a_range_that_a_damaged_library_holds_is_shown_as_text() -> None:
    document = Document("0" * 64, "prices", "Excel", 1, 1, 1000, datetime.now(UTC))
    html = text_html(document, [Passage(document.id, 0, "Otter: 60", 1, "Prices", cells="<b>x</b>")], 0, [], "")
    assert "&lt;b&gt;x" in html
    assert "<b>x" not in html
