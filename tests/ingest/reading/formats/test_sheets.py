"""Excel workbooks: what a person sees of their sheets, in words."""

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from ingest.document import NotRead, Section
from ingest.reading.formats.sheets import read
from tests.ingest.reading.mutations import members, zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.microsoft.com/office/2017/10/relationships"


def book(path: Path, fill: Callable[[openpyxl.Workbook], None]) -> Path:
    made = openpyxl.Workbook()
    fill(made)
    made.save(path)
    return path


def texts(path: Path) -> list[tuple[str | None, str]]:
    return [(part.heading, part.text) for part in read(path).sections if isinstance(part, Section)]


def not_read(path: Path) -> list[NotRead]:
    return [part for part in read(path).sections if isinstance(part, NotRead)]


def test_cells_are_read_as_excel_shows_them(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        sheet = made.active
        sheet.append(["Boat", "Number", "Price", "Share", "Built", "Hours", "Sold"])
        sheet.append(["Kestrel", 42, 1234.5, 0.256, date(2024, 5, 3), timedelta(hours=27, minutes=15), True])
        formats = {"B2": "0000", "C2": "#,##0.00 [$€-407]", "D2": "0.0%", "E2": "d mmmm yyyy", "F2": "[h]:mm"}
        for cell, code in formats.items():
            sheet[cell].number_format = code

    assert texts(book(tmp_path / "a.xlsx", fill))[0][1] == (
        "Boat: Kestrel · Number: 0042 · Price: 1,234.50 € · Share: 25.6% · Built: 3 May 2024 · Hours: 27:15"
        " · Sold: TRUE"
    )


def test_a_date_that_follows_the_country_is_read_the_same_everywhere(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.append(["Due", date(2024, 5, 3)])
        made.active["B1"].number_format = "mm-dd-yy"

    assert texts(book(tmp_path / "a.xlsx", fill))[0][1] == "Due | 2024-05-03"


def test_merged_cells_are_in_every_row_and_column_that_they_cover(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        sheet = made.active
        sheet.append(["Rooms let", None, None, None, None])
        sheet.append(["House", "May", None, "June", None])
        sheet.append([None, "Single", "Double", "Single", "Double"])
        sheet.append(["Lake", 4, 5, 6, 7])
        sheet.append([None, 1, 2, 3, 9])
        for merged in ("A1:E1", "A2:A3", "B2:C2", "D2:E2", "A4:A5"):
            sheet.merge_cells(merged)

    heading, text = texts(book(tmp_path / "a.xlsx", fill))[0]
    assert heading == "Sheet > Rooms let"
    assert text.split("\n") == [
        "House: Lake · May Single: 4 · May Double: 5 · June Single: 6 · June Double: 7",
        "House: Lake · May Single: 1 · May Double: 2 · June Single: 3 · June Double: 9",
    ]


def test_a_text_over_many_cells_is_there_once(tmp_path: Path) -> None:
    note = "The prices are those of the harbour office and hold until the end of the season, with tax. " * 2

    def fill(made: openpyxl.Workbook) -> None:
        made.active["A1"] = note
        made.active.merge_cells("A1:F9")
        made.active["A11"] = "End"

    assert texts(book(tmp_path / "a.xlsx", fill))[0][1].count("harbour office") == 2


def test_a_formula_that_was_not_counted_says_so(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", lambda made: made.active.append(["Sum", "=SUM(C1:C9)"]))
    assert texts(path)[0][1] == "Sum | =SUM(C1:C9) (not calculated)"


def test_a_nought_for_a_formula_that_excel_is_to_count_says_so(tmp_path: Path) -> None:
    made = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["Sum", 5])
    sheet.write_formula(0, 2, "=B1*2")
    sheet.write_formula(0, 3, "=B1*3", None, 15)
    made.close()
    assert texts(tmp_path / "a.xlsx")[0][1] == "Sum | 5 | =B1*2 (not calculated) | 15"


def test_hidden_sheets_are_read_and_marked(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.append(["Open", "to all"])
        for name, state in (("Rates", "hidden"), ("Keys", "veryHidden")):
            sheet = made.create_sheet(name)
            sheet.append(["Inner", "rate"])
            sheet.sheet_state = state

    path = book(tmp_path / "a.xlsx", fill)
    assert [heading for heading, _ in texts(path)] == ["Sheet", "Rates (hidden sheet)", "Keys (hidden sheet)"]


def test_a_note_is_read_with_its_author_and_its_row(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.append(["Boat", "Price"])
        made.active.append(["Kestrel", 90])
        made.active["B2"].comment = Comment("Ada:\nOnly until June", "Ada")

    assert texts(book(tmp_path / "a.xlsx", fill))[0][1] == (
        "Boat: Kestrel · Price: 90\n\nComment by Ada on B2 (Kestrel | 90): Only until June"
    )


def test_a_thread_of_comments_is_read_with_each_author(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", lambda made: made.active.append(["Kestrel", 90]))
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="t1" '
        f'Type="{TYPES}/threadedComment" Target="../threadedComments/threadedComment1.xml"/></Relationships>',
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{THREADS}">'
        '<threadedComment ref="B1" personId="p2" id="1"><text>Is this right?</text></threadedComment>'
        '<threadedComment ref="B1" personId="p1" id="2"><text>Yes</text></threadedComment></ThreadedComments>',
        "xl/persons/person.xml": f'<personList xmlns="{THREADS}"><person displayName="Ada" id="p1"/>'
        '<person displayName="Bob" id="p2"/></personList>',
    }
    held = members(path.read_bytes()) | {name: text.encode() for name, text in parts.items()}
    person = f'<Relationship Id="p9" Type="{TYPES}/person" Target="persons/person.xml"/></Relationships>'.encode()
    rels = "xl/_rels/workbook.xml.rels"
    path.write_bytes(zipped(held | {rels: held[rels].replace(b"</Relationships>", person)}))
    assert texts(path)[0][1].split("\n")[2:] == [
        "Comment by Bob on B1 (Kestrel | 90): Is this right?",
        "Comment by Ada on B1 (Kestrel | 90): Yes",
    ]


def charted(path: Path, sheet_of_its_own: bool = False) -> Path:
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Data")
    sheet.write_column(0, 0, ["May", "June"])
    sheet.write_column(0, 1, [3, 5])
    chart = made.add_chart({"type": "column"})
    chart.add_series({"name": "Guests", "categories": "=Data!$A$1:$A$2", "values": "=Data!$B$1:$B$2"})
    chart.set_title({"name": "Guests by month"})
    if sheet_of_its_own:
        made.add_chartsheet("Picture").set_chart(chart)
    else:
        sheet.insert_chart("D2", chart)
        sheet.insert_textbox("D20", "Counted at the gate")
    made.close()
    return path


def test_charts_and_text_boxes_are_read(tmp_path: Path) -> None:
    text = texts(charted(tmp_path / "a.xlsx"))[0][1]
    assert "Chart: Guests by month\nGuests: May: 3 · June: 5" in text
    assert "Counted at the gate" in text


def test_a_chart_may_be_a_sheet_of_its_own(tmp_path: Path) -> None:
    heading, text = texts(charted(tmp_path / "a.xlsx", sheet_of_its_own=True))[1]
    assert (heading, text) == ("Picture", "Chart: Guests by month\nGuests: May: 3 · June: 5")


def test_a_chart_without_stored_values_is_named(tmp_path: Path) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.append(["May", 3])
        chart = BarChart()
        chart.title = "Guests by month"
        chart.add_data(Reference(made.active, min_col=2, min_row=1, max_row=1))
        made.active.add_chart(chart, "D2")

    assert not_read(book(tmp_path / "a.xlsx", fill)) == [NotRead("chart", "Guests by month")]


def test_errors_and_formatted_pieces_are_read(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", lambda made: made.active.append(["x"]))
    cells = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="B1" t="inlineStr"><is><r><t>half </t></r><r><t>bold</t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="d"><v>2024-05-03</v></c></row></sheetData></worksheet>'
    )
    path.write_bytes(zipped(members(path.read_bytes()) | {"xl/worksheets/sheet1.xml": cells.encode()}))
    assert texts(path)[0][1] == "#DIV/0! | half bold | 2024-05-03"


@pytest.mark.parametrize("part", ["xl/comments/comment1.xml", "xl/charts/chart1.xml", "xl/drawings/drawing1.xml"])
def test_a_damaged_part_beside_the_sheet_leaves_its_rows(tmp_path: Path, part: str) -> None:
    def fill(made: openpyxl.Workbook) -> None:
        made.active.append(["May", 3])
        made.active["A1"].comment = Comment("Cold", "Ada")
        chart = BarChart()
        chart.add_data(Reference(made.active, min_col=2, min_row=1, max_row=1))
        made.active.add_chart(chart, "D2")

    path = book(tmp_path / "a.xlsx", fill)
    with zipfile.ZipFile(path) as archive:
        assert part in archive.namelist()
    held = members(path.read_bytes())
    path.write_bytes(zipped(held | {part: held[part][:40]}))
    assert texts(path)[0][1].startswith("May | 3")
    assert not_read(path)
