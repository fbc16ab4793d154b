"""What a person gets to see of a PDF: its text in the order of reading, under its headings, row by row."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.ingest.reading import files, pdfs

DEFAULTS = Settings(_env_file=None)
ROWS = [
    ("Part", "Price", "Stock"),
    ("Brew valve", "12.50", "40"),
    ("Door seal", "3.20", "7"),
    ("Milk hose", "8.00", "112"),
]
ROWS_FOUND = (
    "Part: Brew valve · Price: 12.50 · Stock: 40\n"
    "Part: Door seal · Price: 3.20 · Stock: 7\n"
    "Part: Milk hose · Price: 8.00 · Stock: 112"
)


def of(path: Path) -> Reading:
    return read(path, path.name, DEFAULTS)


def text(path: Path) -> str:
    return "\n\n".join(section.text for section in of(path).sections)


def shown(path: Path) -> str:
    """The text, each part below its heading."""
    return "\n\n".join(f"{section.heading or ''}\n\n{section.text}".strip() for section in of(path).sections)


def parts(path: Path) -> list[tuple[int | None, str | None, str]]:
    return [(section.page, section.heading, section.text) for section in of(path).sections]


def line_numbers(found: str) -> list[int]:
    return [int(number) for number in re.findall(r"line(\d+)", found)]


# Headings


def test_a_heading_of_the_outline_begins_a_section_in_the_middle_of_a_page(tmp_path: Path) -> None:
    pages = [
        [("1 Milk", 0), ("Milk is white.", None), ("1.1 Foam", 1), ("Foam is light.", None)],
        [("It stays for minutes.", None), ("2 Tea", 0), ("Tea is hot.", None)],
    ]
    assert parts(pdfs.outlined(tmp_path / "a.pdf", pages)) == [
        (1, "1 Milk", "Milk is white."),
        (1, "1 Milk > 1.1 Foam", "Foam is light."),
        (2, "1 Milk > 1.1 Foam", "It stays for minutes."),
        (2, "2 Tea", "Tea is hot."),
    ]


def test_a_contents_page_is_not_cut_at_the_titles_it_lists(tmp_path: Path) -> None:
    pages: list[list[tuple[str, int | None]]] = [
        [("Contents", None), ("Milk", None), ("Tea", None)],
        [("Milk", 0), ("White.", None)],
        [("Tea", 0), ("Hot.", None)],
    ]
    found = parts(pdfs.outlined(tmp_path / "a.pdf", pages))
    assert [(page, heading) for page, heading, _ in found] == [(1, None), (2, "Milk"), (3, "Tea")]


def test_a_title_is_known_by_its_words_whatever_the_case_and_the_numbering(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for title, printed, y in (("Milk and foam", "1.  MILK AND FOAM", 700), ("Tea", "TEA . . . .", 600)):
        canvas.bookmarkPage(title)
        canvas.addOutlineEntry(title, title, 0)
        canvas.drawString(72, y, printed)
        canvas.drawString(72, y - 30, f"About {title.lower()}.")
    canvas.save()
    assert parts(tmp_path / "a.pdf") == [(1, "Milk and foam", "About milk and foam."), (1, "Tea", "About tea.")]


def test_a_chapter_with_no_text_of_its_own_is_named_by_its_part_or_stays_as_text(tmp_path: Path) -> None:
    pages = [[("One", 0), ("Part", 1), ("Piece", 2), ("Words.", None), ("Two", 0)]]
    assert parts(pdfs.outlined(tmp_path / "a.pdf", pages)) == [(1, "Part > Piece", "One\n\nWords."), (1, None, "Two")]


# Running heads


def bodies(count: int) -> list[list[str]]:
    return [pdfs.prose(10 * page, 8) for page in range(count)]


def test_running_heads_and_page_numbers_are_left_out_on_left_and_right_pages(tmp_path: Path) -> None:
    heads = ["The Otter Manual" if page % 2 else "Cleaning" for page in range(8)]
    feet = [f"Page {page + 5} of 12" for page in range(8)]
    found = text(pdfs.running(tmp_path / "a.pdf", bodies(8), heads, feet))
    assert len(re.findall("Page", found)) == 0
    # Nothing is lost that stands only in the head: it is read where it comes first.
    assert (found.count("The Otter Manual"), found.count("Cleaning")) == (1, 1)
    assert line_numbers(found) == [10 * page + line for page in range(8) for line in range(8)]


def test_what_stands_on_one_page_only_is_kept_also_at_the_edge(tmp_path: Path) -> None:
    heads = ["Otter Manual"] * 4 + ["Withdrawn in 2020"] + ["Otter Manual"]
    feet = [f"Total {amount}" for amount in (120, 340, 80, 75, 410, 99)]
    found = text(pdfs.running(tmp_path / "a.pdf", bodies(6), heads, feet))
    assert "Withdrawn in 2020" in found
    assert all(foot in found for foot in feet)


def test_a_document_of_two_pages_loses_nothing_but_its_page_numbers(tmp_path: Path) -> None:
    found = text(pdfs.running(tmp_path / "a.pdf", bodies(2), ["Acme Ltd"] * 2, ["1", "2"]))
    assert found.count("Acme Ltd") == 2
    assert not re.search(r"^\d$", found, re.M)


def test_the_number_of_a_heading_is_no_page_number(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 780, "1")
    canvas.drawString(110, 780, "Introduction")
    pdfs.write_lines(canvas, 72, 740, pdfs.prose(0, 5))
    canvas.save()
    assert text(tmp_path / "a.pdf").startswith("1 Introduction")


# Words


def test_a_word_broken_at_a_line_end_keeps_the_hyphen_that_it_has_on_another_page(tmp_path: Path) -> None:
    broken = [
        "The flow is best where the machine has been set up for chat-",
        "optimized drinks and for the good old cof-",
        "fee that everybody in the office likes so much at noon, or even",
        "more so in the long afternoon.",
    ]
    found = text(files.pdf(tmp_path / "a.pdf", [broken, ["A chat-optimized machine."]]))
    assert "for chat-optimized drinks and for the good old coffee that" in found


def test_letters_that_are_printed_as_one_are_found_by_what_one_types(tmp_path: Path) -> None:
    assert text(pdfs.foreign(tmp_path / "a.pdf", ["xnd"], {"x": "ﬁ", "n": "n", "d": "d"})) == "find"


def test_text_from_right_to_left_is_read_as_it_is_typed(tmp_path: Path) -> None:
    letters = dict(zip("abcdesmQRS", "שלוםעسمabc", strict=True)) | {"x": "لا"}
    lines = ["dbce dcba", "QRS dbce dcba", "dbce QRS dcba", "mxs"]
    assert text(pdfs.foreign(tmp_path / "a.pdf", lines, letters)).split("\n") == [
        "שלום עולם",
        "שלום עולם abc",
        "שלום abc עולם",
        "سلام",
    ]


def test_text_from_right_to_left_that_a_browser_printed_is_read_as_it_is_typed(tmp_path: Path) -> None:
    hebrew = {"a": "\u05d3", "b": "\u05dc", "c": "\u05ea"}
    arabic = {"m": "\u0645", "x": "\u0644\u0627", "s": "\u0633"}
    path = pdfs.foreign(tmp_path / "a.pdf", ["abc cba", "mxs 12"], hebrew | arabic, beside=True)
    assert text(path).split() == ["\u05d3\u05dc\u05ea", "\u05ea\u05dc\u05d3", "12", "\u0633\u0644\u0627\u0645"]


# Columns


@pytest.mark.parametrize(("count", "words"), [(2, 7), (3, 4)])
def test_columns_are_read_one_after_the_other(tmp_path: Path, count: int, words: int) -> None:
    block = [pdfs.prose(100 * column, 12, words) for column in range(count)]
    found = shown(pdfs.columns(tmp_path / "a.pdf", ["News of the town"], [block]))
    assert found.startswith("News of the town")
    assert line_numbers(found) == [100 * column + line for column in range(count) for line in range(12)]


def test_a_title_across_the_columns_keeps_its_place(tmp_path: Path) -> None:
    blocks = [[pdfs.prose(0, 10, 7), pdfs.prose(10, 10, 7)], [pdfs.prose(20, 10, 7), pdfs.prose(30, 10, 7)]]
    found = shown(pdfs.columns(tmp_path / "a.pdf", ["News of the town", "Weather in the mountains"], blocks))
    assert line_numbers(found) == list(range(40))
    assert line_numbers(found.partition("Weather in the mountains")[0]) == list(range(20))


def test_an_ordinary_page_is_read_from_top_to_bottom(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number in reversed(range(30)):
        canvas.drawString(72, 780 - 20 * number, pdfs.prose(number, 1)[0])
    canvas.save()
    assert line_numbers(text(tmp_path / "a.pdf")) == list(range(30))


def test_a_page_that_is_turned_is_read_like_any_other(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(842, 595))
    canvas.setPageRotation(90)
    canvas.translate(842, 0)
    canvas.rotate(90)
    pdfs.write_lines(canvas, 72, 740, pdfs.prose(0, 12))
    canvas.save()
    assert line_numbers(text(tmp_path / "a.pdf")) == list(range(12))


# Tables


@pytest.mark.parametrize("ruled", [True, False])
def test_a_row_of_a_table_is_found_by_what_its_columns_say(tmp_path: Path, ruled: bool) -> None:
    assert text(pdfs.table(tmp_path / "a.pdf", ROWS, ruled)) == f"Before.\n\n{ROWS_FOUND}\n\nAfter."


@pytest.mark.parametrize("ruled", [True, False])
def test_bold_heads_name_columns_of_words(tmp_path: Path, ruled: bool) -> None:
    rows = [("Code", "Meaning"), ("E01", "Clock lost"), ("E04", "No display"), ("E08", "No reader")]
    path = pdfs.table(tmp_path / "a.pdf", rows, ruled, bold=True)
    assert "Code: E01 · Meaning: Clock lost\nCode: E04 · Meaning: No display" in text(path)


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_without_evident_heads_keeps_its_cells_apart(tmp_path: Path, ruled: bool) -> None:
    rows = [("Owner", "Bruce Wayne"), ("Make", "Batman"), ("Colour", "Black"), ("Phone", "555-1234")]
    assert "Owner | Bruce Wayne\nMake | Batman\nColour | Black\nPhone | 555-1234" in text(
        pdfs.table(tmp_path / "a.pdf", rows, ruled)
    )


def test_an_empty_cell_does_not_shift_its_row(tmp_path: Path) -> None:
    rows = [*ROWS, ("Foot", "", "4"), ("Lid", "2.00", "")]
    found = text(pdfs.table(tmp_path / "a.pdf", rows, ruled=False))
    assert "Part: Foot · Stock: 4\nPart: Lid · Price: 2.00" in found


def test_a_cell_of_several_lines_stays_in_its_row(tmp_path: Path) -> None:
    rows = [*ROWS, ("Drain hose\nfor the tank", "5.10", "3")]
    assert "Part: Drain hose for the tank · Price: 5.10 · Stock: 3" in text(
        pdfs.table(tmp_path / "a.pdf", rows, ruled=True)
    )


def test_a_numbered_list_is_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number, line in enumerate(["Open the tap.", "Shut the lid.", "Fill the tank.", "Wait."], 1):
        canvas.drawString(72, 760 - 16 * number, f"{number}.")
        canvas.drawString(100, 760 - 16 * number, line)
    canvas.save()
    assert text(tmp_path / "a.pdf") == "1. Open the tap.\n2. Shut the lid.\n3. Fill the tank.\n4. Wait."


MAKERS: list[Callable[[Path], Path]] = [
    lambda path: pdfs.table(path, ROWS, ruled=True),
    lambda path: pdfs.table(path, ROWS, ruled=False),
    lambda path: pdfs.columns(path, ["News of today"], [[pdfs.prose(0, 12, 7), pdfs.prose(50, 9, 7)]]),
    lambda path: pdfs.outlined(path, [[("1 Milk", 0), ("Milk is white.", None), ("Tea", 0), ("Hot.", None)]]),
]


@pytest.mark.parametrize("make", MAKERS)
def test_no_word_is_lost_and_none_is_doubled(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path / "a.pdf")
    sections = of(path).sections
    heads = {word for row in ROWS[:1] for word in row}
    found = Counter(re.findall(r"\w+", " ".join(f"{section.heading or ''} {section.text}" for section in sections)))
    written = Counter(re.findall(r"\w+", pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()))
    assert {word: count for word, count in found.items() if word not in heads} == {
        word: count for word, count in written.items() if word not in heads
    }
