"""Letters of a PDF as a person types them: right-to-left ones in the order of reading, joined shapes as letters.

PDFium puts text that runs from right to left into the order of reading, sign by sign as it stands on the page. Where
one sign stands for several letters, as in Arabic, it turns them round too many.
"""

import re
import unicodedata
from collections.abc import Callable

# Hebrew, Arabic, Syriac, Thaana, N'Ko and their shapes for printing.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RUN = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
_SHAPES = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
_LETTER = re.compile(r"[^\W\d_]")


def turned_back(text: str, place: Callable[[int], object]) -> str:
    """`text` with the letters that share one sign in their order. `place` gives where the sign of a letter stands."""
    letters = list(text)
    for run in _RUN.finditer(text):
        start = run.start()
        places = [place(index) for index in range(run.start(), run.end())]
        for index in range(run.start() + 1, run.end() + 1):
            if index == run.end() or places[index - run.start()] != places[start - run.start()]:
                letters[start:index] = letters[start:index][::-1]
                start = index
    return "".join(letters)


def as_typed(text: str) -> str:
    """`text` with ligatures and the shapes of joined letters made plain letters."""
    return _SHAPES.sub(lambda shapes: unicodedata.normalize("NFKC", shapes.group()), text)


def runs_right_to_left(text: str) -> bool:
    """Whether most letters belong to a script that is read from right to left."""
    return 2 * len(RIGHT_TO_LEFT.findall(text)) > len(_LETTER.findall(text))
