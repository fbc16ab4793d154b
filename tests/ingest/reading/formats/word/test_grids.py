"""Tables of Word documents: merged cells, tables in tables, frames, titles."""

from pathlib import Path

from ingest import Settings
from ingest.reading.formats.word.grids import Grid, grid
from ingest.reading.formats.word.package import Package
from ingest.reading.formats.word.story import Budget
from ingest.reading.read import read as read_in_box
from tests.ingest.reading.formats.word.documents import cell, document, item, level, lists, p, parts, row, table, text

HEAD = "<w:tblHeader/>"


def grid_of(path: Path, *rows: str) -> Grid:
    """The rows of a table, each cell with the text of its paragraphs."""
    package = Package(document(path / "a.docx", table(*rows)))
    found = next(package.main_root().iter("w:tbl"))
    return grid(found, lambda cell: "".join(words.text or "" for words in cell.iter("w:t")), Budget())


def shown(path: Path, *rows: str) -> str:
    return text(document(path / "a.docx", table(*rows)))


def test_a_value_stands_in_each_row_that_its_cell_covers(tmp_path: Path) -> None:
    rows = [
        row("Floor", "Room", "Beds"), row(cell("Ground", down="restart"), "Lime", "2"),
        row(cell(down="continue"), "Plum", "3"), row("First", "Pear", "1"),
    ]  # fmt: skip
    assert shown(tmp_path, *rows) == (
        "Floor: Ground · Room: Lime · Beds: 2\nFloor: Ground · Room: Plum · Beds: 3\n"
        "Floor: First · Room: Pear · Beds: 1"
    )


def test_a_value_stands_in_each_column_that_its_cell_covers(tmp_path: Path) -> None:
    rows = [row("Tour", "May", "June", "July"), row("Lake", cell("closed", 2), "12"), row("Hill", "7", "8", "9")]
    assert shown(tmp_path, *rows) == (
        "Tour: Lake · May: closed · June: closed · July: 12\nTour: Hill · May: 7 · June: 8 · July: 9"
    )


def test_a_cell_may_be_merged_in_both_directions(tmp_path: Path) -> None:
    rows = [
        row("Tour", "May", "June"), row("Lake", cell("closed", 2, "restart")), row("Hill", cell("", 2, "continue")),
        row("Town", "4", "5"),
    ]  # fmt: skip
    assert shown(tmp_path, *rows) == (
        "Tour: Lake · May: closed · June: closed\nTour: Hill · May: closed · June: closed\n"
        "Tour: Town · May: 4 · June: 5"
    )


def test_columns_left_out_at_the_beginning_of_a_row_shift_nothing(tmp_path: Path) -> None:
    rows = [row("Tour", "May", "June"), row("4", "5", properties='<w:gridBefore w:val="1"/>'), row("Hill", "7", "8")]
    assert shown(tmp_path, *rows) == "May: 4 · June: 5\nTour: Hill · May: 7 · June: 8"


def test_a_title_over_all_columns_fills_its_row(tmp_path: Path) -> None:
    rows = [row("Tour", "Adult", "Child"), row(cell("By boat", 3)), row("Lake", "9", "4")]
    assert grid_of(tmp_path, *rows).rows == [["Tour", "Adult", "Child"], ["By boat"] * 3, ["Lake", "9", "4"]]
    assert shown(tmp_path, row(cell("Trips", 2)), row("Lake", "9"), row("Hill", "4")) == "Trips\nLake | 9\nHill | 4"


def test_a_form_without_names_of_columns_has_each_text_once(tmp_path: Path) -> None:
    rows = [
        row(cell("Owner", down="restart"), "Name:", cell("", 2)), row(cell(down="continue"), cell("Address:", 3)),
        row("Animal", cell("Rex", 2), "12 kg"),
    ]  # fmt: skip
    assert shown(tmp_path, *rows) == "Owner | Name:\nOwner | Address:\nAnimal | Rex | 12 kg"


def test_a_head_of_two_lines_has_its_upper_names_in_each_column(tmp_path: Path) -> None:
    rows = [
        row(cell("Tour", down="restart"), cell("Summer", 2), cell("Winter", 2), properties=HEAD),
        row(cell("", down="continue"), "Adult", "Child", "Adult", "Child", properties=HEAD),
        row("Lake", "9", "4", "7", "3"),
    ]
    found = grid_of(tmp_path, *rows)
    assert found.heads == 2
    assert found.rows == [
        ["Tour", "Summer", "Summer", "Winter", "Winter"],
        ["Tour", "Adult", "Child", "Adult", "Child"],
        ["Lake", "9", "4", "7", "3"],
    ]


def test_a_marked_head_names_the_columns_and_two_columns_are_names_and_values(tmp_path: Path) -> None:
    assert shown(tmp_path, row("Tour", "Price", properties=HEAD), row("Lake", "9")) == "Tour: Lake · Price: 9"
    assert shown(tmp_path, row("Tour", "Lake"), row("Price", "9")) == "Tour | Lake\nPrice | 9"


def test_a_table_in_a_cell_and_a_list_in_a_cell_stay_in_their_row(tmp_path: Path) -> None:
    inner = table(row("Day", "From", "To"), row("Monday", "8", "12"), row("Friday", "9", "11"))
    points = item("towel") + item("soap")
    body = table(row("Bath", "Hours", "Bring"), row("North", cell(inner + p("")), cell(points)))
    path = document(tmp_path / "a.docx", body, numbering=lists(level(0, "-", "bullet")))
    assert text(path) == (
        "Bath: North · Hours: Day: Monday · From: 8 · To: 12; Day: Friday · From: 9 · To: 11 · Bring: towel, soap"
    )


def test_a_table_of_one_cell_is_a_frame(tmp_path: Path) -> None:
    body = table(row(cell(p("Rules", style="Heading1") + p("No fires.") + p("No dogs."))))
    assert parts(document(tmp_path / "a.docx", body)) == [("Rules", "No fires.\n\nNo dogs.")]


def test_a_table_that_only_places_tables_side_by_side_is_read_table_by_table(tmp_path: Path) -> None:
    prices = table(row("Tour", "Adult", "Child"), row("Lake", "9", "4"), row("Hill", "5", "2"))
    body = table(row(cell(p("Prices", style="Heading1") + prices), cell(p("Book early."))))
    assert parts(document(tmp_path / "a.docx", body)) == [
        ("Prices", "Tour: Lake · Adult: 9 · Child: 4\nTour: Hill · Adult: 5 · Child: 2\n\nBook early.")
    ]


def test_merged_cells_do_not_make_a_small_file_large(tmp_path: Path) -> None:
    wide = row("x", cell("word " * 150, 4_294_967_295))
    path = document(tmp_path / "a.docx", table(*[wide] * 2000))
    read = read_in_box(path, path.name, Settings(_env_file=None))  # within the time of a file
    assert sum(len(section.text) for section in read.sections) < 6_000_000
