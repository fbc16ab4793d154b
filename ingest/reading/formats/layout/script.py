"""The text of a PDF as a person types it: right-to-left text in logical order, plain letters for presentation forms.

PDFium reverses right-to-left text into logical order, letter by letter. Where the file says that one glyph stands for
several letters, as an Arabic ligature does, PDFium wrongly reverses those letters, too. Where the file names the
ligature's own character, PDFium replaces it with letters that are in order.
"""

import re
import unicodedata
from collections.abc import Callable

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RUN = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
_LETTER = re.compile(r"[^\W\d_]")
# The ligature that every Arabic font has. No font has one of the same letters in the other order.
_LAM, _ALEFS = "\u0644", frozenset("\u0622\u0623\u0625\u0627")


def in_logical_order(text: str, glyph_box: Callable[[int], object]) -> str:
    """Correct the order of right-to-left letters that share one glyph.

    Args:
        text: The text as PDFium gives it.
        glyph_box: Gives the box of the glyph of the letter at an index; letters of one glyph share it.

    Returns:
        The text with the same letters, each glyph's letters in logical order.

    Example:
        The last two of the three letters share a glyph, such as lam-alef.

        >>> in_logical_order("\u0633\u0627\u0644", lambda index: (0, 1, 1)[index]) == "\u0633\u0644\u0627"
        True
    """
    letters = list(text)
    for run in _RUN.finditer(text):
        start = run.start()
        boxes = [glyph_box(index) for index in range(run.start(), run.end())]
        for index in range(run.start() + 1, run.end() + 1):
            if index == run.end() or boxes[index - run.start()] != boxes[start - run.start()]:
                letters[start:index] = _glyph_letters(letters[start:index])
                start = index
    return "".join(letters)


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
