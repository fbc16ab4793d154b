"""OpenDocument sheets: the text of their cells as it was shown, merged cells, comments, hidden sheets."""

from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.ingest.reading.mutations import zipped

DEFAULTS = Settings(_env_file=None)
SPACE = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{short}="{SPACE}:{long}:1.0"'
    for short, long in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "draw": "drawing",
    }.items()
)
SHEETS = "application/vnd.oasis.opendocument.spreadsheet"
HIDDEN = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'


def ods(path: Path, *sheets: str, more: dict[str, str] | None = None, media_type: str = SHEETS) -> Path:
    content = (
        f'<office:document-content {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>{HIDDEN}</office:automatic-styles>'
        f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": media_type, "content.xml": content} | (more or {})
    path.write_bytes(zipped({name: text.encode() for name, text in parts.items()}))
    return path


def sheet(name: str, *rows: str, style: str = "v") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def cell(text: str, more: str = "", inside: str = "") -> str:
    return f"<table:table-cell{more}>{inside}<text:p>{text}</text:p></table:table-cell>"


def of(path: Path) -> Reading:
    return read(path, path.name, DEFAULTS)


def texts(path: Path) -> list[tuple[str | None, str]]:
    return [(part.heading, part.text) for part in of(path).sections]


def test_cells_are_read_as_they_were_shown(tmp_path: Path) -> None:
    price = cell("1.234,50 €", ' office:value-type="currency" office:value="1234.5"')
    path = ods(tmp_path / "a.ods", sheet("Boats", row(cell("Boat"), cell("Price")), row(cell("Kestrel"), price)))
    reading = of(path)
    assert (reading.type, reading.pages) == ("OpenDocument sheet", 1)
    assert texts(path) == [("Boats", "Boat: Kestrel · Price: 1.234,50 €")]


def test_merged_cells_and_repeated_ones_are_in_their_columns(tmp_path: Path) -> None:
    wide, tall = ' table:number-columns-spanned="2"', ' table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    rows = [
        row(cell("House"), cell("May", wide), covered, cell("June", wide), covered),
        row("<table:table-cell/>", cell("Single"), cell("Double"), cell("Single"), cell("Double")),
        row(cell("Lake", tall), cell("4", ' table:number-columns-repeated="4"')),
        row(covered, cell("5"), cell("6"), cell("7"), cell("8")),
        row('<table:table-cell table:number-columns-repeated="16384"/>', more=' table:number-rows-repeated="1048000"'),
    ]
    assert texts(ods(tmp_path / "a.ods", sheet("Rooms", *rows)))[0][1].split("\n") == [
        "House: Lake · May Single: 4 · May Double: 4 · June Single: 4 · June Double: 4",
        "House: Lake · May Single: 5 · May Double: 6 · June Single: 7 · June Double: 8",
    ]


def test_a_cell_repeated_a_million_times_is_read(tmp_path: Path) -> None:
    many = ' table:number-columns-repeated="999999999" table:number-rows-repeated="9"'
    path = ods(tmp_path / "a.ods", sheet("A", row(cell("x", many), more=' table:number-rows-repeated="999999"')))
    assert texts(path)[0][1].startswith("x")


def test_comments_shapes_and_charts_are_told(tmp_path: Path) -> None:
    note = "<office:annotation><dc:creator>Ada</dc:creator><text:p>Only until June</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>Counted at the gate</text:p></draw:text-box></draw:frame>"
    chart = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    title = "<chart:title><text:p>Guests</text:p></chart:title>"
    inner = f'<x {SPACES} xmlns:chart="{SPACE}:chart:1.0"><chart:chart>{title}</chart:chart></x>'
    path = ods(
        tmp_path / "a.ods",
        sheet("A", f"<table:shapes>{chart}</table:shapes>", row(cell("Kestrel"), cell("90", inside=note + box))),
        more={"Object 1/content.xml": inner},
    )
    reading = of(path)
    assert reading.sections[0].text == (
        "Kestrel | 90\n\nCounted at the gate\n\nComment by Ada on B1 (Kestrel | 90): Only until June"
    )
    assert reading.not_read == (NotRead("chart", "Guests"),)


def test_hidden_sheets_are_marked_and_formulas_without_a_value_said_so(tmp_path: Path) -> None:
    formula = '<table:table-cell table:formula="of:=SUM([.A1:.A3])"/>'
    path = ods(tmp_path / "a.ods", sheet("Sums", row(cell("Sum"), formula), style="h"))
    assert texts(path) == [("Sums (hidden sheet)", "Sum | =SUM([.A1:.A3]) (not calculated)")]


def test_values_without_a_text_are_read(tmp_path: Path) -> None:
    kinds = ('"float" office:value="2.50"', '"percentage" office:value="0.25"', '"date" office:date-value="2024-05-03"')
    cells = [f"<table:table-cell office:value-type={kind}/>" for kind in kinds]
    assert texts(ods(tmp_path / "a.ods", sheet("A", row(*cells))))[0][1] == "2.5 | 25% | 2024-05-03"


def test_a_protected_sheet_says_so(tmp_path: Path) -> None:
    manifest = (
        f'<m:manifest xmlns:m="{SPACE}:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    )
    path = ods(tmp_path / "a.ods", more={"META-INF/manifest.xml": manifest})
    with pytest.raises(CannotRead, match="protected with a password"):
        of(path)


def test_other_documents_of_this_family_are_still_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.odg", media_type="application/vnd.oasis.opendocument.graphics")
    with pytest.raises(CannotRead, match="This is an OpenDocument file"):
        of(path)


def test_a_damaged_one_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "a.ods", sheet("A", row(cell("Kestrel"))), more={"content.xml": "<office:document-content"})
    with pytest.raises(CannotRead, match="is damaged"):
        of(path)
