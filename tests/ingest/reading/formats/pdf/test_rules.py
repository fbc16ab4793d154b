"""The straight rules of a page, where a person sees them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.formats.layout.rule import Rule
from ingest.reading.formats.pdf.rules import rules
from tests.ingest.reading.pieces import drawn_page


def rounded(found: list[Rule]) -> set[tuple[bool, int, int, int]]:
    return {(rule.vertical, round(rule.place), round(rule.start), round(rule.end)) for rule in found}


EDGES = {(False, 100, 50, 250), (False, 140, 50, 250), (True, 50, 100, 140), (True, 250, 100, 140)}


def test_lines_are_rules_with_their_place_and_their_ends(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.1)
        canvas.line(50, 300, 250, 300)
        canvas.line(120, 500, 120, 400)

    assert rounded(rules(drawn_page(tmp_path / "a.pdf", draw))) == {(False, 300, 50, 250), (True, 120, 400, 500)}


def _closed_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(50, 100)
    path.lineTo(250, 100)
    path.lineTo(250, 140)
    path.lineTo(50, 140)
    path.close()
    canvas.drawPath(path)


def _moved_and_scaled(canvas: Canvas) -> None:
    canvas.translate(50, 100)
    canvas.scale(2, 2)
    canvas.rect(0, 0, 100, 20)


@pytest.mark.parametrize(
    "draw",
    [lambda canvas: canvas.rect(50, 100, 200, 40), _closed_path, _moved_and_scaled],
    ids=["box", "closed path", "moved and scaled"],
)
def test_the_edges_of_a_box_are_rules(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    assert rounded(rules(drawn_page(tmp_path / "a.pdf", draw))) == EDGES


def test_a_thin_filled_box_is_one_rule(tmp_path: Path) -> None:
    page = drawn_page(tmp_path / "a.pdf", lambda canvas: canvas.rect(50, 300, 200, 1, stroke=0, fill=1))
    assert [(rule.vertical, round(rule.end - rule.start)) for rule in rules(page)] == [(False, 200)]


def test_curves_slanted_and_tiny_lines_are_no_rules(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.1)
        canvas.circle(300, 300, 50)
        canvas.line(50, 300, 250, 330)
        canvas.line(50, 400, 52, 400)
        canvas.drawString(72, 700, "And text is none.")

    assert rules(drawn_page(tmp_path / "a.pdf", draw)) == []


@pytest.mark.parametrize(
    ("rotation", "place"),
    [(90, (True, 300, 350, 550)), (180, (False, 500, 350, 550)), (270, (True, 500, 50, 250))],
)
def test_a_rule_of_a_rotated_page_is_where_one_sees_it(
    tmp_path: Path, rotation: int, place: tuple[bool, int, int, int]
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.1)
        canvas.line(50, 300, 250, 300)

    # The stored page is 600 by 800 points.
    page = drawn_page(tmp_path / "a.pdf", draw, (600, 800) if rotation == 180 else (800, 600), rotation)
    assert rounded(rules(page)) == {place}


def test_a_box_of_a_rotated_page_is_where_one_sees_it(tmp_path: Path) -> None:
    page = drawn_page(tmp_path / "a.pdf", lambda canvas: canvas.rect(50, 100, 200, 40), (800, 600), 90)
    found = rounded(rules(page))
    assert found == {(True, 100, 350, 550), (True, 140, 350, 550), (False, 550, 100, 140), (False, 350, 100, 140)}


def test_a_drawing_of_very_many_lines_has_no_rules(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(1600):
            canvas.line(50, 10 + number / 4, 250, 10 + number / 4)

    assert rules(drawn_page(tmp_path / "a.pdf", draw)) == []
