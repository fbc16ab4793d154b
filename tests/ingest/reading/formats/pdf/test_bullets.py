"""Bullets that a file draws part the items of a list, and other small drawings are none."""

from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingest.document import Section
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.pdf.bullets import with_bullets
from ingest.reading.formats.pdf.lines import lines
from ingest.reading.formats.pdf.reader import read
from ingest.reading.placed import PlacedText
from tests.ingest.reading.pieces import drawn_page

ITEMS = ["altering the words of a text", "moving a text to the left or to the right", "making the letters of it larger"]


def found(path: Path, draw: Callable[[Canvas], None]) -> list[Line]:
    page = drawn_page(path, draw)
    return with_bullets(page, lines(page))


def items(canvas: Canvas) -> None:
    for place, item in enumerate(ITEMS):
        canvas.circle(80, 703.5 - 14 * place, 1.8, stroke=0, fill=1)
        canvas.drawString(90, 700 - 14 * place, item)


def test_the_items_of_a_list_with_drawn_bullets_are_lines_of_their_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 720, "The most common edits are these, which each of us does several times a day:")
        items(canvas)

    assert [line.text for line in found(tmp_path / "a.pdf", draw)][1:] == [f"• {item}" for item in ITEMS]
    sections = [part for part in read(tmp_path / "a.pdf").sections if isinstance(part, Section)]
    assert "\n".join(f"• {item}" for item in ITEMS) in sections[0].text


def test_the_words_of_an_item_keep_their_places_and_the_bullet_has_its_own(tmp_path: Path) -> None:
    line = found(tmp_path / "a.pdf", items)[0]
    assert isinstance(line.text, PlacedText)
    words = {line.text[spot.start : spot.end]: spot.box for spot in line.text.spots}
    assert words["•"][0] < words["altering"][0] == 90
    assert line.left == words["•"][0]


def test_points_of_a_plot_boxes_to_tick_and_lone_dots_are_no_bullets(tmp_path: Path) -> None:
    def plot(canvas: Canvas) -> None:
        for place, name in enumerate(("x", "y", "12")):
            canvas.circle(80, 703 - 20 * place, 1.8, fill=1)
            canvas.drawString(90, 700 - 20 * place, name)

    def boxes(canvas: Canvas) -> None:
        for place, item in enumerate(ITEMS):
            canvas.rect(74, 700 - 20 * place, 10, 10)
            canvas.drawString(90, 700 - 20 * place, item)

    def dot(canvas: Canvas) -> None:
        canvas.circle(80, 703.5, 1.8, fill=1)
        canvas.drawString(90, 700, "A line with a dot before it")
        canvas.drawString(90, 686, "and a second line without one")

    for number, draw in enumerate((plot, boxes, dot)):
        assert not any("•" in line.text for line in found(tmp_path / f"{number}.pdf", draw))


def test_a_bullet_that_is_a_letter_is_not_doubled(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for place, item in enumerate(ITEMS):
            canvas.circle(80, 703.5 - 14 * place, 1.8, fill=1)
            canvas.drawString(90, 700 - 14 * place, f"• {item}")

    assert [line.text for line in found(tmp_path / "a.pdf", draw)] == [f"• {item}" for item in ITEMS]
