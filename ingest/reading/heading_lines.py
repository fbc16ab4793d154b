"""Which line of a text heads what follows: a few words that stand alone and are no sentence, or a question."""

import re

# The longest heading, in characters, and the marks at the end of a line that is none.
_LONGEST, _ENDS_A_SENTENCE = 60, ".!?;,…。！？"
_LONGEST_QUESTION, _ENDS_A_QUESTION = 120, "?？؟"
_BEGINS_AN_ITEM = re.compile(r"[^\w\s]|\(?\w{1,3}[.)]\s")


def looks_like_heading(line: str) -> bool:
    """Whether a line may be a heading. An item of a list, a row of a table and a value with its name are none.

    >>> [looks_like_heading(line) for line in ("LATE FEES", "What to do:", "We are open.", "- soap", "Price: 4 euros")]
    [True, True, False, False, False]
    """
    line = line.strip()
    return (
        0 < len(line) <= _LONGEST
        and line[-1] not in _ENDS_A_SENTENCE
        and any(map(str.isalpha, line))
        and not _BEGINS_AN_ITEM.match(line)
        and ": " not in line
        and " · " not in line
    )


def looks_like_question(line: str) -> bool:
    """Whether a line may be a question of a list of questions and answers, and no end of a longer one.

    >>> [looks_like_question(line) for line in ("How long is it?", "the day after?", "It is long.")]
    [True, False, False]
    """
    line = line.strip()
    return 0 < len(line) <= _LONGEST_QUESTION and line[-1] in _ENDS_A_QUESTION and not line[0].islower()
