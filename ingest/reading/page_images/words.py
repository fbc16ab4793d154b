"""The words of a PDF page in reading order, each with its box. A passage is searched for among them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2
from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

from ingest.reading.formats.layout.columns import Item, in_reading_order
from ingest.reading.formats.layout.line import HYPHEN_MARKS, Box
from ingest.reading.formats.layout.script import RIGHT_TO_LEFT, in_logical_order
from ingest.reading.formats.layout.tables import Table
from ingest.reading.formats.pdf.lines import lines, rotated_box
from ingest.reading.formats.pdf.rules import rules

# Scripts of South-East and East Asia have no space between words, so each letter counts as a word here.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
# PDFium joins the two halves of a word that is hyphenated at a line end.
WORD = re.compile(f"[{UNSPACED}]|[^\\s{UNSPACED}{HYPHEN_MARKS}]+[{HYPHEN_MARKS}]?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box: `seen` on the page as a person sees it, `stored` on the page as it is in the file.

    `rotation` is the rotation of its letters on the page that a person sees, in degrees clockwise. `line` is the index
    of the printed line, in reading order. Two columns or two rows of a table never share a line.
    """

    text: str
    seen: Box
    stored: Box
    rotation: int
    line: int = 0


def words_in_order(page: pypdfium2.PdfPage) -> list[Word]:
    """Find the words of a page in reading order: column by column, and tables row by row."""
    found = list(_words_in_file_order(page))
    if rotation := main_rotation(found):
        return _numbered(_rotated_lines(found, sideways=rotation != 180))
    drawn = rules(page)
    pieces = lines(page, sorted(rule.place for rule in drawn if rule.vertical))
    items = in_reading_order(pieces, drawn)
    if not items or not found:
        return []
    held = _words_by_item(found, items)
    return _numbered(line for item in range(len(items)) for line in _lines_of_item(held[item], items[item]))


def main_rotation(words: Iterable[Word]) -> int:
    """The rotation of most words in degrees clockwise: 0, 90, 180 or 270."""
    # The boxes of short and of right-to-left words do not show it reliably.
    rotations = Counter(word.rotation for word in words if len(word.text) > 3 and not RIGHT_TO_LEFT.search(word.text))
    return max(rotations, key=lambda rotation: rotations[rotation], default=0)


def _numbered(found: Iterable[Sequence[Word]]) -> list[Word]:
    return [replace(word, line=number) for number, line in enumerate(found) for word in line]


def _rotated_lines(found: Sequence[Word], sideways: bool) -> Iterator[list[Word]]:
    """The printed lines of a page with rotated text, in the order of the file, which is the better guess there."""
    low, high = (0, 2) if sideways else (1, 3)
    line: list[Word] = []
    for word in found:
        if line and not line[-1].seen[low] < (word.seen[low] + word.seen[high]) / 2 < line[-1].seen[high]:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _words_in_file_order(page: pypdfium2.PdfPage) -> Iterator[Word]:
    """The words of a page in the order of the file."""
    page_text = page.get_textpage()
    width, height = page.get_size()
    rotation = page.get_rotation()

    def box(index: int) -> Box | None:
        character = FPDFText_GetCharIndexFromTextIndex(page_text, index)
        try:
            return page_text.get_charbox(character, loose=True) if character >= 0 else None
        except pypdfium2.PdfiumError:
            return None

    text = page_text.get_text_range()
    if RIGHT_TO_LEFT.search(text) and max(text) <= "\uffff":
        text = in_logical_order(text, box)
    astral = 0  # PDFium counts UTF-16 units.
    position = 0
    for word in WORD.finditer(text):
        astral += _astral_count(text[position : word.start()])
        position = word.start()
        first = word.start() + astral
        last = first + len(word.group()) + _astral_count(word.group()) - 1
        # The boxes of accents and of right-to-left letters may extend beyond those of the first and the last letter.
        boxes = [box(index) for index in ((first, last) if word.group().isascii() else range(first, last + 1))]
        there = [place for place in boxes if place]
        if there:
            lefts, bottoms, rights, tops = zip(*there, strict=True)
            stored = min(lefts), min(bottoms), max(rights), max(tops)
            ends = [rotated_box(place, rotation, width, height) for place in (there[0], there[-1])]
            yield Word(word.group(), rotated_box(stored, rotation, width, height), stored, _word_rotation(*ends))


def _word_rotation(first: Box, last: Box) -> int:
    """The rotation of a word in degrees clockwise, from the boxes of its first and its last letter."""
    x, y = last[0] + last[2] - first[0] - first[2], last[1] + last[3] - first[1] - first[3]
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 180
    return 90 if y < 0 else 270


def _astral_count(text: str) -> int:
    return sum(character > "\uffff" for character in text)


def _words_by_item(found: Sequence[Word], items: Sequence[Item]) -> list[list[Word]]:
    """The words of each line or table: those whose middle is in it, or nearer to it than to any other."""
    left, bottom, right, top = np.array([(item.left, item.bottom, item.right, item.top) for item in items]).T
    area = (right - left) * (top - bottom)
    held: list[list[Word]] = [[] for _ in items]
    for word in found:
        x, y = (word.seen[0] + word.seen[2]) / 2, (word.seen[1] + word.seen[3]) / 2
        away = np.maximum(np.maximum(left - x, x - right), 0) + np.maximum(np.maximum(bottom - y, y - top), 0)
        # Where two contain the word, the smaller one gets it.
        held[int(np.argmin(away + area * 1e-7))].append(word)
    return held


def _lines_of_item(held: Sequence[Word], item: Item) -> Iterator[list[Word]]:
    """The printed lines of an item, the words of each line in the order of the file."""
    if not isinstance(item, Table):
        yield list(held)
        return
    order = {id(word): number for number, word in enumerate(held)}
    row: list[Word] = []
    for word in sorted(held, key=lambda word: -word.seen[1] - word.seen[3]):
        if row and (word.seen[1] + word.seen[3]) / 2 < row[0].seen[1]:
            yield sorted(row, key=lambda word: order[id(word)])
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda word: order[id(word)])
