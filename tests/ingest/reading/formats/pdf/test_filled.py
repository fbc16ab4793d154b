"""Filled forms: what was typed, chosen or ticked is read with its label, as a person sees it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from ingest.document import Section
from ingest.reading.formats.pdf.reader import read

Form = Any  # reportlab's maker of form fields


def text_of_form(path: Path, draw: Callable[[Canvas, Form], None]) -> str:
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 11)
    draw(canvas, canvas.acroForm)
    canvas.save()
    return "\n\n".join(part.text for part in read(path).sections if isinstance(part, Section))


def test_what_was_typed_stands_on_one_line_with_its_label(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        for y, label, value in ((700, "Boat name:", "Heron"), (670, "Berth", "14 b"), (640, "Skipper:", "I. Dahl")):
            canvas.drawString(72, y, label)
            form.textfield(value=value, x=200, y=y - 5, width=200, height=18, tooltip="Type here")

    found = text_of_form(tmp_path / "a.pdf", draw)
    assert found.split("\n\n") == ["Boat name: Heron", "Berth: 14 b", "Skipper: I. Dahl"]


def test_an_empty_field_is_said_to_be_empty(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        for y, label, value in ((700, "Mooring:", ""), (670, "Insured with:", "Lighthouse Mutual")):
            canvas.drawString(72, y, label)
            form.textfield(value=value, x=200, y=y - 5, width=200, height=18, tooltip=label)

    assert text_of_form(tmp_path / "a.pdf", draw) == "Mooring: (empty)\n\nInsured with: Lighthouse Mutual"


def test_a_label_above_its_field_and_two_fields_beside_each_other(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        for x, label, value in ((72, "Given name", "Inga"), (300, "Surname", "Dahl")):
            canvas.drawString(x, 700, label)
            form.textfield(value=value, x=x, y=676, width=180, height=18)

    assert text_of_form(tmp_path / "a.pdf", draw) == "Given name: Inga Surname: Dahl"


def test_a_ticked_box_and_one_that_is_not_ticked_can_be_told_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        canvas.drawString(72, 700, "Winter storage:")
        form.checkbox(name="w", x=300, y=697, size=12, checked=True)
        canvas.drawString(72, 670, "Crane:")
        form.checkbox(name="c", x=300, y=667, size=12, checked=False)
        for number, (label, ticked) in enumerate((("by post", False), ("by e-mail", True))):
            form.checkbox(name=f"k{number}", x=72, y=637 - 20 * number, size=12, checked=ticked)
            canvas.drawString(90, 640 - 20 * number, label)

    assert text_of_form(tmp_path / "a.pdf", draw) == (
        "Winter storage: yes\n\nCrane: not ticked\n\n[ ] by post\n[x] by e-mail"
    )


def test_of_radio_buttons_the_chosen_one_is_marked(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        canvas.drawString(72, 700, "Length:")
        for x, label, chosen in ((140, "up to 8 m", False), (240, "up to 12 m", True)):
            form.radio(name="length", value=label.replace(" ", ""), selected=chosen, x=x, y=697, size=12)
            canvas.drawString(x + 18, 700, label)

    assert text_of_form(tmp_path / "a.pdf", draw) == "Length: [ ] up to 8 m [x] up to 12 m"


def test_a_choice_is_read_as_the_list_shows_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        canvas.drawString(72, 700, "Harbour:")
        options = [("North basin", "1"), ("South basin", "2")]
        form.choice(value="2", options=options, x=200, y=695, width=120, height=18)

    assert text_of_form(tmp_path / "a.pdf", draw) == "Harbour: South basin"


def test_a_field_without_a_printed_label_has_the_one_that_is_shown_over_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        form.textfield(value="Line one\nline two", x=72, y=600, width=300, height=60, tooltip="Remarks")

    assert text_of_form(tmp_path / "a.pdf", draw) == "Remarks: Line one, line two"


def test_what_was_typed_on_a_blank_takes_its_place(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        canvas.drawString(72, 700, "I, ____________________, pay the sum.")
        form.textfield(value="Inga Dahl", x=84, y=697, width=110, height=14)

    assert text_of_form(tmp_path / "a.pdf", draw) == "I, Inga Dahl, pay the sum."


def test_fields_below_the_heads_of_a_table_are_its_cells(tmp_path: Path) -> None:
    def draw(canvas: Canvas, form: Form) -> None:
        for x, label, values in ((72, "Rope", ("Sheet", "Halyard", "Warp")), (250, "Metres", ("12", "31", "18"))):
            canvas.drawString(x, 700, label)
            for number, value in enumerate(values):
                form.textfield(value=value, x=x, y=678 - 20 * number, width=120, height=18)

    assert text_of_form(tmp_path / "a.pdf", draw) == (
        "Rope: Sheet · Metres: 12\nRope: Halyard · Metres: 31\nRope: Warp · Metres: 18"
    )
