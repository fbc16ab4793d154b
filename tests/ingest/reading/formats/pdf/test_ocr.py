"""The text on the image of a page, with its places. OCR takes seconds, so there is one call."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader

from ingest.reading.formats.pdf.ocr import recognise_page
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
