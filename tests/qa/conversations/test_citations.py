"""Passages as references: other programs read them back, whatever a name or a text tries."""

from dataclasses import replace

import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from qa import as_bibtex, as_ris
from tests.qa.answers import answer, candidate

HITS = answer(
    "Lift?",
    candidate("The lift is out.\nUse the stairs.", "rules.pdf", "PDF", 3, "Lifts"),
    candidate('Mind the "step" & 50 % of it.', "rules.pdf", "PDF", 4),
).hits


def test_each_passage_is_an_entry_with_its_document_its_place_and_its_text() -> None:
    first, second = rispy.loads(as_ris(HITS))
    assert (first["title"], first["start_page"], first["section"]) == ("rules.pdf", "3", "Lifts")
    assert first["notes"] == ["The lift is out. Use the stairs."]
    assert second["start_page"] == "4"
    entries = parse_string(as_bibtex(HITS), "bibtex").entries
    assert list(entries) == ["rules-pdf-1", "rules-pdf-2"]
    assert entries["rules-pdf-1"].fields["howpublished"] == "page 3, Lifts"
    assert entries["rules-pdf-2"].fields["annote"].replace("\\", "") == 'Mind the "step" & 50 % of it.'


def test_a_passage_of_a_sheet_or_a_table_is_cited_by_its_cells() -> None:
    hits = answer(
        "Otter?",
        candidate("The Otter costs 60.", "prices.xlsx", "Excel", 2, "Prices", cells="A2:D17"),
        candidate("The Heron costs 80.", "prices.csv", "CSV", cells="A2:D40"),
    ).hits
    first, second = rispy.loads(as_ris(hits))
    assert (first["start_page"], first["section"], second["start_page"]) == ("A2:D17", "Prices", "rows 2 to 40")
    entries = parse_string(as_bibtex(hits), "bibtex").entries.values()
    assert [entry.fields["howpublished"] for entry in entries] == ["sheet Prices, A2:D17", "rows 2 to 40"]


def test_a_passage_of_a_web_page_is_cited_with_its_address_whatever_is_in_it() -> None:
    found = candidate("High tide is at nine.", "example.org tides", "HTML")
    for address in ("https://example.org/tides?a=1&b=2", "https://example.org/}@misc{b,\\input\nER  - "):
        hits = answer("Tide?", replace(found, document=replace(found.document, source=address))).hits
        (entry,) = rispy.loads(as_ris(hits))
        assert entry["urls"] == [" ".join(address.split())]
        (entry,) = parse_string(as_bibtex(hits), "bibtex").entries.values()
        assert entry.fields["url"].replace("\\", "").startswith("https://example.org/")


@given(
    st.text(max_size=40) | st.sampled_from(["a\nER  - ", "a}\n@misc{b,", "\\input{/etc/passwd}", '"', "%", "\ud800"]),
    st.text(max_size=40) | st.sampled_from(["x\r\nTY  - JOUR", '} " @string{a = "b"}', "{", "\\", "~^#$_"]),
)
def test_no_name_and_no_text_begins_an_entry_a_field_or_a_command(name: str, text: str) -> None:
    hits = answer("?", candidate(text, name), candidate("The lift is out.", "rules.txt")).hits
    entries = rispy.loads(as_ris(hits))
    assert len(entries) == 2
    assert {*entries[0]} <= {"type_of_reference", "title", "notes"}
    parsed = parse_string(as_bibtex(hits), "bibtex").entries
    assert [entry.type for entry in parsed.values()] == ["misc", "misc"]
    assert all({*entry.fields} <= {"title", "annote"} for entry in parsed.values())
    assert "\\input" not in as_bibtex(hits)
