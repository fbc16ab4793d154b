"""The text on the image of a page, with its places. OCR takes seconds, so there are few calls."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader

from ingest.reading.formats.ocr import recognise
from ingest.reading.formats.pdf.scans import recognise_page
from tests.ingest.reading.pictures import drawn
from tests.ingest.reading.pieces import drawn_page


def test_the_lines_of_a_scan_have_their_words_their_places_and_one_size(tmp_path: Path) -> None:
    image = Image.new("RGB", (800, 400), "white")
    drawing, font = ImageDraw.Draw(image), ImageFont.load_default(36)
    drawing.text((80, 60), "The boiler holds 0.9 litres.", fill="black", font=font)
    drawing.text((80, 160), "no ascenders: a run on a cow", fill="black", font=font)
    drawing.text((80, 300), "Serial number 60-2417", fill="black", font=font)
    page = drawn_page(
        tmp_path / "a.pdf", lambda canvas: canvas.drawImage(ImageReader(image), 0, 0, 400, 200), (400, 200)
    )
    found = sorted(recognise_page(page), key=lambda line: -line.top)
    assert [line.text for line in found] == [
        "The boiler holds 0.9 litres.", "no ascenders: a run on a cow", "Serial number 60-2417"
    ]  # fmt: skip
    # Half a point of the page is a pixel of the image.
    assert [line.left for line in found] == pytest.approx([40] * 3, abs=4)
    assert [line.middle for line in found] == pytest.approx([200 - 80 / 2, 200 - 180 / 2, 200 - 320 / 2], abs=6)
    # The letters differ in height, but the lines have one size, so that they can be one paragraph.
    assert {round(line.height, 3) for line in found} == {round(found[0].height, 3)}


def test_small_print_on_a_large_image_is_read_in_its_place() -> None:
    lines = ["The first line of the small print.", "And the second one of it."]
    found = sorted(recognise(np.asarray(drawn(lines, (2400, 900), font=18))), key=lambda line: -line.top)
    assert [line.text for line in found] == lines
    assert [line.left for line in found] == pytest.approx([18] * 2, abs=6)
    assert [line.middle for line in found] == pytest.approx([873, 844], abs=8)


def test_a_narrow_image_is_not_enlarged_out_of_all_proportion() -> None:
    assert recognise(np.full((1, 800, 3), 255, np.uint8)) == []
    assert recognise(np.full((800, 1, 3), 255, np.uint8)) == []


def test_what_stands_beside_each_other_on_a_tilted_photograph_is_on_one_height() -> None:
    image = drawn(["Rotor of the pump", "Seal of the pump", "Lid of the tank"], (1500, 300))
    image.paste(drawn(["12.50", "3.90", "88.00"], (260, 300)), (1200, 0))
    tilted = image.rotate(5, expand=True, fillcolor="gray", resample=Image.Resampling.BICUBIC)
    found = {line.text: line.middle for line in recognise(np.asarray(tilted))}
    for name, price in (("Rotor of the pump", "12.50"), ("Seal of the pump", "3.90"), ("Lid of the tank", "88.00")):
        assert found[name] == pytest.approx(found[price], abs=12)
