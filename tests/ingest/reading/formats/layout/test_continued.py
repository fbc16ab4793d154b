"""Tables that go on over pages."""

from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.continued import ContinuedTables
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.tables import Table

HEAD = ("Knot", "Turns")
FIRST = Table((HEAD, ("Bowline", "1"), ("Hitch", "2")), True, 72, 60, 400, 200)
REST = Table((("Bend", "3"), ("Splice", "4")), False, 72, 700, 396, 760)
LINE = Line("The knots are shown at the stand.", 72, 300, 400, 311)


def pages(*pages_items: list[Item]) -> list[list[str]]:
    continued = ContinuedTables()
    return [[item.text for item in continued.page(items)] for items in pages_items]


def test_the_rows_on_the_next_pages_are_named_by_the_head_on_the_first() -> None:
    _, *later = pages([LINE, FIRST], [REST], [REST, LINE])
    assert later == [
        ["Knot: Bend · Turns: 3\nKnot: Splice · Turns: 4"],
        ["Knot: Bend · Turns: 3\nKnot: Splice · Turns: 4", LINE.text],
    ]


def test_a_head_that_is_printed_again_is_no_row() -> None:
    again = Table((HEAD, *REST.cells), False, 72, 700, 400, 780)
    assert pages([FIRST], [again])[1] == ["Knot: Bend · Turns: 3\nKnot: Splice · Turns: 4"]


def test_a_remark_that_the_table_goes_on_may_stand_above() -> None:
    remark = Line("Knots (continued)", 72, 770, 200, 781)
    assert pages([FIRST], [remark, REST])[1][1].startswith("Knot: Bend")


def test_another_table_keeps_its_own_head_or_none() -> None:
    own = Table((("Sail", "Area"), ("Jib", "12")), True, 72, 700, 400, 760)
    wider = Table((("Bend", "3", "x"), ("Splice", "4", "y")), False, 72, 700, 400, 760)
    elsewhere = Table(REST.cells, False, 300, 700, 560, 760)
    for other in (own, wider, elsewhere):
        assert pages([FIRST], [other])[1] == [other.text]
    assert pages([FIRST, LINE], [REST])[1] == [REST.text]
