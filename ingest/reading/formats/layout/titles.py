"""Which printed lines look like the title of a part, each seen with the lines around it.

A title stands alone on its line, is short, begins as titles do and does not end as sentences do. Besides, its font is
larger or bold, or it is in capitals with space above it, or it has a number such as 2.1. What has no such mark is text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.hyphens import Vocabulary, without_mark
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.script import runs_right_to_left
from ingest.reading.placed import PlacedText

_MOST_LINES, _LONGEST, _LONGEST_MARKED = 3, 120, 80  # characters; of a title that is no larger than the text
# How much larger the font of a title is than that of the text, and of a bold one; what counts as the same size.
_LARGER, _LARGER_BOLD, _SAME = 1.15, 1.045, 0.04
# In sizes of the font: the space above a title beyond that between the lines of the text; how far what follows is
# indented, at most; the widest space within a title.
_SPACE, _INDENT, _WIDEST_SPACE = 0.25, 1.0, 1.5
_FEWEST_LETTERS, _LETTERS_SHARE = 3, 0.6

NUMBER = re.compile(r"(?:§\s*)?(\d{1,2}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+|[IVX]{1,5}(?=[.)]))[.):]?\s+(?=\S)")
_NAMED = re.compile(
    r"(?:chapter|section|part|appendix|annex|article|step|kapitel|abschnitt|teil|anhang|artikel|schritt|chapitre|partie|"
    r"annexe|cap[ií]tulo|parte|anexo|capitolo|hoofdstuk|deel|bijlage)\s+(?:\d+|[ivx]+|[a-z])\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:table|tab\.|figure|fig\.|listing|plate|exhibit|chart|photo|tabelle|abbildung|abb\.|tableau|tabla|figura|tabella|"
    r"tabel|figuur|afbeelding)\s*(?:\d|[ivx]+\b|[a-z]\b)",
    re.IGNORECASE,
)
# What stands above a remark within a part.
_REMARK_LIST = """
    note tip caution warning important attention danger remark hinweis tipp achtung vorsicht warnung wichtig gefahr
    anmerkung remarque avertissement nota aviso advertencia attenzione opmerking waarschuwing
