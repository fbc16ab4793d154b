"""The places that are kept of a passage lie on its words as they stand on the page, and on no others."""

import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Place, Section
from ingest.reading.formats import pictures
from ingest.reading.formats.pdf import reader
from ingest.reading.read import read
from ingest.reading.section_places import by_line, cut_out
from ingest.settings import Settings
from tests.ingest.reading import pdfs

DEFAULTS = Settings(_env_file=None)
TENTHS = 10  # to a point
Point = tuple[float, float]


class Marked:
    """The places of a passage on a page of A4, or of another size, to be asked about points from its lower left."""

    def __init__(self, places: Sequence[Place], size: tuple[float, float] = A4) -> None:
        self.places = places
        self.height = size[1]

    def holds(self, point: Point) -> bool:
        """Whether the passage stands there."""
        x, y = point[0] * TENTHS, (self.height - point[1]) * TENTHS
        return any(place.left <= x <= place.right and place.top <= y <= place.bottom for place in self.places)


def places_of(path: Path, passage: str) -> Sequence[Place]:
    """Where a stretch of the text of a file's first section that has it stands, as the reader has kept it."""
    return places_in(list(reader.read(path).sections), passage)


def places_in(sections: Sequence[object], passage: str) -> Sequence[Place]:
    stretch = re.compile(r"\s+".join(map(re.escape, passage.split())))
    for section in sections:
        if isinstance(section, Section) and (found := stretch.search(section.text)):
            return by_line(cut_out(section.places, *found.span()))
    raise AssertionError(passage)


def marked(path: Path, passage: str, size: tuple[float, float] = A4) -> Marked:
    return Marked(places_of(path, passage), size)


def page(path: Path, lines: Sequence[str]) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    pdfs.write_lines(canvas, pdfs.LEFT, pdfs.TOP, lines)
    canvas.save()
    return path


def on_line(number: int, x: float = pdfs.LEFT + 60) -> Point:
    """The middle of a line that `page` wrote, counted from 0."""
    return x, pdfs.TOP - pdfs.LEADING * number + 4


def test_the_lines_of_a_passage_are_marked_and_no_others(tmp_path: Path) -> None:
    lines = pdfs.prose(0, 20)
    found = marked(page(tmp_path / "a.pdf", lines), " ".join(lines[5:9]))
    assert [n for n in range(20) if found.holds(on_line(n))] == [5, 6, 7, 8]


def test_a_passage_may_begin_and_end_within_a_line(tmp_path: Path) -> None:
    found = marked(
        page(tmp_path / "a.pdf", ["Tea is hot. Milk is cold and comes", "in a jug of one litre. Water is free."]),
        "Milk is cold and comes in a jug of one litre.",
    )
    assert found.holds(on_line(0, 150))
    assert found.holds(on_line(1, 90))
    assert not found.holds(on_line(0, 85))
    assert not found.holds(on_line(1, 215))


def test_a_passage_that_runs_from_one_column_to_the_next_is_marked_in_both(tmp_path: Path) -> None:
    left, right = pdfs.prose(0, 20, 6), pdfs.prose(20, 20, 6)
    path = pdfs.columns(tmp_path / "a.pdf", ["A title across the page"], [[left, right]])
    found = marked(path, " ".join([*left[15:], *right[:4]]))
    first, down, column = 780 - 2 * pdfs.LEADING + 3, pdfs.LEADING - 2, (pdfs.WIDTH - 80) / 2
    filled = {
        (side, row) for side in (0, 1) for row in range(20) if found.holds((70 + side * column, first - row * down))
    }
    assert filled == {(0, row) for row in range(15, 20)} | {(1, row) for row in range(4)}


def test_words_broken_at_line_ends_are_found(tmp_path: Path) -> None:
    lines = ["Before it there is another line of words here.", "Whoever asks for infor-", "mation gets it."]
    found = marked(page(tmp_path / "a.pdf", lines), "information gets it.")
    assert found.holds(on_line(1, 170))
    assert found.holds(on_line(2, 100))
    assert not found.holds(on_line(1, 100))
    assert not found.holds(on_line(0))


@pytest.mark.parametrize("ruled", [True, False])
def test_the_rows_of_a_table_are_found_by_their_cells(tmp_path: Path, ruled: bool) -> None:
    rows = [("Part", "Price", "Stock"), *((f"Valve number {n}", f"{n}.50", str(7 * n)) for n in range(1, 9))]
    path = pdfs.table(tmp_path / "a.pdf", rows, ruled)
    text = read(path, path.name, DEFAULTS).sections[0].text
    wanted = "\n".join(line for line in text.splitlines() if any(f"number {n} " in line for n in (4, 5, 6)))
    assert "Price: 5.50" in wanted
    found = marked(path, wanted)
    step = 18  # the height of a row of such a table
    filled = [n for n in range(9) if found.holds((pdfs.LEFT + 30, pdfs.TOP - 40 - step * n - 9))]
    assert filled == [4, 5, 6]
    assert found.holds((pdfs.LEFT + 232, pdfs.TOP - 40 - step * 5 - 9))
    assert not found.holds((pdfs.LEFT + 20, pdfs.TOP + 4))


