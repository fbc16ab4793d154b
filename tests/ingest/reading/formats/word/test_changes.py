"""Tracked changes as after accepting them, and what is hidden or only waits to be written."""

from pathlib import Path

from tests.ingest.reading.formats.word.documents import STYLES, cell, document, p, parts, r, row, table, text


def deleted(words: str) -> str:
    return f"<w:del><w:r><w:delText>{words}</w:delText></w:r></w:del>"


def test_deletions_are_gone_and_insertions_are_kept(tmp_path: Path) -> None:
    body = p("The gate opens at ", deleted("seven"), f"<w:ins>{r('six')}</w:ins>", ".")
    assert text(document(tmp_path / "a.docx", body)) == "The gate opens at six."


def test_moved_text_stands_once_where_it_was_moved_to(tmp_path: Path) -> None:
    body = p("First.", f"<w:moveFrom>{r(' Moved.')}</w:moveFrom>") + p("Last.", f"<w:moveTo>{r(' Moved.')}</w:moveTo>")
    assert text(document(tmp_path / "a.docx", body)) == "First.\n\nLast. Moved."


def test_paragraphs_whose_break_is_deleted_become_one(tmp_path: Path) -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    body = (
        p("The key ", properties=mark) + p(deleted("gone"), properties=mark) + p("is here.") + p("End", properties=mark)
    )
    assert text(document(tmp_path / "a.docx", body)) == "The key is here.\n\nEnd"


def test_deleted_rows_and_cells_are_gone(tmp_path: Path) -> None:
    body = table(
        row("Size", "Price", "Stock"),
        row("S", "4", "7"),
        row("M", "5", "8", properties="<w:del/>"),
        row("L", "6", "9", properties="<w:ins/>"),
        row("XL", "7", "1", properties="<w:hidden/>"),
    )
    path = document(tmp_path / "a.docx", body)
    assert text(path) == "Size: S · Price: 4 · Stock: 7\nSize: L · Price: 6 · Stock: 9"


def test_hidden_text_is_left_out(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Inner"><w:basedOn w:val="Outer"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Outer"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    secret, seen = r(" unseen", '<w:rStyle w:val="Secret"/>'), r(" too", '<w:vanish w:val="0"/>')
    body = (
        p("Seen", r(" unseen", "<w:vanish/>"), secret, seen)
        + p("Unseen", r("Shown all the same", '<w:vanish w:val="false"/>'), style="Inner")
    )  # fmt: skip
    assert text(document(tmp_path / "a.docx", body, styles=STYLES + styles)) == "Seen too\n\nShown all the same"


def control(content: str, more: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_content_controls_are_read_wherever_they_are(tmp_path: Path) -> None:
    body = (
        control(p("Order", style="Heading1") + p("Customer: ", control(r("Ines Falk"))))
        + table(row("Item", "Count", "Colour"), control(row("Cup", control(cell("3")), cell(control(p("blue"))))))
    )  # fmt: skip
    path = document(tmp_path / "a.docx", body)
    assert parts(path) == [("Order", "Customer: Ines Falk\n\nItem: Cup · Count: 3 · Colour: blue")]


def test_a_placeholder_is_no_content(tmp_path: Path) -> None:
    waits = "<w:showingPlcHdr/>"
    body = (
        p("Name: ", control(r("Click here to write"), waits)) + control(p("Choose a date"), waits)
        + table(row("Item", "Count", "Colour"), row("Cup", control(cell("Type a number"), waits), "blue"))
    )  # fmt: skip
    assert text(document(tmp_path / "a.docx", body)) == "Name:\n\nCount\nItem: Cup · Colour: blue"
