"""Spaces that a file leaves out because it sets each word by its place, as groff does: the gaps between letters.

PDFium sees most such gaps, but not those after some letters, whose words it joins: "theyare".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.reading.placed import Box

# Scripts whose words have spaces between them and whose letters stand side by side.
_SPACED = re.compile(r"[\u0021-\u024f\u0370-\u052f\u1e00-\u1fff\u2010-\u205e\u20a0-\u20bf\u2212]{3,}")
# In heights of the line: a gap is a space from here on. Between two digits it may be that of a thousand.
_SPACE, _BETWEEN_DIGITS = 0.19, 0.3
# Letters are set apart throughout where their usual gap is wider than this; then no gap is a space.
_SET_APART = 0.08


def may_have_gaps(word: str) -> bool:
    """Whether gaps between the letters of a word could be spaces.

    >>> may_have_gaps("theyare"), may_have_gaps("渡轮七点")
    (True, False)
    """
    return _SPACED.fullmatch(word) is not None


def gaps_in_word(word: str, boxes: Sequence[Box | None]) -> Iterator[int]:
    """Where further words begin in what the file gives as one.

    Args:
        word: Letters without a space between them.
        boxes: The box of each letter.

    Returns:
        The index of the first letter of each further word.

    Example:
        >>> list(gaps_in_word("isit", [(left, 0, left + 5, 10) for left in (0, 5, 13, 18)]))
        [2]
    """
    gaps = [_gap(left, right) for left, right in pairwise(boxes)]
    if max(gaps, default=0.0) < _SPACE or (len(gaps) > 2 and median(gaps) > _SET_APART):
        return
    for index, gap in enumerate(gaps, 1):
        least = _BETWEEN_DIGITS if word[index - 1].isdigit() and word[index].isdigit() else _SPACE
        if gap >= least:
            yield index


def _gap(left: Box | None, right: Box | None) -> float:
    """The gap between two letters in heights of the line; 0 where they do not stand side by side."""
    if left is None or right is None:
        return 0.0
    height = max(left[3] - left[1], right[3] - right[1])
    if height <= 0 or min(left[3], right[3]) - max(left[1], right[1]) < height / 2:
        return 0.0
    return (right[0] - left[2]) / height
