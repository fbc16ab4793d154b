"""Which pages are read by OCR, and what is taken of them."""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

from ingest.document import Section
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.pdf.lines import lines
from ingest.reading.formats.pdf.reader import read
from ingest.reading.formats.pdf.scans import TextLayers
from tests.ingest.reading import pdfs

CIPHER = "wkh ihuub ohdyhv wkh slhu dw vhyhq dqg lq zlqwhu lw zdlwv iru wkh odvw wudlq"
PLAIN = "the ferry leaves the pier at seven and in winter it waits for the last train"


def needs_ocr(path: Path) -> bool:
    page = pypdfium2.PdfDocument(path)[0]
    return TextLayers().needs_ocr(page, lines(page))


def layer(*texts: str) -> list[Line]:
    return [Line(text, 72, 700 - 14 * n, 500, 711 - 14 * n) for n, text in enumerate(texts)]


def test_a_text_layer_of_other_letters_than_those_on_the_page_is_read_from_its_picture(tmp_path: Path) -> None:
    letters = {letter: chr((ord(letter) - 97 + 3) % 26 + 97) for letter in "abcdefghijklmnopqrstuvwxyz"} | {" ": " "}
    printed = ["the ferry leaves the pier", "in the winter at seven", "and it waits for the train"]
    path = pdfs.foreign(tmp_path / "a.pdf", printed, letters)
    (section,) = (part for part in read(path).sections if isinstance(part, Section))
    assert section.text.split() == " ".join(printed).split()


def test_a_stamp_of_many_letters_is_not_the_text_of_a_scan(tmp_path: Path) -> None:
    written = pdfs.page_scan([*pdfs.prose(0, 12)])
    assert needs_ocr(pdfs.scans(tmp_path / "a.pdf", [written], stamp="Copied from the archive of the town hall"))


def test_a_caption_on_a_photograph_or_on_an_empty_sheet_is_the_text_of_its_page(tmp_path: Path) -> None:
    photograph = Image.linear_gradient("L").resize((1240, 1754)).convert("RGB")
    sheet = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(sheet).line((100, 100, 300, 100), fill="black")
    for number, image in enumerate((photograph, sheet)):
        path = pdfs.scans(tmp_path / f"{number}.pdf", [image], stamp="The town hall in the evening light")
        assert not needs_ocr(path)


def test_what_reads_better_is_taken() -> None:
    layers = TextLayers()
    assert layers.better(layer(CIPHER), layer(PLAIN)) == layer(PLAIN)
    # What OCR makes of a listing or a formula is no better than the text layer.
    listing = "if(a[i]>=b){c->d[e++]=f*2;}/*g*/h(&j,k|l);m=n?o:p;q<<=1;"
    assert layers.better(layer(listing), layer(listing.replace("{", "("))) == layer(listing)


def test_a_document_on_which_ocr_reads_no_better_is_not_tried_for_ever(tmp_path: Path) -> None:
    page = pypdfium2.PdfDocument(pdfs.foreign(tmp_path / "a.pdf", ["abc"], {}))[0]
    layers, listing = TextLayers(), layer("if(a[i]>=b){c->d[e++]=f*2;}/*g*/h(&j,k|l);m=n?o:p;q<<=1;")
    assert layers.needs_ocr(page, listing)
    for _ in range(4):
        layers.better(listing, listing)
    assert not layers.needs_ocr(page, listing)