def test_a_phrase_that_stands_elsewhere_as_well_is_marked_only_in_its_passage(tmp_path: Path) -> None:
    said = "Always switch the machine off at the wall before you open it."
    lines = [said, *pdfs.prose(0, 6), said, "Then lift the lid and take out the grey filter.", *pdfs.prose(6, 6), said]
    found = marked(page(tmp_path / "a.pdf", lines), " ".join(lines[7:9]))
    assert [n for n in range(len(lines)) if found.holds(on_line(n))] == [7, 8]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_and_cropped_page_has_the_outline_where_the_words_are(tmp_path: Path, rotation: int) -> None:
    lines = pdfs.prose(0, 20)
    document = pypdfium2.PdfDocument(page(tmp_path / "whole.pdf", lines))
    document[0].set_cropbox(50, 400, 500, 800)
    document[0].set_rotation(rotation)
    document.save(tmp_path / "a.pdf")
    size = (400.0, 450.0) if rotation in {90, 270} else (450.0, 400.0)
    # The lines of a rotated page are not read from the first to the last, and those upside down from their ends.
    said = [" ".join(line.split()[:: -1 if rotation == 180 else 1]) for line in lines[5:9]]
    places = [place for line in said for place in places_of(tmp_path / "a.pdf", line)]
    found = Marked(places, size)
    filled = []
    for number in range(20):
        x, y = on_line(number)[0] - 50, on_line(number)[1] - 400
        shown = {0: (x, y), 90: (y, 450 - x), 180: (450 - x, 400 - y), 270: (400 - y, x)}
        if found.holds(shown[rotation]):
            filled.append(number)
    assert filled == [5, 6, 7, 8]


def test_ligatures_and_letters_from_right_to_left_are_found(tmp_path: Path) -> None:
    letters = {"a": "\ufefc", "b": "\u0633", "c": "\ufb01", "d": "n", "e": "d", "f": "x"}
    path = pdfs.foreign(tmp_path / "a.pdf", ["fff", "cde", "fff", "bab"], letters)
    text = "\n".join(section.text for section in read(path, path.name, DEFAULTS).sections)
    assert marked(path, "find").holds((80, 684))
    assert not marked(path, "find").holds((80, 704))
    assert text.split()[-1] != "bab"
    assert marked(path, text.split()[-1]).holds((80, 644))


@pytest.mark.parametrize("rotation", [0, 90])
def test_on_a_scan_the_words_that_ocr_has_read_are_marked(tmp_path: Path, rotation: int) -> None:
    lines = ["The key is under the mat.", "Nobody is at home on Monday.", "Please water the plants."]
    path = pdfs.scans(tmp_path / "a.pdf", [pdfs.page_scan(lines, rotation)])
    sections = list(reader.read(path).sections)
    found = places_in(sections, "at home on Monday.")
    whole = places_in(sections, "Nobody is at home on Monday.")
    assert found
    along, across = (3, 2) if rotation else (2, 3)
    one, other = found[0], whole[0]
    # The words are at the end of their line, which is a quarter longer than they are.
    assert abs(one[across] - other[across]) < 5
    assert 0.5 < abs(one[along + 2] - one[along]) / abs(other[along + 2] - other[along]) < 0.8


def test_a_page_of_five_thousand_words_is_no_hindrance(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    lines = pdfs.prose(0, 200, 24)
    canvas.setFont("Helvetica", 3)
    for place, line in enumerate(lines):
        canvas.drawString(72, 820 - 4 * place, line)
    canvas.save()
    found = marked(tmp_path / "a.pdf", " ".join(lines[100:106]))
    filled = [n for n in range(200) if found.holds((120, 820 - 4 * n + 1))]
    assert set(range(101, 105)) <= set(filled) <= set(range(99, 107))


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_words_of_a_picture_are_marked_where_they_are_seen(tmp_path: Path, rotation: int) -> None:
    path = tmp_path / "a.png"
    pdfs.page_scan(["The key is under the mat.", "Nobody is at home on Monday."], rotation).save(path)
    section = next(each for each in pictures.read(path).sections if isinstance(each, Section))
    assert section.text.startswith("The key is under the mat.")
    places = by_line(cut_out(section.places, 0, len("The key is under the mat.")))
    line, other = (150 + 130, 150 + 14), (150 + 130, 150 + 44 + 14)  # pixels, as `page_scan` writes them
    for (x, y), is_there in ((line, True), (other, False)):
        held = (x, y) if rotation == 0 else (y, 1240 - x)  # as the camera was held
        found = Marked(places, (0, Image.open(path).height))
        assert found.holds((held[0], found.height - held[1])) is is_there
