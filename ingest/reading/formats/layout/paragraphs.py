"""Paragraphs from the lines of a page, as far as the positions of the lines show what belongs together.

A line break is removed where the next word did not fit on the line: then the layout made the break, not the author.
This module does not know columns, headers or tables. Its callers pass only lines that may be one text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.reading.formats.layout.hyphens import HYPHENS, Vocabulary, vocabulary_of, without_mark
from ingest.reading.formats.layout.line import HYPHEN_MARKS, Line

_LIST_MARK = re.compile(r"(?:[-•◦▪‣·*–—]|\[[x ]\]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\d+(?:\.\d+)+)\s")
_BULLET = re.compile(r"[•◦▪‣]\s")
# The dots before the page number in a table of contents.
_LEADERS = re.compile(r"(?:\. ?){4}")
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？][\"'”’»)\]]*$")

# In line heights: a wider gap separates paragraphs; a larger change of size does, too.
_WIDEST_GAP = 0.75
_SIZE_CHANGE = 0.15
# Running text has long lines. Shorter ones are addresses, forms and tables.
_SHORTEST_RUNNING = 25
_FULL_SHARE = 0.6
# The width of a letter divided by the height of its line is about 0.5. A higher figure means gaps between table cells,
# except for the wide letters of East Asia.
_WIDEST_LETTER = 0.63
_WIDE_LETTER = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")


def paragraphs(lines: Sequence[Line], vocabulary: Vocabulary | None = None) -> list[str]:
    """Join lines to paragraphs.

    Args:
        lines: The lines, in reading order.
        vocabulary: The words of the document, which tell what hyphens belong to a word; without it, those of the lines.

    Returns:
        The text of each paragraph, in the order of the lines. Lines that are not running text keep their breaks.
    """
    vocabulary = vocabulary or vocabulary_of(lines)
    found = []
    for block in _paragraph_blocks(lines):
        edge = max(line.right for line in block)
        running = _is_running_block(block, edge)
        text = block[0].text
        for above, line in pairwise(block):
            if above.text[-1] in HYPHEN_MARKS or (running and _continues_text(above, line, edge)):
                text = vocabulary.without_break(text, line.text)
            elif running and _LIST_MARK.match(line.text) is None and _ENDS_SENTENCE.search(above.text):
                found.append(text)
                text = line.text
            else:
                text = without_mark(text) + "\n" + line.text
        found.append(without_mark(text))
    return _across_breaks(found)


def _paragraph_blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of one size that follow each other closely."""
    block: list[Line] = []
    for line in lines:
        if block and not _continues_block(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _continues_block(above: Line, line: Line) -> bool:
    size = max(above.height, line.height, 1.0)
    if abs(above.height - line.height) > size * _SIZE_CHANGE:
        return False
    gap = above.bottom - line.top
    return -size * 0.8 < gap < size * _WIDEST_GAP and line.left < above.right and above.left < line.right


def _is_running_block(block: Sequence[Line], edge: float) -> bool:
    if len(block) < 2 or max(len(line.text) for line in block) < _SHORTEST_RUNNING:
        return False
    full = sum(_is_full(above, line, edge) for above, line in pairwise(block))
    return full >= (len(block) - 1) * _FULL_SHARE


def _is_full(above: Line, line: Line, edge: float) -> bool:
    """Whether the line above is full: the first word of `line` does not fit at its end."""
    if len(above.text) < _SHORTEST_RUNNING or _is_row(above) or _is_row(line):
        return False
    if above.text[-1] in HYPHENS:
        return True
    word = line.text.split(maxsplit=1)[0]
    return above.right + (len(word) + 0.5) * _letter_width(line) > edge


def _letter_width(line: Line) -> float:
    return (line.right - line.left) / max(len(line.text), 1)


def _is_row(line: Line) -> bool:
    """Whether this is a row of a table or of a table of contents."""
    if _LEADERS.search(line.text):
        return True
    return _letter_width(line) > line.height * _WIDEST_LETTER and not _WIDE_LETTER.search(line.text)


def _continues_text(above: Line, line: Line, edge: float) -> bool:
    if _BULLET.match(line.text):
        return False
    if _LIST_MARK.match(line.text) and (_ENDS_SENTENCE.search(above.text) or not _is_full(above, line, edge)):
        return False
    indented = line.left > above.left + line.height and _ENDS_SENTENCE.search(above.text)
    return _is_full(above, line, edge) and not indented


def _across_breaks(found: list[str]) -> list[str]:
    """Join two paragraphs where a sentence continues from one to the next, as at the end of a column."""
    joined: list[str] = []
    for text in found:
        above = joined[-1] if joined else ""
        if text[:1].islower() and above[-1:].isalpha() and len(above.rpartition("\n")[2]) > 2 * _SHORTEST_RUNNING:
            joined[-1] = above + " " + text
        else:
            joined.append(text)
    return joined
