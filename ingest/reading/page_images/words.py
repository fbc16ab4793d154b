"""The words of a PDF page in the order in which it is read, each with its place: where to find a passage again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2
from pypdfium2.raw import FPDFText_GetCharIndexFromTextIndex

from ingest.reading.formats.pdf.columns import Item, in_reading_order
from ingest.reading.formats.pdf.lines import HYPHEN_MARKS, Box, lines, turn
from ingest.reading.formats.pdf.rules import rules
from ingest.reading.formats.pdf.script import RIGHT_TO_LEFT, turned_back
from ingest.reading.formats.pdf.tables import Table

# Scripts that put no space between words, each of whose letters is a word here: those of South-East and East Asia.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
# PDFium has the two halves of a word that is broken at a line end in one piece.
WORD = re.compile(f"[{UNSPACED}]|[^\\s{UNSPACED}{HYPHEN_MARKS}]+[{HYPHEN_MARKS}]?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place: on the page as it is looked at, and on the page as it is stored (`pdf_lines.turn`).

    `turned` is by how much its letters are turned to the right as one looks at the page, in degrees. `line` numbers
    the printed lines in the order of reading; two columns or two rows of a table never share one.
    """

    text: str
    seen: Box
    stored: Box
    turned: int
    line: int = 0


def words_in_order(page: pypdfium2.PdfPage) -> list[Word]:
    """The words as a person reads them: down each column, and row by row where there is a table."""
    found = list(_words(page))
    if turned := usual_turn(found):
        return _numbered(_lines_of_turned(found, sideways=turned != 180))
    drawn = rules(page)
    pieces = lines(page, sorted(rule.place for rule in drawn if rule.upright))
    items = in_reading_order(pieces, drawn)
    if not items or not found:
        return []
    held = _held(found, items)
    return _numbered(line for item in range(len(items)) for line in _lines(held[item], items[item]))


def usual_turn(words: Iterable[Word]) -> int:
    """By how much most words are turned to the right, in degrees."""
    # A short word or one from right to left says little of that.
    turns = Counter(word.turned for word in words if len(word.text) > 3 and not RIGHT_TO_LEFT.search(word.text))
    return max(turns, key=lambda turned: turns[turned], default=0)


def _numbered(found: Iterable[Sequence[Word]]) -> list[Word]:
    return [replace(word, line=number) for number, line in enumerate(found) for word in line]


def _lines_of_turned(found: Sequence[Word], sideways: bool) -> Iterator[list[Word]]:
    """The printed lines of a page that lies wrongly, in the order of the file, which is the better guess there."""
    low, high = (0, 2) if sideways else (1, 3)
    line: list[Word] = []
    for word in found:
        if line and not line[-1].seen[low] < (word.seen[low] + word.seen[high]) / 2 < line[-1].seen[high]:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _words(page: pypdfium2.PdfPage) -> Iterator[Word]:
    """The words in the order of the file."""
    page_text = page.get_textpage()
    width, height = page.get_size()
    turned = page.get_rotation()

    def box(index: int) -> Box | None:
        character = FPDFText_GetCharIndexFromTextIndex(page_text, index)
        try:
            return page_text.get_charbox(character, loose=True) if character >= 0 else None
        except pypdfium2.PdfiumError:
            return None

    text = page_text.get_text_range()
    if RIGHT_TO_LEFT.search(text) and max(text) <= "\uffff":
        text = turned_back(text, box)
    astral = 0  # PDFium counts in units of UTF-16.
    position = 0
    for word in WORD.finditer(text):
        astral += _astral(text[position : word.start()])
        position = word.start()
        first = word.start() + astral
        last = first + len(word.group()) + _astral(word.group()) - 1
        # Accents and letters that run from right to left may reach beyond the first and the last.
        boxes = [box(index) for index in ((first, last) if word.group().isascii() else range(first, last + 1))]
        there = [place for place in boxes if place]
        if there:
            lefts, bottoms, rights, tops = zip(*there, strict=True)
            stored = min(lefts), min(bottoms), max(rights), max(tops)
            ends = [turn(place, turned, width, height) for place in (there[0], there[-1])]
            yield Word(word.group(), turn(stored, turned, width, height), stored, _turn_of(*ends))


def _turn_of(first: Box, last: Box) -> int:
    """By how much a word is turned to the right, by its first and its last letter."""
    x, y = last[0] + last[2] - first[0] - first[2], last[1] + last[3] - first[1] - first[3]
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 180
    return 90 if y < 0 else 270


def _astral(text: str) -> int:
    return sum(character > "\uffff" for character in text)


def _held(found: Sequence[Word], items: Sequence[Item]) -> list[list[Word]]:
    """The words that each line or table holds: those whose middle is in it or nearest to it."""
    left, bottom, right, top = np.array([(item.left, item.bottom, item.right, item.top) for item in items]).T
    area = (right - left) * (top - bottom)
    held: list[list[Word]] = [[] for _ in items]
    for word in found:
        x, y = (word.seen[0] + word.seen[2]) / 2, (word.seen[1] + word.seen[3]) / 2
        away = np.maximum(np.maximum(left - x, x - right), 0) + np.maximum(np.maximum(bottom - y, y - top), 0)
        # Of two that hold it, the smaller one.
        held[int(np.argmin(away + area * 1e-7))].append(word)
    return held


def _lines(held: Sequence[Word], item: Item) -> Iterator[list[Word]]:
    """The printed lines of an item, each word in the order of the file."""
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
