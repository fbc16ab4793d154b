"""How many passages of PDFs are highlighted exactly on their text.

`python -m tests.benchmarks.highlights FILE… [--passages 200] [--images FOLDER]`: random passages, as many of each
file as go. The words of the page that lie in the kept places of a passage, as PDFium itself gives them, are compared
with the words of the passage. A file that is named
`SCAN=FILE` is a scan, whose words are where those of the other file are. Those of a scan without one are only
drawn.
"""

import argparse
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ingest import load_settings
from ingest.document import Place, Section
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.reading.page_images.page_image import PageImage, page_image
from ingest.reading.read import read
from ingest.reading.split import Cut
from tests.benchmarks.report import machine, print_table

_SEED = 20
_EXACT = 0.98
_TENTHS = 10  # to a point
_MARKS = re.compile("[\x02\ufffe\u00ad]")
_TABLE_LINE = re.compile(r"(?:^|(?<= · ))[^·\n]{1,80}?: ")
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Measured:
    """A passage: the shares of its words that are highlighted, and of the highlighted words that are its own."""

    file: str
    page: int
    highlighted: bool
    recall: float | None = None
    precision: float | None = None
    lacking: str = ""
    more: str = ""

    @property
    def exact(self) -> bool:
        """Whether the highlight lies exactly on the passage."""
        return self.recall is not None and min(self.recall, self.precision or 0.0) >= _EXACT


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Highlights that lie exactly on their text.")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--passages", type=int, default=200)
    parser.add_argument("--images", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print the words of each that is not exact")
    options = parser.parse_args()
    found: list[Measured] = []
    for name, path, truth, section in _chosen(options.files, options.passages):
        found.append(_measured(name, path, truth, section, options.images, len(found)))
        one = found[-1]
        if options.wrong and truth and not one.exact:
            print(one.file, one.page, one.highlighted, one.recall, one.precision, one.lacking, "|", one.more)
    files = list(dict.fromkeys(one.file for one in found))
    rows = [_row(name, [one for one in found if one.file == name]) for name in files]
    print_table(
        ("file", "passages", "highlighted", "judged", "exact", "recall", "precision"),
        [*rows, _row("all", found)],
    )
    print(machine())


def _row(name: str, found: Sequence[Measured]) -> tuple[str, ...]:
    judged = [one for one in found if one.recall is not None]
    return (
        name[:40],
        str(len(found)),
        str(sum(one.highlighted for one in found)),
        str(len(judged)),
        str(sum(one.exact for one in judged)),
        f"{np.mean([one.recall for one in judged]):.3f}" if judged else "",
        f"{np.mean([one.precision for one in judged]):.3f}" if judged else "",
    )


def _chosen(files: Sequence[str], count: int) -> Iterator[tuple[str, Path, Path | None, Section]]:
    """Random passages: each file gives as many as the others, or all that it has."""
    settings = load_settings()
    encoder = load_bi_encoder(settings)
    cut = Cut(encoder.tokenizer.to_str(), min(settings.passage_tokens, encoder.passage_limit))
    chance = random.Random(_SEED)
    waiting = []
    for name in files:
        scan, _, original = name.partition("=")
        reading = read(Path(scan), Path(scan).name, settings, cut=cut)
        sections = [section for section in reading.sections if section.page]
        truth = Path(original) if original else Path(scan) if not reading.ocr_pages else None
        waiting.append((Path(scan), truth, chance.sample(sections, len(sections))))
    left = count
    for number, (path, truth, sections) in enumerate(sorted(waiting, key=lambda one: len(one[2]))):
        taken = sections[: -(-left // (len(waiting) - number))]
        left -= len(taken)
        for section in taken:
            yield path.name, path, truth, section


def _measured(
    name: str, path: Path, truth: Path | None, section: Section, images: Path | None, number: int
) -> Measured:
    settings, page = load_settings(), section.page or 1
    image = page_image(path, page, settings)
    if images:
        images.mkdir(exist_ok=True)
        _drawn(image, section.places).save(images / f"{number:03d}-{path.stem[:20]}-{page}.png")
    if truth is None:
        return Measured(name, page, bool(section.places))
    mask = _mask(image, section.places)
    held, wanted = Counter(_words_in(truth, page, mask)), Counter(_words(section.text))
    table = [line for line in section.text.splitlines() if " · " in line]
    named = {word for line in table for head in _TABLE_LINE.findall(line) for word in _words(head)}
    lacking = Counter({word: n for word, n in (wanted - held).items() if not (word in named or word in held)})
    more = Counter({word: n for word, n in (held - wanted).items() if word not in named})
    lost, strange = _letters(lacking), _letters(more)
    recall = 1 - (lost - strange).total() / max(_letters(wanted).total(), 1)
    precision = 1 - (strange - lost).total() / _letters(held).total() if held else 0.0
    return Measured(name, page, bool(section.places), recall, precision, " ".join(lacking)[:150], " ".join(more)[:150])


def _mask(image: PageImage, places: Sequence[Place]) -> Mask:
    """Where the passage stands: the pixels of its places, a pixel for a point."""
    mask = np.zeros((image.height // _TENTHS + 1, image.width // _TENTHS + 1), dtype=np.bool_)
    for place in places:
        left, top, right, bottom = (round(side / _TENTHS) for side in place[2:])
        mask[max(top, 0) : bottom + 1, max(left, 0) : right + 1] = True
    return mask


def _drawn(image: PageImage, places: Sequence[Place]) -> Image.Image:
    """The page with a line around each place."""
    page = Image.open(BytesIO(image.png)).convert("RGB")
    scale = page.width / image.width
    for place in places:
        ImageDraw.Draw(page).rectangle([side * scale for side in place[2:]], outline="red", width=2)
    return page


def _letters(words: Counter[str]) -> Counter[str]:
    """The letters of these words: in a formula, readers and PDFium have different words of the same letters."""
    return Counter(letter for word in words.elements() for letter in word)


def _words(text: str) -> list[str]:
    normal = (_normal(word) for word in text.split())
    return [word for word in normal if word]


def _normal(word: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", _MARKS.sub("", word)).casefold()))


def _words_in(path: Path, number: int, mask: Mask) -> Iterator[str]:
    """The words of a page of which most letters have their middle in the highlight."""
    page = pypdfium2.PdfDocument(path)[number - 1]
    text_page = page.get_textpage()
    count = text_page.count_chars()
    bitmap = page.render(scale=mask.shape[1] / page.get_size()[0])
    converter = bitmap.get_posconv(page)
    word, inside = "", list[bool]()
    for index in range(count + 1):
        letter = text_page.get_text_range(index, 1, errors="replace") if index < count else " "
        if letter.strip() or _MARKS.match(letter or " "):
            word += letter
            if letter.isalnum():
                inside.append(_is_inside(text_page, index, converter, mask))
        elif not letter and index < count:
            continue
        else:
            if inside and sum(inside) * 2 > len(inside) and (normal := _normal(word)):
                yield normal
            word, inside = "", []


def _is_inside(text_page: pypdfium2.PdfTextPage, index: int, converter: pypdfium2.PdfPosConv, mask: Mask) -> bool:
    left, bottom, right, top = text_page.get_charbox(index)
    x, y = converter.to_bitmap((left + right) / 2, (bottom + top) / 2)
    return 0 <= y < mask.shape[0] and 0 <= x < mask.shape[1] and bool(mask[y, x])


if __name__ == "__main__":
    main()