"""
_REMARKS = frozenset(_REMARK_LIST.split())
_BULLET = re.compile(r"[-•◦▪‣·*–—−○●■□→»]|\[[x ]?\]")
_CODE = re.compile(r"[{}<>=|\\$@_;^~]|\(\)|//|::|\w\.\w+\(|www\.")
_ADDRESS = re.compile(r"@|://|www\.")
_UNIT = re.compile(r"[A-Z]{1,3}|\S{1,2}")
_LEADERS = re.compile(r"(?:\. ?){4}|…{2}|_{3}")
_ENDS_SENTENCE = re.compile(r"[.,;。，；、][\"'”’»)\]]*$")
_VALUE = re.compile(r":\s+\S")
_WORD = re.compile(r"[^\W\d_]{3,}|[\u2e80-\u9fff\uac00-\ud7af]{2,}")


@dataclass(frozen=True, slots=True)
class Style:
    """What titles of one level have in common. `size` is a step of sizes, `large` whether it is above the text's."""

    size: int
    bold: bool
    capitals: bool
    large: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A line, or up to three, that may be the title of a part. `number` is such as (2, 1), empty where it has none."""

    page: int
    start: int
    end: int
    text: str
    style: Style
    number: tuple[str, ...]
    top: float


@dataclass(frozen=True, slots=True)
class Body:
    """The running text of a document: the size of its font, and the space between its lines in such sizes."""

    size: float
    space: float
    bold: bool


def body_of(pages: Sequence[Sequence[Item]]) -> Body | None:
    """The running text of these pages: what most letters are. None where there are no lines."""
    letters = Counter[tuple[int, bool]]()
    for line in _lines(pages):
        letters[_step(line.font_size), line.bold] += len(line.text)
    if not letters:
        return None
    steps = Counter[int]()
    for (step, _), count in letters.items():
        steps[step] += count
    usual = steps.most_common(1)[0][0]
    size = median(line.font_size for line in _lines(pages) if _step(line.font_size) == usual)
    return Body(size, _space_between(pages, size), letters[usual, True] > letters[usual, False])


def titles(page: int, items: Sequence[Item], body: Body) -> Iterator[Title]:
    """The lines of a page that may be titles, in their order, as far as the page shows it."""
    place = 0
    while place < len(items):
        end = _end_of_run(items, place, body)
        if end > place and (found := _title(page, items, place, end, body)):
            yield found
        place = max(end, place + 1)


def _lines(pages: Sequence[Sequence[Item]]) -> Iterator[Line]:
    return (item for items in pages for item in items if isinstance(item, Line) and item.font_size > 0)


def _step(size: float) -> int:
    return round(size * 2)


def _space_between(pages: Sequence[Sequence[Item]], size: float) -> float:
    """The usual space between two lines of the running text, in sizes of its font."""
    gaps = [
        (above.bottom - below.top) / size
        for items in pages
        for above, below in pairwise(items)
        if isinstance(above, Line) and isinstance(below, Line)
        if _is_size(above, size) and _is_size(below, size) and -size < above.bottom - below.top < 1.5 * size
    ]
    return median(gaps) if gaps else 0.2


def _is_size(line: Line, size: float) -> bool:
    return abs(line.font_size - size) <= _SAME * size


def _end_of_run(items: Sequence[Item], place: int, body: Body) -> int:
    """The end of the lines of one style that follow each other closely; the place itself where no title begins."""
    first = items[place]
    if not isinstance(first, Line) or not _begins_title(first) or _style(first, body) is None:
        return place
    end = place + 1
    while end < len(items) and _goes_on(items[end - 1], items[end], body):
        end += 1
    return end


def _goes_on(above: Item, line: Item, body: Body) -> bool:
    """Whether a line has the style of the line above and stands closely below it."""
    if not isinstance(above, Line) or not isinstance(line, Line):
        return False
    if _style(line, body) != _style(above, body) or NUMBER.match(line.text):
        return False
    gap = above.bottom - line.top
    return -above.font_size < gap < max(body.space + _SPACE, 0.6) * max(above.font_size, 1.0)


def _style(line: Line, body: Body) -> Style | None:
    """The style of a line where it is that of a title."""
    size = line.font_size / body.size
    bold = line.bold and not body.bold
    capitals = _is_in_capitals(line.text)
    large = size >= _LARGER or (bold and size >= _LARGER_BOLD)
    if size < 1 - _SAME or not (large or bold or capitals or _is_numbered(line.text)):
        return None
    return Style(_step(line.font_size) if large else 0, bold, capitals, large)


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > _FEWEST_LETTERS and all(letter.isupper() for letter in letters)


def _is_numbered(text: str) -> bool:
    """Whether a number of several parts, such as 2.1, stands before the words."""
    return len(number_of(text)) > 1


def number_of(text: str) -> tuple[str, ...]:
    """The parts of the number before a title.

    >>> number_of("2.1 Foam"), number_of("Foam")
    (('2', '1'), ())
    """
    number = NUMBER.match(text)
    return tuple(number.group(1).split(".")) if number else ()


def _begins_title(line: Line) -> bool:
    text = line.text.strip()
    return not (line.sideways or _BULLET.match(text) or _CAPTION.match(text) or _LEADERS.search(text))


def _title(page: int, items: Sequence[Item], start: int, end: int, body: Body) -> Title | None:
    lines = [item for item in items[start:end] if isinstance(item, Line)]
    style = _style(lines[0], body)
    text = _joined_text(lines)
    if style is None or len(lines) > _MOST_LINES or any(_is_parted(line) for line in lines):
        return None
    if not _reads_like_title(text, style) or not _stands_like_title(items, start, lines, style, body):
        return None
    return Title(page, start, end, text, style, number_of(text), lines[0].top)


def _joined_text(lines: Sequence[Line]) -> str:
    text = str(lines[0].text)
    for line in lines[1:]:
        text = Vocabulary().without_break(text, str(line.text))
    return " ".join(without_mark(text).split())


def _is_parted(line: Line) -> bool:
    """Whether a wide gap is within the line, as between cells, other than after the number of a title."""
    spots = line.text.spots if isinstance(line.text, PlacedText) else ()
    number = NUMBER.match(line.text)
    after = number.end() if number else 0
    gaps = (right.box[0] - left.box[2] for left, right in pairwise(spots) if right.start > after)
    return not runs_right_to_left(line.text) and any(gap > _WIDEST_SPACE * line.font_size for gap in gaps)


def _reads_like_title(text: str, style: Style) -> bool:
    number = NUMBER.match(text)
    bare = text[number.end() :] if number else text
    if number and _UNIT.fullmatch(bare):
        return False
    solid = [sign for sign in bare if not sign.isspace()]
    letters = sum(sign.isalpha() for sign in solid)
    if text.casefold().rstrip(":!") in _REMARKS or not _WORD.search(bare) or letters < _LETTERS_SHARE * len(solid):
        return False
    if _ENDS_SENTENCE.search(text) or len(text) > (_LONGEST if style.large else _LONGEST_MARKED):
        return False
    first = next(sign for sign in solid if sign.isalnum())
    if style.large:
        return (not first.islower() or len(bare.split()) == 1) and not _ADDRESS.search(bare)
    return not (first.islower() or first.isdigit() or _CODE.search(bare) or _is_label(bare))


def _is_label(text: str) -> bool:
    """Whether this is a name with its value, such as "Prepared by: Ada"."""
    return bool(_VALUE.search(text)) and not _NAMED.match(text)


def _stands_like_title(items: Sequence[Item], start: int, lines: Sequence[Line], style: Style, body: Body) -> bool:
    """Whether there is space above the lines, and what is below them belongs to them."""
    first, last = lines[0], lines[-1]
    above, below = items[start - 1] if start else None, next(iter(items[start + len(lines) :]), None)
    gap = above.bottom - first.top if above is not None else None
    if style.large:
        return True
    spaced = gap is None or gap < -first.font_size or gap > (body.space + _SPACE) * first.font_size
    if not spaced or not isinstance(below, Line):
        return spaced and (below is not None or style.capitals or style.bold)
    is_term = below.left > first.left + _INDENT * first.font_size and below.right > last.right
    return not (is_term and not style.capitals and not number_of(first.text) and below.left < last.centre)
