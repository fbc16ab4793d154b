"""Questions that cannot stand alone, such as "and for part-timers?", are asked together with the question before.

The signs are those of English; a question in another language is taken to stand alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.analysis.concepts import concepts
from qa.analysis.word_forms import folded
from qa.conversations.turn import Turn

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
_PREPOSITIONS = frozenset(["for", "in", "on", "at", "with", "without", "during", "after", "before"])
_FEW_WORDS = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class InContext:
    """A question in its conversation.

    `typed` is the question as it was typed, `text` what is asked. `asked_with` is the earlier question that it is asked
    together with, None where it stands alone.
    """

    typed: str
    text: str
    asked_with: str | None = None

    @property
    def new_words(self) -> str | None:
        """What a follow-up adds to the earlier question; None where there is none."""
        return self.typed if self.asked_with else None


def in_context(
    question: str, turns: Sequence[Turn], characters: int, *, alone: bool = False, after: str | None = None
) -> InContext:
    """Put a question together with an earlier one where it cannot stand alone.

    Args:
        question: The question as it was typed.
        turns: The turns of the conversation so far.
        characters: How long the two questions together may be. A follow-up to a follow-up that would be longer is put
            together with the words of the one before alone; where these are too long as well, it stands alone.
        alone: Whether the question stands alone in any case.
        after: The question that it follows, where that is known.

    Example:
        >>> in_context("And at weekends?", [], 1000, after="When does it open?").text
        'When does it open? And at weekends?'
    """
    earlier = [after] if after else []
    if not alone and not earlier and cannot_stand_alone(question):
        before = next((turn for turn in reversed(turns) if turn.answer), None)
        earlier = [before.answer.question, before.question] if before and before.answer else []
    for one in earlier:
        joined = together(one, question)
        if len(joined) <= characters:
            return InContext(question, joined, one)
    return InContext(question, question)


def cannot_stand_alone(question: str) -> bool:
    """Whether a question makes no sense without the question before it.

    Args:
        question: The question as it was typed, in English.

    Example:
        >>> [cannot_stand_alone(asked) for asked in ("And for part-timers?", "How is it cleaned?", "Why?")]
        [True, True, True]
        >>> [cannot_stand_alone(asked) for asked in ("How long is the warranty?", "Is it allowed to smoke?", "Keys")]
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
    return bool(said) and said[0] in _PREPOSITIONS and len(about) < _FEW_WORDS


def together(before: str, question: str) -> str:
    """A question and the question before it, as they are asked together.

    Example:
        >>> together("How many days off do I get?", "and for part-timers?")
        'How many days off do I get? and for part-timers?'
    """
    return f"{before.strip()} {question.strip()}"
