"""Correct the typing errors of a question with the words of the library and of English. People see what changed."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa.analysis.function_words import FUNCTION_WORDS
from qa.analysis.tokens import pieces
from qa.analysis.word_forms import folded, form

# Letters only: numbers and names with punctuation marks are not corrected.
_TYPED = re.compile(r"(?<![\w.@/-])[^\W\d_]{4,30}(?![\w@/]|[-.'’]\w)")
# A code of letters and a number, whose zeros people leave out, or add: P171, E-17, F7.3.
_CODE = re.compile(r"(?<![\w.@/-])([^\W\d_]{1,4}[-_]?)0{0,3}([1-9]\d{0,5}(?:\.\d{1,3})?[^\W\d_]?)(?![\w@/]|[-.'’:]\w)")
_MOST_ZEROS = 3
_LONG = 7  # letters of a word that may have two errors; shorter words may have one
# The list has American spellings and few compounds, so a known word with another ending is no typing error.
_ENDINGS = (
    ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("ness", ""), ("er", ""),
    ("ise", "ize"), ("ised", "ized"), ("ises", "izes"), ("ising", "izing"), ("isation", "ization"), ("yse", "yze"),
    ("our", "or"), ("ours", "ors"), ("oured", "ored"), ("re", "er"), ("lled", "led"), ("lling", "ling"), ("ogue", "og"),
)  # fmt: skip
_CONTRACTIONS = (
    "isnt arent wasnt werent dont doesnt didnt cant couldnt wont wouldnt shouldnt hasnt havent hadnt whats thats ive "
    "youre theyre theres"
)
_WITHOUT_APOSTROPHE = frozenset(_CONTRACTIONS.split())
# What makes a word common: its frequency in the list. One that is not in the library has to be, to be a correction.
_COMMON = 20_000_000
_WORD_LIST = "frequency_dictionary_en_82_765.txt"


@dataclass(frozen=True, slots=True)
class Mended:
    """A question with corrected typing errors. `changes` are pairs of a word as it was typed and its correction."""

    question: str
    changes: tuple[tuple[str, str], ...]


def mended(question: str, spelt: Mapping[str, int]) -> Mended:
    """Correct the words of a question that are neither in the library nor English.

    A word is replaced by the nearest known word: with one error in a word of up to six letters, with two in a longer
    one. Two exchanged letters are one error. Of two equally near words, the word of the library is chosen. Capitalised
    words within the question are names and stay.

    Args:
        question: The question as it was typed.
        spelt: The words of the library, each with how often it occurs there.

    Example:
        >>> mended("how long is the probaton period", Counter(["probation", "period"])).changes
        (('probaton', 'probation'),)
        >>> mended("Is Ann Larkin in?", Counter(["larking"])).changes
        ()
    """
    changes: dict[str, str] = {}

    def mend(match: re.Match[str]) -> str:
        typed = match.group()
        if typed[0].isupper() and match.start() > 0:  # a name, or an acronym
            return typed
        better = _nearest(folded(typed), spelt)
        if better is None or form(better) == form(folded(typed)):  # without accents, or with another ending
            return typed
        better = better.capitalize() if typed[0].isupper() else better
        changes[typed] = better
        return better

    text = _TYPED.sub(mend, question)
    return Mended(text, tuple(changes.items()))


def codes_mended(question: str, is_known: Callable[[str], bool]) -> Mended:
    """Put in or leave out the zeros of codes of which the library has only that spelling.

    Args:
        question: The question as it was typed.
        is_known: Whether the library has a code. It gets it in the form in which terms are compared.

    Example:
        >>> codes_mended("What is P171?", {"p0171", "p0172"}.__contains__).changes
        (('P171', 'P0171'),)
        >>> codes_mended("What is P171?", {"p171", "p0171"}.__contains__).changes
        ()
    """
    changes: dict[str, str] = {}

    def mend(match: re.Match[str]) -> str:
        typed, (letters, number) = match.group(), match.groups()
        if not is_known("".join(pieces(typed))):
            spellings = [letters + "0" * zeros + number for zeros in range(_MOST_ZEROS + 1)]
            known = [each for each in spellings if is_known("".join(pieces(each)))]
            if len(known) == 1:
                changes[typed] = known[0]
        return changes.get(typed, typed)

    text = _CODE.sub(mend, question)
    return Mended(text, tuple(changes.items()))


def is_common(word: str) -> bool:
    """Whether it is a common English word: three letters that are one seldom stand for other words.

    >>> is_common("oil"), is_common("pto")
    (True, False)
    """
    return _english()[word] >= _COMMON


def _nearest(word: str, spelt: Mapping[str, int]) -> str | None:
    if not word.isascii() or word in spelt or _is_english(word) or _is_inflection(word, spelt):
        return None
    own = _within_reach(word, spelt)
    english = _within_reach(word, _english())
    if english and _english()[english[0]] < _COMMON:
        english = None
    if own and english and english[1] < own[1]:
        return english[0]
    if own and english and english[1] == own[1] and english[0] in FUNCTION_WORDS:
        return english[0]
    return (own or english or (None, 0))[0]


def _is_english(word: str) -> bool:
    return word in FUNCTION_WORDS or word in _WITHOUT_APOSTROPHE or word in _english()


def _is_inflection(word: str, spelt: Mapping[str, int]) -> bool:
    """Whether the word is another form of a known word, and so no typing error."""
    return form(word) in spelt or any(stem in _english() for stem in _without_ending(word))


def _without_ending(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead


def _within_reach(word: str, known: Mapping[str, int]) -> tuple[str, int] | None:
    """The nearest known word and its distance. Of equally near words, the most frequent one."""
    most = 2 if len(word) >= _LONG else 1
    near: Iterable[tuple[str, int, int]] = process.extract(
        word, list(known), scorer=OSA.distance, score_cutoff=most, limit=20
    )
    # People seldom mistype the first letter. They mean an English word more often than an equally near name.
    ranked = sorted(
        near, key=lambda found: (found[1], found[0] not in _english(), found[0][0] != word[0], -known[found[0]])
    )
    return (ranked[0][0], int(ranked[0][1])) if ranked else None


@lru_cache(maxsize=1)
def _english() -> Counter[str]:
    """82,765 English words with their frequency, from the package symspellpy."""
    lines = files("symspellpy").joinpath(_WORD_LIST).read_text("utf-8-sig").splitlines()
    return Counter({word: int(count) for word, _, count in (line.partition(" ") for line in lines) if len(word) > 2})
