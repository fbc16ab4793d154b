"""What is compared of a text: one analysis for lexical retrieval, for evidence and for the words that are set off.

A word is compared by its form (see `qa.word_forms`). Beside it stand further terms: a code or a compound with its parts
joined ("KX-2210-B" is also "kx2210b"), a number without its separators, a date in one form, and the initials of words
that stand together. A question is analysed in the same way, each of its words with every term that would do for it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from qa.acronyms import acronyms, initials, letters_of
from qa.dates import Date, dates
from qa.function_words import FUNCTION_WORDS
from qa.word_forms import folded, form, forms

# Words joined by a mark without a space: a code, a name of a variable, a number, a compound.
_COMPOUND = re.compile(r"[^\W_]+(?:[-\u2010\u2011_./:,'’]+[^\W_]+)*")
_MARK = re.compile(r"[-\u2010\u2011_./:,'’]+")
# Where one part of a name ends and the next begins: maxFlowRate, HTTPServer, kx2210b.
_PART = re.compile(r"[A-Z]+(?![^\WA-Z\d_])|[A-Z]?[^\WA-Z\d_]+|\d+")
# Parts of a code that stand apart, as in "KX 2210 B".
_SPACED_CODE = re.compile(r"\b[A-Z]{1,4} \d+(?: [A-Z]{1,2})?\b")
_SPACED_CODE_TYPED = re.compile(r"\b[^\W\d_]{1,4} \d+(?: [^\W\d_]{1,2})?\b")
_GROUPED = re.compile(r"\d{1,3}(?:[,.'’]\d{3})+(?:[.,]\d{1,2})?|\d+[.,]\d+")
_COUNTING = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_COUNTING.split(), start=2)} | {
    word: str(10 * number) for number, word in enumerate(_TENS.split(), start=3)
}
# A question that denies something is about that too; and the words by which a passage denies something.
_DENIES = re.compile(r"\b(?:not|never|(?:is|are|was|were|does|do)n['’]?t)\b", re.IGNORECASE)
_DENYING_TEXT = "not never no nor neither cannot without except exclud forbidden prohibit unless"
_DENYING = frozenset(_DENYING_TEXT.split())
_DATE, _INITIALS = "date ", "initials "  # before a term of its own kind; no word has a space

Kind = Literal["word", "number", "code", "date", "denial"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a compound of a text: where it stands, from start to before end, and the terms it is compared by.

    `parts` are those of its words, in order; `joined` are the others.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that a question is about: as it was typed, and the terms of which any one in a passage is it.

    A code of several parts is also there where all its `parts` are.
    """

    text: str
    terms: frozenset[str]
    kind: Kind = "word"
    parts: frozenset[str] = frozenset()

    def stands_in(self, terms: Collection[str]) -> bool:
        """Whether a text of these terms has it."""
        return not self.terms.isdisjoint(terms) or (bool(self.parts) and self.parts <= set(terms))


def tokens(text: str) -> Iterator[Token]:
    """The words and compounds of a text, in order.

    >>> [(token.parts, token.joined) for token in tokens("Part KX-2210-B")]
    [(('part',), ()), (('kx', '2210', 'b'), ('kx2210b',))]
    >>> [token.joined for token in tokens("maxFlowRate, pump_start_delay, e-mail, 1,234.50")]
    [('maxflowr',), ('pumpstartdelay',), ('email',), ('1234.50',)]
    """
    for match in _COMPOUND.finditer(text):
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
    """What else a text is found by: its dates, codes with spaces, numbers that are written out."""
    found = {_DATE + date_form for date in dates(text) for date_form in date.forms}
    found |= {_squeezed(match.group()) for match in _SPACED_CODE.finditer(text)}
    return found | {_NUMBER_WORDS[word] for word in _NUMBER_WORDS.keys() & set(text.split())}


def all_terms(text: str) -> set[str]:
    """Every term that a text is found by, the initials of words that stand together too."""
    return {*terms(text), *further_terms(text), *(_INITIALS + letters for letters, _, _ in initials(text))}


def question_terms(question: str) -> list[str]:
    """The terms that BM25 looks for, in order: the question's words, and each other form that one of them may have."""
    found = terms(question)
    for asked in concepts(question):
        found += sorted(asked.terms - set(found)) if asked.kind != "denial" else []
    return found


def concepts(question: str) -> list[Asked]:
    """What a question is about, each once, in order: no words that only say how it is asked.

    >>> [asked.text for asked in concepts("How long is the probation period, and what is probation?")]
    ['long', 'probation', 'period']
    >>> [(asked.text, asked.kind) for asked in concepts("error e-1042 on 3 May")]
    [('error', 'word'), ('e-1042', 'code'), ('3 May', 'date')]
    """
    found: dict[tuple[frozenset[str], Kind], Asked] = {}
    taken = [(date.start, date.end, _of_date(question, date)) for date in dates(question)]
    taken += [
        (*match.span(), _of_code(match.group()))
        for match in _SPACED_CODE_TYPED.finditer(question)
        if folded(match.group().split()[0]) not in FUNCTION_WORDS and not _within(match.start(), taken)
    ]
    each = [(start, asked) for start, _, asked in taken]
    each += [
        (token.start, asked)
        for token in tokens(question)
        if not _within(token.start, taken)
        for asked in _of_token(question, token)
    ]
    if denial := _DENIES.search(question):
        each.append((denial.start(), Asked(denial.group(), _DENYING, "denial")))
    for _, asked in sorted(each, key=lambda pair: pair[0]):
        found.setdefault((asked.terms, asked.kind), asked)
    return _with_acronyms(question, list(found.values()))


