"""The text of a PDF as a person types it: right-to-left text in logical order, plain letters for presentation forms.

PDFium reverses right-to-left text into logical order, letter by letter. Where the file says that one glyph stands for
several letters, as an Arabic ligature does, PDFium wrongly reverses those letters, too. Where the file names the
ligature's own character, PDFium replaces it with letters that are in order. Where the file names the letter of each
glyph beside it (`ActualText`), as a browser does that prints Arabic, PDFium leaves the word as it is drawn.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

Box = tuple[float, float, float, float]

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RUN = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
_LETTER = re.compile(r"[^\W\d_]")
# The ligature that every Arabic font has. No font has one of the same letters in the other order.
_LAM, _ALEFS = "\u0644", frozenset("\u0622\u0623\u0625\u0627")


def in_logical_order(text: str, glyph_box: Callable[[int], Box | None]) -> str:
    """Correct the order of right-to-left letters that share one glyph, and of words that stand as they are drawn.

    Args:
        text: The text as PDFium gives it.
        glyph_box: Gives the box of the glyph of the letter at an index; letters of one glyph share it.

    Returns:
        The text with the same letters, each word's letters in logical order.

    Example:
        The last two of the three letters share a glyph, such as lam-alef, which is to the left of the first.

        >>> boxes = [(9, 0, 12, 9), (1, 0, 8, 9), (1, 0, 8, 9)]
        >>> in_logical_order("\u0633\u0627\u0644", lambda index: boxes[index]) == "\u0633\u0644\u0627"
        True
    """
    letters = list(text)
    for run in _RUN.finditer(text):
        start, end = run.span()
        boxes = [glyph_box(index) for index in range(start, end)]
        first = [place for place in range(end - start) if place == 0 or boxes[place] != boxes[place - 1]]
        glyphs = [letters[start + one : start + other] for one, other in pairwise([*first, end - start])]
        if _is_as_drawn(run.group(), boxes):
            glyphs.reverse()
        else:
            glyphs = [_glyph_letters(glyph) for glyph in glyphs]
        letters[start:end] = [letter for glyph in glyphs for letter in glyph]
    return "".join(letters)


def _is_as_drawn(word: str, boxes: Sequence[Box | None]) -> bool:
    """Whether each letter is to the right of the one before it. Marks do not count: they stand above their letters."""
    lefts = [box[0] for letter, box in zip(word, boxes, strict=True) if box and not unicodedata.combining(letter)]
    return len(lefts) > 1 and lefts[0] < lefts[-1] and all(one <= other for one, other in pairwise(lefts))


def _glyph_letters(letters: list[str]) -> list[str]:
    """The letters of one glyph in logical order."""
    is_in_order = len(letters) == 2 and letters[0] == _LAM and letters[1] in _ALEFS
    return letters if is_in_order else letters[::-1]


def without_presentation_forms(text: str) -> str:
    """Replace ligatures and the presentation forms of joined letters with plain letters.

    >>> without_presentation_forms("\ufb01nd")
    'find'
    """
    return _PRESENTATION_FORMS.sub(lambda forms: unicodedata.normalize("NFKC", forms.group()), text)


def runs_right_to_left(text: str) -> bool:
    """Whether most letters belong to a script that is read from right to left."""
    return 2 * len(RIGHT_TO_LEFT.findall(text)) > len(_LETTER.findall(text))
