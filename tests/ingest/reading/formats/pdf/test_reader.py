"""A PDF as a whole: its pages counted, its sections in order, the progress before them, and what cannot be read."""

import re
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.reading.contents import PagesRead
from ingest.reading.formats.pdf.reader import read
from tests.ingest.reading import files, pdfs


def test_the_progress_comes_before_the_sections_and_each_section_has_its_page(tmp_path: Path) -> None:
    contents = read(files.pdf(tmp_path / "a.pdf", [["Tea is hot."], ["Milk is white."]], {2: "Milk"}))
    assert contents.pages == 2
    assert list(contents.sections) == [
        PagesRead(1, 2), PagesRead(2, 2),
        Section("Tea is hot.", 1, None), Section("Milk is white.", 2, "Milk"),
    ]  # fmt: skip


def test_a_compound_of_one_page_keeps_its_hyphen_on_the_other(tmp_path: Path) -> None:
    broken = [
        "The flow is best where the machine has been set up for chat-",
        "optimized drinks and for the good coffee that everybody here",
        "likes so much, in the morning as well as in the evening.",
    ]
    contents = read(files.pdf(tmp_path / "a.pdf", [broken, ["A chat-optimized machine."]]))
    assert "for chat-optimized drinks and for the good coffee that everybody" in next(
        section.text for section in contents.sections if isinstance(section, Section)
    )


def test_a_table_between_paragraphs_stays_between_them(tmp_path: Path) -> None:
    rows = [("Part", "Price"), ("Valve", "12.50"), ("Seal", "3.20"), ("Hose", "8.00")]
    contents = read(pdfs.table(tmp_path / "a.pdf", rows, ruled=True))
    (section,) = (section for section in contents.sections if isinstance(section, Section))
    assert section.text.split("\n\n") == [
        "Before.", "Part: Valve · Price: 12.50\nPart: Seal · Price: 3.20\nPart: Hose · Price: 8.00", "After."
    ]  # fmt: skip


def test_a_title_at_the_end_that_nothing_follows_is_text(tmp_path: Path) -> None:
    contents = read(pdfs.outlined(tmp_path / "a.pdf", [[("Milk", 0), ("White.", None), ("Tea", 0)]]))
    sections = [section for section in contents.sections if isinstance(section, Section)]
    assert sections == [Section("White.", 1, "Milk"), Section("Tea", 1, None)]


def test_one_broken_page_is_no_reason_to_refuse_the_others(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf", [["One."], ["Two."], ["Three."]])
    data = path.read_bytes()
    kids = re.search(rb"/Kids \[ (\d+) 0 R (\d+) 0 R", data)
    assert kids
    # The second page's object is of the same length, but no page any more.
    start = data.index(b"\n" + kids.group(2) + b" 0 obj") + len(kids.group(2)) + 7
    end = data.index(b"endobj", start)
    path.write_bytes(data[:start] + b"\n42".ljust(end - start) + data[end:])
    contents = read(path)
    assert contents.pages == 3
    found = [section for section in contents.sections if isinstance(section, Section) and section.text]
    assert found == [Section("One.", 1), Section("Three.", 3)]


def test_a_protected_and_a_damaged_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="protected with a password"):
        read(files.pdf(tmp_path / "a.pdf", [["Secret."]], protected=True))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    with pytest.raises(CannotRead, match="damaged"):
        read(tmp_path / "b.pdf")


def test_an_empty_page_is_no_scan(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.showPage()
    canvas.drawString(72, 700, "Two.")
    canvas.showPage()
    canvas.save()
    progress = [item for item in read(tmp_path / "a.pdf").sections if isinstance(item, PagesRead)]
    assert [item.ocr_pages for item in progress] == [0, 0]


def test_a_document_of_nothing_but_page_numbers_is_read_as_it_is(tmp_path: Path) -> None:
    sections = [
        part for part in read(files.pdf(tmp_path / "a.pdf", [["Page 1"]])).sections if isinstance(part, Section)
    ]
    assert sections == [Section("Page 1", 1)]


def test_empty_pages_are_refused_in_a_sentence_that_says_so(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.showPage()
    canvas.save()
    with pytest.raises(CannotRead, match="The pages of this PDF are empty"):
        list(read(tmp_path / "a.pdf").sections)


def test_a_file_that_only_its_owner_may_change_is_read_without_a_password(tmp_path: Path) -> None:
    canvas = Canvas(
        str(tmp_path / "a.pdf"), encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0)
    )
    canvas.drawString(72, 700, "The pier is closed.")
    canvas.save()
    sections = [part for part in read(tmp_path / "a.pdf").sections if isinstance(part, Section)]
    assert sections == [Section("The pier is closed.", 1)]
