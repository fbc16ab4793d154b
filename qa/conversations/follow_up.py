"""Questions that cannot stand alone, such as "and for part-timers?": they are asked together with the one before.

The signs are those of English; a question in another language is taken to stand alone.
"""

import re

from qa.analysis.asked import concepts
from qa.analysis.word_forms import folded

# A question that begins so goes on from what was said.
_GOES_ON = re.compile(r"\s*(?:and|but|or|also|then|so|plus|what about|how about|what if|why not|same for|else)\b", re.I)
_POINTS_BACK = frozenset(
    ["it", "its", "they", "them", "their", "theirs", "he", "she", "his", "her", "him", "this", "that", "these", "those"]
)
# "Is it possible to …" points at nothing.
_EMPTY_IT = re.compile(
    r"\b(?:is|was|does|will|would|can|could)\s+it\s+(?:allowed|possible|true|necessary|required|ok|okay|safe|legal|"
    r"mean|take|cost|work|matter)\b|\bit\s+(?:is|was)\s+(?:allowed|possible|true|necessary)\b|\bthis\s+(?:year|month|"
    r"week|company|firm|office|document|file|manual|handbook)\b|\bthat\s+(?:is|are|was|were|can|has|have)\b",
    re.I,
)
_BARE = frozenset(["for", "in", "on", "at", "with", "without", "during", "after", "before"])
_FEW_WORDS = 3
_WORD = re.compile(r"\w+")


def cannot_stand_alone(question: str) -> bool:
    """Whether a question makes no sense without the one before it.

    >>> [cannot_stand_alone(asked) for asked in ("And for part-timers?", "How is it cleaned?", "Why?")]
    [True, True, True]
    >>> [cannot_stand_alone(asked) for asked in ("How long is the warranty?", "Is it allowed to smoke?", "Holidays")]
    [False, False, False]
    """
    if _GOES_ON.match(question):
        return True
    said = _WORD.findall(folded(question))
    about = concepts(question)
    if not about:
        return bool(said)
    points_back = not _POINTS_BACK.isdisjoint(_WORD.findall(folded(_EMPTY_IT.sub(" ", question))))
    if points_back and len(about) <= _FEW_WORDS:
        return True
    return (
        said[0] in {"for", "in", "on", "at", "with", "without", "during", "after", "before"} and len(about) < _FEW_WORDS
    )


def together(before: str, question: str) -> str:
    """A question with the one before it, as they are asked together.

    >>> together("How many days off do I get?", "and for part-timers?")
    'How many days off do I get? and for part-timers?'
    """
    return f"{before.strip()} {question.strip()}"
