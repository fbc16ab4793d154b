"""A place in a file that was left empty: a field of a form, a blank to write on, a formula without a value.

Such a place has a label, and so it looks like an answer to a question about it, though it says nothing.
"""

import re

EMPTY, NOT_CALCULATED = "(empty)", "(not calculated)"

# What people draw to write on, as far as it stands at the end: a run of underscores, dots or dashes.
_BLANK = r"[_.…]{4,}|_{3,}|…{2,}|-{6,}"
_ENDS_EMPTY = re.compile(
    rf"(?:{re.escape(EMPTY)}|{re.escape(NOT_CALCULATED)}|(?:\A|[:\s])(?:{_BLANK})|_{{4,}})[\s.·|]*\Z"
)
# So much of the end is looked at. What comes before it has no say, and a stranger's long run of dots takes no time.
_LOOKED_AT = 200


def is_left_empty(text: str) -> bool:
    """Whether a sentence or a row ends in a place that was left empty.

    >>> is_left_empty("Date of birth: (empty)"), is_left_empty("Name: ________"), is_left_empty("And so on ...")
    (True, True, False)
    """
    return _ENDS_EMPTY.search(text[-_LOOKED_AT:]) is not None
