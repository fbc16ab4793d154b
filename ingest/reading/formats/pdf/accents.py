"""Letters with accents of a PDF that draws the accent and the letter one over the other, as older TeX fonts do.

PDFium gives both, such as "f¨ur". Only where the accent is printed over or under a letter do they become one: what is
beside its letters may be an apostrophe.
"""

import re
import unicodedata
from collections.abc import Callable

Box = tuple[float, float, float, float]

# The accents that stand alone in a text, and what makes a letter with an accent of them.
_MARKS = {
    "`": "\u0300", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307",
    "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_ACCENT = re.compile(f"[{''.join(_MARKS)}]")
# Letters for accents, which have no dot of their own.
_DOTLESS = {"ı": "i", "ȷ": "j"}
# A gap before the letter that is narrower than this, in its height, is no space between words.
_SPACE = 0.12


def with_accents(text: str, box: Callable[[int], Box | None]) -> list[str]:
    """Join each accent with the letter that it is printed over.

    Args:
        text: A text as PDFium gives it.
        box: Gives the box of the letter at an index of the text.

    Returns:
        What each letter of the text has become: such letters one character, their accents nothing. PDFium's space
        before an accent that is not there on the page becomes nothing, too.

    Example:
        >>> boxes = [(0, 0, 3, 9), (3, 0, 8, 9), (3, 0, 8, 9), (8, 0, 12, 9)]
        >>> with_accents("f¨ur", lambda index: boxes[index])
        ['f', '', 'ü', 'r']
    """
    # PDFium counts in units of UTF-16, of which such a letter has two.
    if not _ACCENT.search(text) or max(text) > "\uffff":
        return list(text)
    letters = list(text)
    for found in _ACCENT.finditer(text):
        at = found.start()
        for place in (at + 1, at - 1):
            joined = _joined(text, at, place) if _is_over(box, at, place, len(text)) else ""
            if joined and letters[place]:
                letters[at], letters[place] = "", joined
                if place > at > 1 and letters[at - 1] == " " and _touch(box, at - 2, place):
                    letters[at - 1] = ""
                break
    return letters


def _joined(text: str, accent: int, letter: int) -> str:
    """The letter with the accent as one character, or nothing where there is no such character."""
    base = _DOTLESS.get(text[letter], text[letter])
    made = unicodedata.normalize("NFC", base + _MARKS[text[accent]])
    return made if len(made) == 1 else ""


def _is_over(box: Callable[[int], Box | None], accent: int, letter: int, size: int) -> bool:
    if not 0 <= letter < size:
        return False
    one, other = box(accent), box(letter)
    return bool(one and other and other[0] < (one[0] + one[2]) / 2 < other[2])


def _touch(box: Callable[[int], Box | None], left: int, right: int) -> bool:
    one, other = box(left), box(right)
    return bool(one and other and other[0] - one[2] < _SPACE * (other[3] - other[1]))
