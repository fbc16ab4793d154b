"""Lines of a page to paragraphs."""

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.paragraphs import paragraphs


def page(*texts: str, left: float = 70, letter: float = 5) -> list[Line]:
    """Lines below each other, each letter equally wide; an empty text is a gap."""
    return [
        Line(text, left, 700 - 14 * number, left + letter * len(text), 711 - 14 * number)
        for number, text in enumerate(texts)
        if text
    ]


def test_a_compound_that_the_page_writes_elsewhere_keeps_its_hyphen() -> None:
    lines = page(
        "This is a well-known fact among all people here, and it is well-", "known since a long time ago to all."
    )
    assert paragraphs(lines) == [
        "This is a well-known fact among all people here, and it is well-known since a long time ago to all."
    ]


def test_a_capital_after_a_hyphen_keeps_it() -> None:
    assert paragraphs(page("Gerne hätte ich das Buch in Schwarz\ufffe", "Weiß bestellt.")) == [
        "Gerne hätte ich das Buch in Schwarz-Weiß bestellt."
    ]


def test_rows_of_a_table_stay_rows() -> None:
    rows = page("Insured name Bruce Wayne Year 2025", "Claim number 999 Make Batman of them", letter=12)
    assert paragraphs(rows) == ["\n".join(row.text for row in rows)]


def test_a_list_keeps_its_lines() -> None:
    lines = page(
        "1. The first point is long enough to be running text for sure.",
        "2. The second point is just about as long as the one before it.",
        "3. The third.",
    )
    assert "\n".join(paragraphs(lines)).replace("\n\n", "\n") == "\n".join(line.text for line in lines)


def test_a_sentence_goes_on_in_the_next_column() -> None:
    first = page(
        "The river flows slowly through the wide valley and then past the", "old mill, where it is joined by its little"
    )
    second = page("brother from the hills, as the map shows in blue colour.", left=350)
    assert len(paragraphs(first + second)) == 1
