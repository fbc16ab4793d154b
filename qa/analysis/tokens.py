"""The terms of a text: one analysis for lexical retrieval, for evidence and for the words in bold.

A word is compared by its form (see `qa.analysis.word_forms`). There are further terms: a code or a compound with its
parts joined ("KX-2210-B" is also "kx2210b"), a number without its separators, a date in one form, and the initials of
words in a row. A question is analysed in the same way; each of its words has all terms that match it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.analysis.acronyms import initials
from qa.analysis.dates import dates
from qa.analysis.numbered import numbers_of_text
from qa.analysis.unspaced import RUN, UNSPACED, pairs
from qa.analysis.word_forms import folded, form

# Text of a script without spaces, or words joined by a mark without a space: a code, a name of a variable, a number, a
# compound.
_COMPOUND = re.compile(
    rf"({RUN.pattern})|[^\W_{UNSPACED}]+(?:[-\u2010\u2011_./:,'’]+[^\W_{UNSPACED}]+)*",
)
_MARK = re.compile(r"[-\u2010\u2011_./:,'’]+")
# The border between two parts of a name: maxFlowRate, HTTPServer, kx2210b.
_PART = re.compile(r"[A-Z]+(?![^\WA-Z\d_])|[A-Z]?[^\WA-Z\d_]+|\d+")
# A code whose parts are separated by spaces, as in "KX 2210 B".
_SPACED_CODE = re.compile(r"\b[A-Z]{1,4} \d+(?: [A-Z]{1,2})?\b")
_GROUPED = re.compile(r"\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?|\d+[.,]\d+")
_COUNTING = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
# Without "second", which is a unit of time too.
_ORDINALS = (
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth"
)
NUMBER_WORDS = {
    **{word: str(number) for number, word in enumerate(_COUNTING.split(), start=2)},
    **{word: str(10 * number) for number, word in enumerate(_TENS.split(), start=3)},
    **{word: str(number) for number, word in enumerate(_ORDINALS.split(), start=3)},
}
_LETTERS = re.compile(r"[^\W\d_]+")
DATE, INITIALS = "date ", "initials "  # the prefix of a term of initials; no word has a space


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a compound of a text: its place, from start to before end, and the terms by which it is compared.

    `parts` are the terms of its words, in order; `joined` are its further terms. In a script without spaces, each pair
    of characters is a word, and `is_pair`: the next one begins within it.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    joined: tuple[str, ...] = ()
    is_pair: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The words and compounds of a text, in order.

    >>> [(token.parts, token.joined) for token in tokens("Part KX-2210-B")]
    [(('part',), ()), (('kx', '2210', 'b'), ('kx2210b',))]
    >>> [token.joined for token in tokens("maxFlowRate, pump_start_delay, e-mail, 1,234.50")]
    [('maxflowr',), ('pumpstartdelay',), ('email',), ('1234.50',)]
    >>> [token.parts for token in tokens("WiFi密码")]
    [('wi', 'fi'), ('密码',)]
    """
    for match in _COMPOUND.finditer(text):
        if match.group(1):
            for start, end, term in pairs(match.group()):
                yield Token(match.start() + start, match.start() + end, (term,), is_pair=True)
            continue
        yield Token(match.start(), match.end(), *_parts_and_joined(match.group()))


def terms(text: str) -> list[str]:
    """The words of a text as BM25 compares them, in order.

    >>> terms("Café-Öffnung: 9 a.m.")
    ['cafe', 'offnung', 'cafeoffnung', '9', 'a', 'm']
    """
    found: list[str] = []
    for token in tokens(text):
        found += token.parts
        found += token.joined
    return found


def further_terms(text: str) -> set[str]:
    """The further terms of a text: dates, codes with spaces, written-out numbers, and the clauses that begin in it."""
    found = {DATE + date_form for date in dates(text) for date_form in date.forms}
    found |= {squeezed(match.group()) for match in _SPACED_CODE.finditer(text)}
    found |= numbers_of_text(text)
    return found | {NUMBER_WORDS[word] for word in NUMBER_WORDS.keys() & set(_LETTERS.findall(text.lower()))}


