"""Acronyms and the words that they stand for: "RTO" finds "recovery time objective", and vice versa."""

import re
from collections.abc import Iterator

from qa.analysis.function_words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
# What separates two words of one name: a space, a line break or a hyphen.
_GAP = re.compile(r"[ \t]+|[ \t]*\n[ \t]*|[-\u2010\u2011]")
_ACRONYM = re.compile(r"(?<![\w-])[A-Z](?:[A-Z&]|\.(?=[A-Z])){1,5}s?(?![\w-])")
# Words that some acronyms include ("terms of service", ToS) and most leave out. Other function words end a name.
_MAY_COUNT = frozenset(["of", "and", "for", "in", "on", "und"])
_SMALL = _MAY_COUNT | frozenset(["the", "to", "a", "an", "at", "by", "with", "der", "die"])
SHORTEST, LONGEST = 3, 5  # letters of initials; there are too many shorter ones
_SHORTEST_WORD = 3


def initials(text: str) -> Iterator[tuple[str, int, int]]:
    """The initials of every three to five words in a row, with and without small words such as "of".

    Yields:
        The initials, and the start and the end of their words in the text.

    Example:
        >>> [letters for letters, _, _ in initials("the recovery time objective, not")]
        ['rto']
        >>> sorted({letters for letters, _, _ in initials("terms of service agreement")})
        ['tos', 'tosa', 'tsa']
    """
    for run in _word_runs(text):
        yield from _run_initials(run)


def initial_letters(text: str) -> str:
    r"""The first letters of all words, twice: with small words and without. A line break separates parts of the text.

    An acronym may stand for words of the text where its letters are in this string.

    >>> initial_letters("The terms of service. No more.")
    'tos\nnm\n\nts\nnm'
    """
    runs = [[word.group().casefold() for word in run] for run in _word_runs(text)]
    every = "\n".join("".join(word[0] for word in run if word not in _SMALL or word in _MAY_COUNT) for run in runs)
    long_only = "\n".join("".join(word[0] for word in run if word not in _SMALL) for run in runs)
    return f"{every}\n\n{long_only}"


def acronyms(text: str) -> list[str]:
    """The acronyms of a text as they are written: two to six capital letters, with or without full stops.

    >>> acronyms("Who signs the NDA, and is the S.L.A. one?")
    ['NDA', 'S.L.A']
    """
    return [match.group() for match in _ACRONYM.finditer(text)]


def letters_of(acronym: str) -> str:
    """The letters of an acronym, in the form in which initials are compared.

    >>> letters_of("SLAs"), letters_of("R&D")
    ('sla', 'rd')
    """
    return re.sub(r"[^A-Z]", "", acronym).lower()


def long_form(letters: str, text: str) -> str | None:
    """The words of a text with these initials, as they are written there; None where there are none.

    >>> long_form("nda", "Both sign a non-disclosure agreement before")
    'non-disclosure agreement'
    """
    for run in _word_runs(text):
        for found, start, end in _run_initials(run, shortest=2):
            if found == letters:
                return " ".join(text[start:end].split())
    return None


def _word_runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The words of a text, as lists of words that follow each other directly."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), word.start()):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _run_initials(run: list[re.Match[str]], shortest: int = SHORTEST) -> Iterator[tuple[str, int, int]]:
    small = [word.group().casefold() in _SMALL for word in run]
    counts = [word.group().casefold() in _MAY_COUNT for word in run]
    long_enough = [
        len(word.group()) >= _SHORTEST_WORD and word.group().casefold() not in FUNCTION_WORDS for word in run
    ]
    for first in range(len(run)):
        if small[first] or not long_enough[first]:
            continue
        without = with_small = ""
        for last in range(first, min(first + 2 * LONGEST, len(run))):
            letter = run[last].group()[0].casefold()
            if small[last]:
                with_small += letter if counts[last] else ""
                continue
            if not long_enough[last]:
                break
            with_small += letter
            without += letter
            if len(without) > LONGEST:
                break
            for letters in dict.fromkeys([without, with_small]):
                if shortest <= len(letters) <= LONGEST:
                    yield letters, run[first].start(), run[last].end()
