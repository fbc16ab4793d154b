"""Accents that are printed over their letters are read as one types them."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.reading.formats.pdf.accents import with_accents
from ingest.reading.formats.pdf.lines import lines


def read(text: str, lefts: Sequence[float]) -> str:
    """The text, whose letters begin at these places and are 5 points wide."""
    return "".join(with_accents(text, lambda index: (lefts[index], 0, lefts[index] + 5, 10)))


@pytest.mark.parametrize(
    ("text", "typed"), [("f¨ur", "für"), ("d´ej`a", "déjà"), ("le´ır", "leír"), ("kett˝o", "kettő"), ("c˛a", "cą")]
)
def test_an_accent_over_the_next_letter_is_joined_with_it(text: str, typed: str) -> None:
    lefts: list[float] = []
    for place in range(len(text)):
        lefts.append(lefts[-1] if place and text[place - 1] in "¨´`˝˛" else 5.0 * place)
    assert read(text, lefts) == typed


def test_an_accent_after_its_letter_is_joined_with_it() -> None:
    assert read("gar¸con", [0, 5, 10, 15, 15, 20, 25]) == "garçon"
    assert read("garc¸on", [0, 5, 10, 15, 15, 20, 25]) == "garçon"


@pytest.mark.parametrize("text", ["it´s", "l´eau", "a`b", "5´", "´", "x ¨ y"])
def test_a_sign_beside_its_letters_stays(text: str) -> None:
    assert read(text, [5.0 * place for place in range(len(text))]) == text


def test_an_accent_over_a_letter_that_has_none_stays() -> None:
    assert read("¨q", [0, 0]) == "¨q"


def test_a_space_goes_that_is_only_before_the_accent() -> None:
    assert read("ko ´nca", [0, 5, 10, 11, 10, 15, 20]) == "końca"
    assert read("ay ¨ub", [0, 5, 10, 15, 15, 20]) == "ay üb"


def test_letters_without_a_place_and_those_of_two_units_stay() -> None:
    assert with_accents("¨u", lambda _: None) == ["¨", "u"]
    assert read("\U0001d400¨u", [0, 5, 5]) == "\U0001d400¨u"


def test_a_page_that_draws_accents_over_letters_is_read_as_one_types(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    x = 72.0
    for sign in "Das Wetter f\u00a8ur M\u00a8unchen: it\u00b4s dry.":
        canvas.drawString(x, 700, sign)
        x += 0 if sign == "\u00a8" else canvas.stringWidth(sign, "Helvetica", 12)
    canvas.save()
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0]
    assert [line.text for line in lines(page)] == ["Das Wetter für München: it´s dry."]