def all_terms(text: str) -> set[str]:
    """All terms of a text, including the initials of words in a row."""
    return {*terms(text), *further_terms(text), *(INITIALS + letters for letters, _, _ in initials(text))}


def spans(text: str, wanted: Collection[str]) -> Iterator[tuple[int, int]]:
    """Find the words of a text that have one of the wanted terms.

    Args:
        text: Any text.
        wanted: Terms, such as those of `asked_terms`.

    Yields:
        Pairs of a start and the place after the end, in the order of the text, without overlaps.

    Example:
        >>> list(spans("Probation: the PROBATION period", {"probat"}))
        [(0, 9), (15, 24)]
        >>> list(spans("前五个月为试用期", {"试用", "用期"}))
        [(5, 8)]
    """
    done = 0
    own_tokens = list(tokens(text))
    places = [(each.start, each.end, (*each.parts, *each.joined)) for each in own_tokens if not each.is_pair]
    places += _stretches([each for each in own_tokens if each.is_pair and each.parts[0] in wanted])
    places += [(date.start, date.end, tuple(DATE + each for each in date.forms)) for date in dates(text)]
    if any(term.startswith(INITIALS) for term in wanted):
        places += [(start, end, (INITIALS + letters,)) for letters, start, end in initials(text)]
    places += [(*match.span(), (squeezed(match.group()),)) for match in _SPACED_CODE.finditer(text)]
    for start, end, own in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= done and not set(own).isdisjoint(wanted):
            yield start, end
            done = end


def _stretches(wanted: Sequence[Token]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Pairs of characters that overlap, as one place each, with the terms of all of them."""
    at = 0
    while at < len(wanted):
        first, last = at, at
        while last + 1 < len(wanted) and wanted[last + 1].start < wanted[last].end:
            last += 1
        at = last + 1
        yield wanted[first].start, wanted[last].end, tuple(each.parts[0] for each in wanted[first:at])


def pieces(code: str) -> tuple[str, ...]:
    """The parts of a code, a name or a number, without case, in order.

    >>> pieces("KX-2210 b"), pieces("maxFlowRate"), pieces("5.4")
    (('kx', '2210', 'b'), ('max', 'flow', 'rate'), ('5', '4'))
    """
    found = (folded(part) for match in _COMPOUND.finditer(code) for part in _parts(_MARK.split(match.group())))
    return tuple(filter(None, found))


def _parts(split: Sequence[str]) -> list[str]:
    return [part for piece in split for part in _PART.findall(piece) or [piece]]


@lru_cache(maxsize=200_000)
def _parts_and_joined(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    split = _MARK.split(written)
    parts = _parts(split)
    own = tuple(term for part in parts if (term := form(folded(part))))
    return own, tuple(term for term in _joined_terms(written, split, parts) if term not in own)


def _joined_terms(written: str, split: Sequence[str], parts: Sequence[str]) -> Iterator[str]:
    """The further terms of a compound: a number in one form, or all its parts as one word."""
    if _GROUPED.fullmatch(written):
        yield re.sub(r"[,.'’](?=\d{3}(?:\D|$))", "", written).replace(",", ".")
    elif len(parts) > 1 and _is_one_name(written, split):
        yield form(folded("".join(parts)))


def _is_one_name(written: str, split: Sequence[str]) -> bool:
    """Whether a compound is one name or code of several parts, and not two words or numbers with a mark between."""
    marks = set("".join(_MARK.findall(written)))
    letters = any(character.isalpha() for character in written)
    return letters and (
        len(split) == 1
        or marks <= set("-\u2010\u2011_")
        or (any(character.isdigit() for character in written) and marks <= set("-\u2010\u2011_./"))
    )


def squeezed(code: str) -> str:
    """A code without its spaces.

    >>> squeezed("KX 2210 B")
    'kx2210b'
    """
    return form(folded("".join(code.split())))
