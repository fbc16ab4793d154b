"""Tables as text: no line swallowed, whatever the separator, the quotation marks and what stands above the head."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Section
from ingest.reading.formats.csv import read
from ingest.reading.formats.csv_rows import csv_rows


def text_of(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (section,) = read(path).sections
    assert isinstance(section, Section)
    return section.text


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_a_mark_that_is_never_closed_swallows_no_line(tmp_path: Path, separator: str) -> None:
    rows = [["Job", "Note", "By"], ["1", '"pump runs hot', "Ada"], ["2", "valve open", "Bob"], ["3", "seal wet", "Cy"]]
    content = "\n".join(separator.join(row) for row in rows)
    assert text_of(tmp_path / "a.csv", content).split("\n") == [
        "Job: 1 · Note: pump runs hot · By: Ada", "Job: 2 · Note: valve open · By: Bob",
        "Job: 3 · Note: seal wet · By: Cy"
    ]  # fmt: skip


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_two_marks_far_apart_swallow_no_line(tmp_path: Path, separator: str) -> None:
    rows = [
        ["Job", "Note", "By"],
        ["1", '"pump', "Ada"],
        ["2", "valve", "Bob"],
        ["3", 'pipe of 5"', "Cy"],
        ["4", "x", "D"],
    ]
    content = "\r\n".join(separator.join(row) for row in rows)
    assert text_of(tmp_path / "a.csv", content).count("\n") == 3


def test_a_text_of_several_lines_stays_one_cell(tmp_path: Path) -> None:
    content = 'Name,Note,Town\nAda,"Dear all,\nthe pump, ""old"" one, runs.\nBye, Ada",Rome\nBob,"5"" pipe",Oslo\n'
    assert text_of(tmp_path / "a.csv", content).split("\n") == [
        'Name: Ada · Note: Dear all, the pump, "old" one, runs. Bye, Ada · Town: Rome',
        'Name: Bob · Note: 5" pipe · Town: Oslo',
    ]


def test_a_stray_mark_leaves_the_quoted_cells_elsewhere_whole(tmp_path: Path) -> None:
    content = 'Name,Note,Town\nAda,"one\ntwo",Rome\nBob,"he said "no" to it",Oslo\nCy,"three\nfour",Bern\n'
    assert text_of(tmp_path / "a.csv", content).split("\n") == [
        "Name: Ada · Note: one two · Town: Rome",
        'Name: Bob · Note: he said "no" to it · Town: Oslo',
        "Name: Cy · Note: three four · Town: Bern",
    ]


def test_titles_and_comments_above_the_head_stay_lines(tmp_path: Path) -> None:
    content = "# Exported on Monday\n# by the desk\nStock of May\n\nArticle;Pieces\nRope;12\n"
    assert text_of(tmp_path / "a.csv", content) == (
        "Exported on Monday\nby the desk\nStock of May\n\nArticle: Rope · Pieces: 12"
    )


def test_a_head_that_begins_with_a_number_sign_is_a_head(tmp_path: Path) -> None:
    assert text_of(tmp_path / "a.csv", "#;Name\n1;Ada\n2;Bob\n") == "#: 1 · Name: Ada\n#: 2 · Name: Bob"


def test_the_separator_is_the_one_that_the_file_names(tmp_path: Path) -> None:
    assert text_of(tmp_path / "a.csv", "sep=|\nName|Sum\nAda|1,5\n") == "Name: Ada · Sum: 1,5"


def test_rows_that_are_too_short_or_too_long_lose_no_cell(tmp_path: Path) -> None:
    content = "Name;Town;Age\nAda;Rome\nBob;Oslo;40;left in May\n"
    assert text_of(tmp_path / "a.csv", content).split("\n") == [
        "Name: Ada · Town: Rome", "Name: Bob · Town: Oslo · Age: 40 · left in May"
    ]  # fmt: skip


def test_a_table_in_utf_16_is_read(tmp_path: Path) -> None:
    assert text_of(tmp_path / "a.csv", "Name\tStraße\nAda\tGröße".encode("utf-16")) == "Name: Ada · Straße: Größe"


CELL = st.text('ab1 ",;\n', max_size=6)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6), st.sampled_from(",;\t|"))
def test_no_letter_is_lost(rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(row) for row in rows)
    found = "".join("".join(row) for row in csv_rows(text, separator))
    assert all(found.count(letter) == text.count(letter) for letter in "ab1")


@given(st.lists(st.lists(st.text("ab1 ,;", max_size=6), min_size=2, max_size=4), min_size=1, max_size=6))
def test_quoted_cells_come_back(rows: list[list[str]]) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    assert list(csv_rows(text, ",")) == rows
