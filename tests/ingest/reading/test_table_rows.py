"""Where a passage of a sheet or a table file stands, as people cite it: from the file to the passage."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Passage
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.reading.clean import clean
from ingest.reading.read import read
from ingest.reading.split import Cut, passages_of
from ingest.reading.table_rows import TableRow, joined_lines, line_of
from ingest.settings import Settings
from tests.ingest.reading.formats.test_ods import cell, ods, row, sheet
from tests.ingest.reading.ole import xls
from tests.ingest.reading.xlsb import xlsb

DEFAULTS = Settings(_env_file=None)
BOATS = [["Boat", "Berth", "Owner"], *([f"Boat {number}", f"B{number}", "Ada"] for number in range(2, 41))]


def passages(path: Path, tokens: int = 64) -> list[Passage]:
    cut = Cut(load_bi_encoder(DEFAULTS).tokenizer.to_str(), tokens)
    return list(passages_of(read(path, path.name, DEFAULTS, cut=cut).sections, "id"))


def excel(path: Path, *rows: list[str], below: dict[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Prices"
    for each in rows:
        book.active.append(each)
    for name, text in (below or {}).items():
        book.active[name] = text
    book.save(path)
    return path


def made(folder: Path, kind: str) -> Path:
    """The boats as a file of this kind."""
    path = folder / f"boats.{kind}"
    match kind:
        case "xlsx":
            excel(path, *BOATS)
        case "xls":
            path.write_bytes(xls({"Boats": [[*each] for each in BOATS]}))
        case "xlsb":
            xlsb(path, {"Boats": BOATS})
        case "ods":
            ods(path, sheet("Boats", *(row(*map(cell, each)) for each in BOATS)))
        case _:
            path.write_text("\n".join({"csv": ",", "tsv": "\t"}[kind].join(each) for each in BOATS), encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xlsb", "ods", "csv", "tsv"])
def test_a_passage_names_the_range_of_its_own_rows(tmp_path: Path, kind: str) -> None:
    found = passages(made(tmp_path, kind))
    assert len(found) > 2
    following = 2  # the heads are in the first row
    for passage in found:
        numbers = [int(line.partition("Berth: B")[2].partition(" ")[0]) for line in passage.text.split("\n")]
        assert passage.cells == f"A{numbers[0]}:C{numbers[-1]}"
        assert numbers[0] == following
        following = numbers[-1] + 1
    assert following == 41


def test_rows_and_columns_that_are_left_empty_are_counted(tmp_path: Path) -> None:
    cells = {"C5": "Boat", "D5": "Berth", "C6": "Plover", "D6": "B1", "C7": "Heron", "D7": "B2", "AB9": "Ask Ada"}
    path = excel(tmp_path / "a.xlsx", below=cells)
    assert [(passage.text, passage.cells) for passage in passages(path)] == [
        ("Boat: Plover · Berth: B1\nBoat: Heron · Berth: B2\n\nAsk Ada", "C6:AB9")
    ]


def test_a_title_in_the_heading_is_not_of_the_range_and_each_table_has_its_own(tmp_path: Path) -> None:
    first = [["Rowing boats"], ["Boat", "Berth"], ["Plover", "B1"]]
    second = [["Sailing boats"], ["Boat", "Berth"], ["Kestrel", "C1"], ["Heron", "C2"]]
    found = passages(excel(tmp_path / "a.xlsx", *first, [], *second))
    assert [(passage.heading, passage.cells) for passage in found] == [
        ("Prices > Rowing boats", "A3:B3"),
        ("Prices > Sailing boats", "A7:B8"),
    ]


def test_a_long_row_is_cited_by_each_of_its_passages(tmp_path: Path) -> None:
    words = " ".join(f"Word number {number} of the remark." for number in range(60))
    found = passages(excel(tmp_path / "a.xlsx", ["Boat", "Remark"], ["Plover", words], ["Heron", "None."]))
    assert len(found) > 3
    assert {passage.cells for passage in found} <= {"A2:B2", "A2:B3", "A3:B3"}
    assert found[0].cells == "A2:B2"


def test_comments_below_the_rows_belong_to_no_range(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Boat", "Berth"])
    book.active.append(["Plover", "B1"])
    book.active["B2"].comment = openpyxl.comments.Comment("Ask the harbour master. " * 30, "Ada")
    book.save(path)
    first, *others = passages(path)
    assert first.cells == "A2:B2"
    assert {passage.cells for passage in others} == {None}


def test_the_rows_of_a_csv_file_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sep=;\n# Made by Ada\n#\nBoat;Note\nPlover;"two\nlines"\n\nHeron;none\n', encoding="utf-8")
    (passage,) = passages(path)
    # Two lines of comments, the heads, a row of two lines, an empty row.
    assert (passage.text.split("\n")[0], passage.cells) == ("Made by Ada", "A1:B6")


def test_a_text_has_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The ferry leaves at noon.", encoding="utf-8")
    assert [passage.cells for passage in passages(path)] == [None]


CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(["\x00", "\u200b", "e\u0301", "\x85a", ""])


@given(st.lists(st.lists(CELLS, max_size=4), max_size=12))
def test_each_stretch_is_the_cleaned_line_of_its_row_and_the_text_is_clean(rows: list[list[str]]) -> None:
    lines = [
        line_of(" | ".join(" ".join(text.split()) for text in cells), TableRow(cells, number))
        for number, cells in enumerate(rows, 1)
    ]
    text, cells = joined_lines(lines)
    assert clean(text) == text
    told = {each.top: text[each.start : each.end] for each in cells}
    assert told == {number: clean(line) for number, line in enumerate(lines, 1) if clean(line)}
