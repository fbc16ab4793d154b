"""Whether two texts have the same or nearly the same words, in the same order."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from qa.analysis.word_forms import folded

# Two texts are nearly the same where at least this share of their words, in order, is the same.
_NEARLY = 0.85


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a text in order, without case and accents, and the same words as a set."""

    words: tuple[str, ...]
    vocabulary: frozenset[str]


@lru_cache(maxsize=2_000)
def wording(text: str) -> Wording:
    """The words of a text, for `nearly_same`. Those of the last texts are kept: a question compares them often."""
    words = tuple(folded(text).split())
    return Wording(words, frozenset(words))


def is_same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for white space and letter case."""
    return plainly(one) == plainly(other)


def plainly(text: str) -> str:
    """A text without what does not matter where texts are compared: the kind of white space, and letter case."""
    return " ".join(text.split()).casefold()


def nearly_same(one: Wording, other: Wording) -> bool:
    """Whether at least 85 % of the words of two texts are the same, in the same order.

    Each word that only one of them has counts as one difference at least. So most pairs need no closer look.

    Example:
        >>> march, april = (wording(f"The caretaker checks both lifts in {month}.") for month in ("March", "April"))
        >>> nearly_same(march, april), nearly_same(march, wording("The office is closed."))
        (True, False)
    """
    length = len(one.words) + len(other.words)
    allowed = (1 - _NEARLY) * length
    if abs(len(one.words) - len(other.words)) > allowed or len(one.vocabulary ^ other.vocabulary) > allowed:
        return False
    return Indel.normalized_similarity(one.words, other.words, score_cutoff=_NEARLY) >= _NEARLY
