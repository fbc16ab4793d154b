"""Names in a question, such as "the Otter 60", and the question without some of them."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from qa.analysis.dates import dates
from qa.analysis.tokens import terms

# A word, with the number after it.
_WORD = re.compile(r"[^\W\d_][^\W_]+(?:[- ]\d{1,4}\b)?")
_CAPITAL = re.compile(r"[^\W\d_a-zß-ÿ][^\W_]*[a-zß-ÿ]")
_KEPT = 16  # texts: the names of one question are looked for in each document that was found
_SENTENCE_END, _OPENING = (".", "?", "!", ":", ">"), " \"'“„«("


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its place in the question, from start to before end, and its terms."""

    start: int
    end: int
    terms: frozenset[str]


def names(text: str, known: Collection[str] = ()) -> list[Name]:
    """The names in a text. The first word of a sentence has its capital for another reason; a date is no name.

    Args:
        text: Any text, such as a question.
        known: Terms that belong to names, also where they have no capital letter.

    Example:
        >>> [sorted(name.terms) for name in names("How long is the warranty on the Otter 60 in March 2026?")]
        [['60', 'otter']]
        >>> [sorted(name.terms) for name in names("otter warranty", {"otter", "60"})]
        [['otter']]
    """
    known = frozenset(known)
    return [name for name, has_capital in _words(text) if has_capital or name.terms <= known]


def without(question: str, left_out: Collection[Name]) -> str:
    """The question without these names.

    >>> question = "When was Velmarsh founded?"
    >>> without(question, names(question))
    'When was founded?'
    """
    for name in sorted(left_out, key=lambda name: -name.start):
        question = question[: name.start] + question[name.end :]
    return re.sub(r"\s+([?.,!])", r"\1", " ".join(question.split()))


@lru_cache(_KEPT)
def _words(text: str) -> tuple[tuple[Name, bool], ...]:
    """The words of a text that are no dates, each with whether it has a capital letter as a name has."""
    dated = [(date.start, date.end) for date in dates(text)]
    found = []
    for match in _WORD.finditer(text):
        before = text[: match.start()].rstrip(_OPENING)
        has_capital = _CAPITAL.match(match.group()) and before and not before.endswith(_SENTENCE_END)
        if not any(start < match.end() and match.start() < end for start, end in dated):
            found.append((Name(*match.span(), frozenset(terms(match.group()))), bool(has_capital)))
    return tuple(found)
