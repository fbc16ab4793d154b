"""Acronyms and the words that they stand for: "RTO" finds "recovery time objective", and vice versa."""

import re
from collections.abc import Iterator

from qa.analysis.function_words import FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
# What separates two words of one name: a space, a line break or a hyphen.
_GAP = re.compile(r"[ \t]+|[ \t]*\n[ \t]*|[-\u2010\u2011]")
_ACRONYM = re.compile(r"(?<![\w-])[A-Z](?:[A-Z&]|\.(?=[A-Z])){1,5}s?(?![\w-])")
# Words that some acronyms include ("terms of service", ToS) and most leave out. Other function words end a name.
_MAY_COUNT = frozenset(["of", "and", "for", "in", "on", "from", "per", "your", "und"])
_SMALL = _MAY_COUNT | frozenset(["the", "to", "a", "an", "at", "by", "with", "der", "die"])
# Function words that count as other words do: "paid time off", "bring your own device".
_OWN = frozenset(["off", "own"])
_SMALL_LETTERS = frozenset(word[0] for word in _MAY_COUNT)
_CAPITAL_LETTERS = "".join(sorted(_SMALL_LETTERS)).upper()
_CAPITALS = re.compile(f"[{_CAPITAL_LETTERS}]")
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
        >>> [list(initials(each))[0][0] for each in ("work from home", "paid time off", "cost per click")]
        ['wfh', 'pto', 'cpc']
    """
    for run in _word_runs(text):
        yield from _run_initials(run)


def initial_letters(text: str) -> str:
    r"""The first letters of the words that names are made of, in which the initials of a name are found.

    Each line has those of words in a row, with the first letters of small words such as "of" as capitals, or without
    them. Find in it one of `written_initials`.

    >>> initial_letters("The terms of service. No more, but a recovery time objective")
    'tOs\nts\nrto\n'
    """
    lines = list[str]()
    for run in _word_runs(text):
        for letters in _runs_of_letters(run):
            lines += dict.fromkeys([letters, _CAPITALS.sub("", letters)])
    return "".join(f"{line}\n" for line in lines if len(line) > 1)


def written_initials(letters: str) -> list[str]:
    """How initials may be written in `initial_letters`: the first letters of small words are capitals there.

    >>> written_initials("tos")
    ['tos', 'tOs']
    """
    written = [letters[:1]]
    for letter in letters[1:-1]:
        choices = [letter, letter.upper()] if letter in _SMALL_LETTERS else [letter]
        written = [before + choice for before in written for choice in choices]
    return [before + letters[1:][-1:] for before in written]


def has_small_words(words: str) -> bool:
    """Whether words have small ones among them: more often than others, these have the same initials by chance.

    >>> has_small_words("price per employee"), has_small_words("personal protective equipment")
    (True, False)
    """
    return any(word.casefold() in _SMALL for word in _WORD.findall(words))


def longer_initials(letters: str, words: str) -> list[str]:
    """The same initials with two letters of one of the words, as some acronyms have them.

    >>> longer_initials("hf", "high fidelity")
    ['hif', 'hfi']
    """
    every = [word.casefold() for word in _WORD.findall(words)]
    named = [word for word in every if word not in _SMALL]
    named = named if len(named) == len(letters) else every
    if [word[0] for word in named] != list(letters):
        return []
    return [letters[:at] + word[:2] + letters[at + 1 :] for at, word in enumerate(named)]


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


def _runs_of_letters(run: list[re.Match[str]]) -> Iterator[str]:
    """The first letters of the words in a row that a name may have, those of small words as capitals."""
    letters = ""
    for match in run:
        word = match.group().casefold()
        if word in _SMALL:
            letters += word[0].upper() if letters and word in _MAY_COUNT else ""
        elif _is_long_enough(match.group()):
            letters += word[0]
        else:
            yield letters.rstrip(_CAPITAL_LETTERS)
            letters = ""
    yield letters.rstrip(_CAPITAL_LETTERS)


def _is_long_enough(word: str) -> bool:
    small = word.casefold()
    return len(word) >= _SHORTEST_WORD and (small in _OWN or small not in FUNCTION_WORDS)


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
    long_enough = [_is_long_enough(word.group()) for word in run]
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