def spans(text: str, wanted: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where in a text, from start to before end, what compares equal to one of the terms `wanted` stands.

    >>> list(spans("Probation: the PROBATION period", {"probat"}))
    [(0, 9), (15, 24)]
    """
    done = 0
    places = [(token.start, token.end, (*token.parts, *token.joined)) for token in tokens(text)]
    places += [(date.start, date.end, tuple(_DATE + each for each in date.forms)) for date in dates(text)]
    if any(term.startswith(_INITIALS) for term in wanted):
        places += [(start, end, (_INITIALS + letters,)) for letters, start, end in initials(text)]
    places += [(*match.span(), (_squeezed(match.group()),)) for match in _SPACED_CODE.finditer(text)]
    for start, end, own in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= done and not set(own).isdisjoint(wanted):
            yield start, end
            done = end


def initials_wanted(terms: Collection[str]) -> list[str]:
    """The initials among some terms, without their mark."""
    return [term.removeprefix(_INITIALS) for term in terms if term.startswith(_INITIALS)]


def asked_terms(question: str) -> set[str]:
    """Every term for which a word of a passage is set off as one of the question's."""
    return {term for asked in concepts(question) if asked.kind != "denial" for term in (*asked.terms, *asked.parts)}


@lru_cache(maxsize=200_000)
def _parts_and_joined(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pieces = _MARK.split(written)
    parts = [part for piece in pieces for part in _PART.findall(piece) or [piece]]
    own = tuple(term for part in parts for term in forms(folded(part)) if term)
    return own, tuple(term for term in _joined(written, pieces, parts) if term not in own)


def _joined(written: str, pieces: Sequence[str], parts: Sequence[str]) -> Iterator[str]:
    """The further terms of a compound: a number in one form, or all its parts as one word."""
    if _GROUPED.fullmatch(written):
        yield re.sub(r"[,.'’](?=\d{3}(?:\D|$))", "", written).replace(",", ".")
    elif len(parts) > 1 and _is_one_name(written, pieces):
        yield form(folded("".join(parts)))


def _is_one_name(written: str, pieces: Sequence[str]) -> bool:
    """Whether a compound is a name or a code of several parts, and not two words or numbers with a mark between."""
    marks = set("".join(_MARK.findall(written)))
    letters = any(character.isalpha() for character in written)
    return letters and (
        len(pieces) == 1
        or marks <= set("-\u2010\u2011_")
        or (any(character.isdigit() for character in written) and marks <= set("-\u2010\u2011_./"))
    )


def _within(place: int, taken: Sequence[tuple[int, int, Asked]]) -> bool:
    return any(start <= place < end for start, end, _ in taken)


def _of_date(question: str, date: Date) -> Asked:
    """A date that is asked for: with a year, that of this year or one whose year is not said."""
    wanted = {each for each in date.forms if not date.has_year or len(each) == len("2026-02-03") or not date.has_day}
    if date.has_year:
        wanted |= {f"--{each[5:]}" for each in wanted if len(each) == len("2026-02-03")}
    return Asked(question[date.start : date.end], frozenset(_DATE + each for each in wanted), "date")


def _of_code(written: str) -> Asked:
    parts = frozenset(term for token in tokens(written) for term in token.parts)
    return Asked(written, frozenset([_squeezed(written)]), "code", parts)


def _of_token(question: str, token: Token) -> Iterator[Asked]:
    written = question[token.start : token.end]
    if folded(written) in FUNCTION_WORDS:
        return
    if token.joined and any(map(str.isdigit, written)):
        is_code = any(map(str.isalpha, written))
        yield Asked(written, frozenset(token.joined), "code" if is_code else "number", frozenset(token.parts))
        return
    for part in dict.fromkeys(token.parts):
        if part in FUNCTION_WORDS or (len(part) == 1 and len(token.parts) > 1):
            continue
        number = _NUMBER_WORDS.get(folded(written))
        known = frozenset([part, *token.joined, *([number] if number else [])])
        yield Asked(written if len(token.parts) == 1 else part, known, "number" if part.isdigit() else "word")


def _with_acronyms(question: str, found: list[Asked]) -> list[Asked]:
    """Let an acronym be found by the words that it stands for, and words that stand together by their initials."""
    short = {form(folded(acronym)): letters_of(acronym) for acronym in acronyms(question)}
    together: dict[str, set[str]] = defaultdict(set)
    for letters, start, end in initials(question):
        for part in terms(question[start:end]):
            together[part].add(letters)
    named = []
    for asked in found:
        more = {_INITIALS + letters for term, letters in short.items() if term in asked.terms}
        more |= {letters for term in asked.terms for letters in together.get(term, ())}
        named.append(replace(asked, terms=asked.terms | more) if more else asked)
    return named


def _squeezed(code: str) -> str:
    """A code without its spaces.

    >>> _squeezed("KX 2210 B")
    'kx2210b'
    """
    return form(folded("".join(code.split())))
