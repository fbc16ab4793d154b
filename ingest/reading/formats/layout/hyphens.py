"""Hyphens at the ends of lines: which belong to the word, and which only break it.

The document's own words decide first, then what is before and after the hyphen, and in an English text a list of words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ingest.reading.formats.layout.line import HYPHEN_MARKS, Line

# PDFium's marks, the soft hyphen, and the hyphens that people type.
HYPHENS = HYPHEN_MARKS + "\u00ad-\u2010"
_HYPHENATED = re.compile(r"\w+(?:[-\u2010]\w+)+")
_WORD = re.compile(r"[^\W_]+")
_LAST_WORD = re.compile(r"[\w\u2010-]*\Z")
# What follows a hyphen that stands for a part left out: "pre- and post-war", "Auf- und Abbau", "opsporings- en".
_CONJUNCTION_LIST = """
    and or nor to through versus vs und oder bzw sowie bis als wie en of et ou e ed y o u i a och eller og ja tai lub
"""
# They begin words that have no hyphen and that no list has all of.
_PREFIX_LIST = """
    over under out super hyper inter micro macro multi photo electro hydro thermo counter trans semi anti auto fore down
    back water mono poly tele
"""
_ENDINGS = ("", "s", "d", "ed", "ing")
_CONJUNCTIONS, _PREFIXES = frozenset(_CONJUNCTION_LIST.split()), frozenset(_PREFIX_LIST.split())
_ENGLISH = frozenset(("the", "of", "and", "is", "in", "to", "that", "for", "with", "are"))
# In English every fifth word is one of these.
_ENGLISH_SHARE = 0.1
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document in lower case: with a hyphen, and without; and whether its language is English."""

    compounds: frozenset[str] = field(default_factory=frozenset)
    words: frozenset[str] = field(default_factory=frozenset)
    english: bool = False

    def without_break(self, text: str, line: str) -> str:
        """Two lines as one.

        Args:
            text: A text that ends with a line, which may end with a hyphen or with PDFium's mark of one.
            line: The next line.

        Returns:
            Both, with the hyphen where it belongs to the word.

        Example:
            >>> Vocabulary().without_break("mainte-", "nance is"), Vocabulary().without_break("pre-", "and post-war")
            ('maintenance is', 'pre- and post-war')
        """
        bare = text[:-1]
        if text[-1:] not in set(HYPHENS) or not bare[-1:].isalnum() or not line[:1].isalnum():
            return without_mark(text) + " " + line
        following = re.match(r"\w+", line)
        before, after = _LAST_WORD.findall(bare)[0], following.group() if following else ""
        rest = line[len(after) : len(after) + 1]
        if self._is_left_out(before, after, rest):
            return bare + "- " + line
        return bare + "-" + line if self._belongs(before, after, rest) else bare + line

    def _is_left_out(self, before: str, after: str, rest: str) -> bool:
        """Whether the hyphen stands for a part of the word that comes later."""
        if after not in _CONJUNCTIONS or rest in {"-", "\u2010"}:
            return False
        return (before + after).casefold() not in self.words

    def _belongs(self, before: str, after: str, rest: str) -> bool:
        """Whether the hyphen is part of the word."""
        one, other = before.casefold().replace("\u2010", "-"), after.casefold()
        last = one.rpartition("-")[2]
        if f"{one}-{other}" in self.compounds or f"{last}-{other}" in self.compounds:
            return True
        if len(last) < 2 or not last.isalpha() or (before[-2:].isupper() and not after.isupper()):
            return True
        if one + other in self.words or (self.english and _is_english(last + other)):
            return False
        if not after[:1].islower() and not before.isupper():
            return True
        if after in _CONJUNCTIONS and rest in {"-", "\u2010"}:
            return True  # as in "day-to-day"
        # A name that is broken has a capital: "Black-wood".
        return self.english and before[:1].islower() and _are_two_words(last, other)


def vocabulary_of(lines: Iterable[Line]) -> Vocabulary:
    """The words of these lines."""
    compounds, words = set[str](), set[str]()
    total = english = 0
    for line in lines:
        text = line.text.replace("\u2010", "-").casefold()
        compounds.update(_HYPHENATED.findall(text))
        here = _WORD.findall(text)
        words.update(here)
        total += len(here)
        english += sum(word in _ENGLISH for word in here)
    return Vocabulary(frozenset(compounds), frozenset(words), english > _ENGLISH_SHARE * total)


def without_mark(text: str) -> str:
    """Turn PDFium's mark at the end back into a hyphen."""
    return text[:-1] + "-" if text[-1:] in set(HYPHEN_MARKS) else text


def _are_two_words(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_PART or one in _PREFIXES:
        return False
    return one in _english_words() and other in _english_words()


def _is_english(word: str) -> bool:
    return any(word.endswith(ending) and word.removesuffix(ending) in _english_words() for ending in _ENDINGS)


@cache
def _english_words() -> frozenset[str]:
    """The list of English words that symspellpy carries; empty without it."""
    package = find_spec("symspellpy")
    path = Path(package.origin if package and package.origin else "").parent / "frequency_dictionary_en_82_765.txt"
    try:
        return frozenset(line.partition(" ")[0] for line in path.read_text(encoding="utf-8-sig").splitlines())
    except OSError:
        return frozenset()
