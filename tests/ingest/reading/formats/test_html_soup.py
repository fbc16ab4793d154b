"""Ends that HTML allows to be left out: every part of a page stands where a browser shows it."""

import pytest

from ingest.reading.formats.html import sections

OLD_TABLE = """<TABLE BORDER=1><TR><TH>Boat<TH>Berth
<TR><TD>Heron<TD>14<TR><TD>Otter<TD>15</TABLE><P>Closed in winter.<P>Open in summer."""
TWO_HEADS = """<table><tr><th rowspan=2>Size<th colspan=2>Price</tr><tr><th>Day<th>Week</tr>
<tr><td>S<td>4<td>20</tr></table>"""
NESTED_TABLE = "<table><tr><td><table><tr><td>a<td>b</table><td>c<tr><td>d<td>e</table>"


def text_of(page: str) -> str:
    return "\n\n".join(section.text for section in sections(page))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (OLD_TABLE, "Boat: Heron · Berth: 14\nBoat: Otter · Berth: 15\n\nClosed in winter.\n\nOpen in summer."),
        (TWO_HEADS, "Size: S · Price Day: 4 · Price Week: 20"),
        ("<ul><li>One<li>Two<ul><li>Two a<li>Two b</ul><li>Three</ul>", "- One\n- Two\n  - Two a\n  - Two b\n- Three"),
        ("<dl><dt>Deposit<dd>200<dt>Rent<dd>900</dl>", "Deposit: 200\n\nRent: 900"),
        ("<p>One<div>Two</div><p>Three<table><tr><td><p>a<td>b</table>", "One\n\nTwo\n\nThree\n\na | b"),
    ],
)
def test_a_cell_a_row_or_an_item_ends_where_the_next_one_starts(page: str, text: str) -> None:
    assert text_of(page) == text


def test_a_table_in_a_cell_ends_no_cell_of_the_table_around_it() -> None:
    assert text_of(NESTED_TABLE).split() == ["a", "|", "b", "c", "d", "e"]


def test_a_long_table_without_any_end_is_read_to_its_end() -> None:
    rows = "".join(f"<tr><td>Boat {number}<td>berth {number}" for number in range(600))
    assert text_of(f"<table>{rows}</table>").count("berth") == 600
