"""Lines of a page put together into paragraphs, as far as their places show what belongs together.

A line break is undone where the next word would not have fitted on the line: then the page made it, not the
author. Columns, running heads and tables are not told apart here; whoever does that hands in their lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from ingest.reading.formats.pdf.lines import HYPHEN_MARKS, Line

# PDFium's marks, the soft hyphen, and the hyphens that people type.
_HYPHENS = HYPHEN_MARKS + "\u00ad-\u2010"
_LIST_MARK = re.compile(r"(?:[-•◦▪‣·*–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\d+(?:\.\d+)+)\s")
_BULLET = re.compile(r"[•◦▪‣]\s")
# The dots that lead to the page's number in a table of contents.
_LEADERS = re.compile(r"(?:\. ?){4}")
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"\w+[-\u2010]\w+")

# In line heights: a wider gap parts paragraphs, a smaller change of size does not.
_WIDEST_GAP = 0.75
_SIZE_CHANGE = 0.15
# Running text has lines of some length; shorter ones are addresses, forms and tables.
_SHORTEST_RUNNING = 25
_FULL_SHARE = 0.6
# A letter's width by the line's height is about 0.5; more means gaps between the cells of a table's row, but for
# the wide letters of East Asia.
_WIDEST_LETTER = 0.63
_WIDE_LETTER = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")


def paragraphs(lines: Sequence[Line], compounds: Set[str] = frozenset()) -> list[str]:
    """The texts of the paragraphs, in the order of the lines; lines that were set apart stay lines.

    A word of `compounds`, in lower case, keeps its hyphen where a line ends at it, as do those of the lines themselves.
    """
    compounds = compounds | compounds_of(lines)
    found = []
    for block in _blocks(lines):
        edge = max(line.right for line in block)
        running = _is_running(block, edge)
        text = block[0].text
        for above, line in pairwise(block):
            if above.text[-1] in HYPHEN_MARKS or (running and _flows(above, line, edge)):
                text = _join(text, line.text, compounds)
            elif running and _LIST_MARK.match(line.text) is None and _ENDS_SENTENCE.search(above.text):
                found.append(text)
                text = line.text
            else:
                text = f"{_without_mark(text)}\n{line.text}"
        found.append(_without_mark(text))
    return _across_breaks(found)


def compounds_of(lines: Iterable[Line]) -> frozenset[str]:
    """The words that are written with a hyphen within a line, in lower case."""
    return frozenset(
        word.replace("\u2010", "-").casefold() for line in lines for word in _HYPHENATED.findall(line.text)
    )


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that stand close below each other in one size."""
    block: list[Line] = []
    for line in lines:
        if block and not _belongs(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _belongs(above: Line, line: Line) -> bool:
    size = max(above.height, line.height, 1.0)
    if abs(above.height - line.height) > size * _SIZE_CHANGE:
        return False
    gap = above.bottom - line.top
    return -size * 0.8 < gap < size * _WIDEST_GAP and line.left < above.right and above.left < line.right


def _is_running(block: Sequence[Line], edge: float) -> bool:
    if len(block) < 2 or max(len(line.text) for line in block) < _SHORTEST_RUNNING:
        return False
    full = sum(_is_full(above, line, edge) for above, line in pairwise(block))
    return full >= (len(block) - 1) * _FULL_SHARE


def _is_full(above: Line, line: Line, edge: float) -> bool:
    """Whether the first word of `line` would not have fitted at the end of the line above."""
    if len(above.text) < _SHORTEST_RUNNING or _is_row(above) or _is_row(line):
        return False
    if above.text[-1] in _HYPHENS:
        return True
    word = line.text.split(maxsplit=1)[0]
    return above.right + (len(word) + 0.5) * _letter(line) > edge


def _letter(line: Line) -> float:
    return (line.right - line.left) / max(len(line.text), 1)


def _is_row(line: Line) -> bool:
    """Whether this is a row of a table or of a table of contents."""
    if _LEADERS.search(line.text):
        return True
    return _letter(line) > line.height * _WIDEST_LETTER and not _WIDE_LETTER.search(line.text)


def _flows(above: Line, line: Line, edge: float) -> bool:
    if _BULLET.match(line.text):
        return False
    if _LIST_MARK.match(line.text) and (_ENDS_SENTENCE.search(above.text) or not _is_full(above, line, edge)):
        return False
    indented = line.left > above.left + line.height and _ENDS_SENTENCE.search(above.text)
    return _is_full(above, line, edge) and not indented


def _join(text: str, line: str, compounds: Set[str]) -> str:
    """The two with the line's hyphen undone, unless the page has the word with a hyphen elsewhere."""
    if text[-1] not in _HYPHENS or not text[-2:-1].isalpha() or not line[:1].isalpha():
        return f"{_without_mark(text)} {line}"
    before, after = re.findall(r"\w*", text[:-1][::-1])[0][::-1], re.match(r"\w*", line)
    compound = f"{before}-{after.group() if after else ''}"
    if compound.casefold() in compounds or not line[0].islower():
        return f"{text[:-1]}-{line}"
    return text[:-1] + line


def _without_mark(text: str) -> str:
    """PDFium's mark for a hyphen that turned out to stay is a hyphen again."""
    return text[:-1] + "-" if text[-1:] in set(HYPHEN_MARKS) else text


def _across_breaks(found: list[str]) -> list[str]:
    """Paragraphs whose sentence goes on in the next one, as at the foot of a column, made one."""
    joined: list[str] = []
    for text in found:
        above = joined[-1] if joined else ""
        if text[:1].islower() and above[-1:].isalpha() and len(above.rpartition("\n")[2]) > 2 * _SHORTEST_RUNNING:
            joined[-1] = f"{above} {text}"
        else:
            joined.append(text)
    return joined
