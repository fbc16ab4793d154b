"""The concepts of a question: what it is about. Each has all terms that match it in a passage."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.analysis.acronyms import acronyms, initials, letters_of
from qa.analysis.dates import Date, dates
from qa.analysis.function_words import FUNCTION_WORDS
from qa.analysis.numbered import asked_numbers, numbers_of_text, terms_of
from qa.analysis.spelling import is_common
from qa.analysis.synonyms import synonyms
from qa.analysis.tokens import DATE, INITIALS, NUMBER_WORDS, Token, all_terms, pieces, squeezed, terms, tokens
from qa.analysis.word_forms import folded, form

# A negation is a concept of the question, too. These are the words by which a passage negates something.
_DENIES = re.compile(r"\b(?:not|never|(?:is|are|was|were|does|do)n['’]?t)\b", re.IGNORECASE)
_DENYING_TEXT = "not never no nor neither cannot without except exclud forbidden prohibit unless"
_DENYING = frozenset(_DENYING_TEXT.split())
_EXCLUDED = frozenset(["exclud", "except"])
_GAP = 2  # characters between "not" and the word that it negates
_SPACED_CODE_TYPED = re.compile(r"\b(?P<code>([^\W\d_]{1,4}) \d+)(?: (?P<suffix>[^\W\d_]{1,2}))?\b")
_WORD_BEFORE_NUMBER = re.compile(r"[^\W\d_A-Z]{3,}[-\u2010\u2011]\d")
_VERSION = re.compile(r"[vV](\d+(?:\.\d+)+)")
# Before the first word of a line, a cell or the value of a field.
_FIELD = r"[^\w\n]*(?:[^\W\d_][\w /()#-]{0,40}:[^\w\n]*)?"
_BEGINNING = rf"(?m:^|[·|\t]){_FIELD}"
# The kind of thing before a code at the end of one of a row's first two cells: "Mini excavator MX 18". A later one may
# say what it replaces.
_IN_FIRST_CELLS = rf"(?m:^)(?:[^·|\t\n]*[·|\t])?{_FIELD}"
_KIND_BEFORE, _END_OF_CELL = r"(?P<kind>(?:[^\W\d_]+[ -]){1,3})", r"(?=[^\w\n]*(?m:$|[·|\t]))"
_IN_A_ROW = re.compile(r"[ \t][·|][ \t]")
_LETTERS_OF_A_CODE = 2  # a code with more letters than that may be a word and a number
# The name of a setting: ramp_time_s, maxFlowRate. A brand such as iPhone has one letter before the capital.
_IDENTIFIER = re.compile(r"[^\W_]+(?:_+[^\W_]+)+|[a-z]{2,}(?:[A-Z][a-z0-9]+)+")
Kind = Literal["word", "number", "code", "date", "denial"]


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that a question is about: its words as they were typed, and the terms that match it.

    A passage has the concept where it has one of the terms. It also has a code or a number where the `parts` of it
    stand next to each other, in this order, or where all are there and may stand `apart`, as in "rooms 11 and 12".
    """

    text: str
    terms: frozenset[str]
    kind: Kind = "word"
    parts: tuple[str, ...] = ()
    apart: bool = False

    @property
    def synonyms(self) -> frozenset[str]:
        """The terms with the same meaning; none of what is no word."""
        return synonyms(self.text) - self.terms if self.kind == "word" else frozenset()

    @property
    def is_exact(self) -> bool:
        """Whether it is a code that is never said otherwise. "mid-2025" and "24h" are.

        >>> [asked.text for asked in concepts("TB-4, ramp_up_ms, mid-2025, 24h, room 4") if asked.is_exact]
        ['TB-4', 'ramp_up_ms']
        """
        is_code = self.kind == "code" and bool(self.parts) and not self.apart and self.text[0].isalpha()
        return is_code and not _WORD_BEFORE_NUMBER.match(self.text)

    def stands_in(self, said: "Said") -> bool:
        """Whether a text has the concept.

        >>> [asked] = concepts("F70.1")
        >>> asked.stands_in(Said.of("Fault F 70-1")), asked.stands_in(Said.of("F70.3 and F07.1"))
        (True, False)
        """
        if not self.terms.isdisjoint(said.terms):
            return True
        return self.terms_of_parts <= said.terms and self.is_spelt_in(said.text) if self.parts else False

    @property
    def terms_of_parts(self) -> frozenset[str]:
        """The terms of the parts of a code or a number."""
        return frozenset(map(form, self.parts))

    def is_spelt_in(self, text: str) -> bool:
        """Whether a code or a number is spelt in a text that has all its parts."""
        return self.apart or re.search(_edged(_spelling(self.parts, self.kind)), folded(text)) is not None

    def begins_in(self, text: str) -> bool:
        """Whether a line, a cell or the value of a field begins with a code, or a cell names it: the text is about it.

        The number of a clause has to begin a line.

        >>> [asked] = concepts("KX-2210-B")
        >>> asked.begins_in("Part: KX 2210 B · Price: 4.50"), asked.begins_in("Part: KX-9 · Note: has two KX-2210-B")
        (True, False)
        >>> asked.begins_in("No.: 7 · Part: Descaling kit KX 2210 B · Price: 4.50")
        True
        """
        if not self.parts:
            return not self.terms.isdisjoint(numbers_of_text(text))
        code, said = _edged(_spelling(self.parts, self.kind)), folded(text)
        if re.search(f"{_BEGINNING}{code}", said):
            return True
        named = (
            re.finditer(f"{_IN_FIRST_CELLS}{_KIND_BEFORE}{code}{_END_OF_CELL}", said) if _IN_A_ROW.search(said) else ()
        )
        return any(FUNCTION_WORDS.isdisjoint(re.split("[ -]", each["kind"])) for each in named)


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and its terms."""

    text: str
    terms: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Said":
        """A text with all its terms."""
        return cls(text, frozenset(all_terms(text)))


def question_terms(question: str) -> list[str]:
    """The terms that BM25 looks for, in order: the words of the question and the other forms of these words."""
    found = [*terms(question), *sorted(terms_of(asked_numbers(question)))]
    for asked in concepts(question):
        found += sorted(asked.terms - set(found)) if asked.kind != "denial" else []
    return found


def concepts(question: str) -> list[Concept]:
    """The concepts of a question, each once, in order. Words that only say how it is asked are left out.

    >>> [asked.text for asked in concepts("How long is the probation period, and what is probation?")]
    ['long', 'probation', 'period']
    >>> [(asked.text, asked.kind) for asked in concepts("error e-1042 on 3 May")]
    [('error', 'word'), ('e-1042', 'code'), ('3 May', 'date')]
    """
    found: dict[tuple[frozenset[str], Kind], Concept] = {}
    taken = [(date.start, date.end, _date_concept(question, date)) for date in dates(question)]
    taken += [
        (start, end, _spaced_concept(question[start:end]))
        for start, end in _spaced_codes(question)
        if not _within(start, taken)
    ]
    each = [(start, asked) for start, _, asked in taken]
    each += [
        (token.start, asked)
        for token in tokens(question)
        if not _within(token.start, taken)
        for asked in _of_token(question, token)
    ]
    if denial := _DENIES.search(question):
        # "excluded" means "not covered", too.
        each = [(at, _or_excluded(asked) if 0 < at - denial.end() <= _GAP else asked) for at, asked in each]
        each.append((denial.start(), Concept(denial.group(), _DENYING, "denial")))
    for _, asked in sorted(each, key=lambda pair: pair[0]):
        found.setdefault((asked.terms, asked.kind), asked)
    return _with_acronyms(question, list(found.values()))


def with_numbers(question: str, found: Sequence[Concept], known: Callable[[Collection[str]], bool]) -> list[Concept]:
    """The concepts of a question, with the parts of documents that it names by their number, as codes.

    Args:
        question: The question.
        found: Its other concepts.
        known: Whether any passage has one of these terms. What no passage has stays a word and a number.

    Example:
        >>> [(each.text, each.kind) for each in with_numbers("section 2", concepts("section 2"), lambda terms: True)]
        [('section', 'word'), ('section 2', 'code')]
    """
    named = [each for each in asked_numbers(question) if known(each.terms)]
    kept = [
        each
        for each in found
        if each.kind not in {"code", "number"}
        or "." in each.text
        or not any(each.text in number.text for number in named)
    ]
    return [*kept, *(Concept(each.text, each.terms, "code") for each in named)]


def initials_wanted(terms: Collection[str]) -> list[str]:
    """The initials among these terms, without the prefix that marks them."""
    return [term.removeprefix(INITIALS) for term in terms if term.startswith(INITIALS)]


def asked_terms(question: str) -> set[str]:
    """The terms of a question. Words of a passage with one of these terms are shown in bold.

    Example:
        >>> sorted(asked_terms("How long is the probation period?"))
        ['long', 'period', 'probat']
    """
    return {term for asked in concepts(question) if asked.kind != "denial" for term in asked.terms}


def _within(place: int, taken: Sequence[tuple[int, int, Concept]]) -> bool:
    return any(start <= place < end for start, end, _ in taken)


def _date_concept(question: str, date: Date) -> Concept:
    """The concept of a date. A date with a year matches the date in this year and the date without a year."""
    wanted = {each for each in date.forms if not date.has_year or len(each) == len("2026-02-03") or not date.has_day}
    if date.has_year:
        wanted |= {f"--{each[5:]}" for each in wanted if len(each) == len("2026-02-03")}
    return Concept(question[date.start : date.end], frozenset(DATE + each for each in wanted), "date")


def _spaced_codes(question: str) -> Iterator[tuple[int, int]]:
    """Where a question has a code with spaces. The word after its number may be a part of it: "KX 2210 B"."""
    for found in _SPACED_CODE_TYPED.finditer(question):
        if folded(found.group(2)) in FUNCTION_WORDS:
            continue
        is_last = not question[found.end() :].strip(" ?.!")
        whole = found["suffix"] and _is_suffix(found["suffix"], found.group(2), is_last)
        yield found.span() if whole else found.span("code")


def _is_suffix(word: str, letters: str, is_last: bool) -> bool:
    """Whether the word after a code belongs to it: one letter that is no word, or two capitals after as few letters.

    >>> [_is_suffix(*each) for each in (("B", "KX", False), ("in", "kx", False), ("a", "kx", False), ("a", "kx", True))]
    [True, False, False, True]
    """
    if len(word) > 1:
        return word.isupper() and len(letters) <= _LETTERS_OF_A_CODE
    return is_last or word == "A" or word.casefold() not in FUNCTION_WORDS


def _spaced_concept(written: str) -> Concept:
    """The concept of a code with spaces. Where it begins with a word, it may be no code: "room 12"."""
    parts = pieces(written)
    return Concept(written, frozenset([squeezed(written)]), "code", parts, len(parts[0]) > _LETTERS_OF_A_CODE)


def _spelling(parts: Sequence[str], kind: Kind) -> str:
    """How a code or a number may be spelt: with spaces or marks between its parts, and a code also without any."""
    return (r"[\W_]{0,2}" if kind == "code" else r"[\W_]").join(map(re.escape, parts))


def _edged(spelling: str) -> str:
    return rf"(?<![^\W_])(?<!\d[.,]){spelling}(?![^\W_])"


def _of_token(question: str, token: Token) -> Iterator[Concept]:
    written = question[token.start : token.end]
    if folded(written) in FUNCTION_WORDS:
        return
    if version := _VERSION.fullmatch(written):
        number = version.group(1)
        joined = {term for each in tokens(number) for term in each.joined}
        yield Concept(written, frozenset(joined | {*token.joined}), "number", pieces(number))
        return
    if token.joined and (any(map(str.isdigit, written)) or _IDENTIFIER.fullmatch(written)):
        is_code = any(map(str.isalpha, written))
        yield Concept(written, frozenset(token.joined), "code" if is_code else "number", pieces(written))
        return
    for part in dict.fromkeys(token.parts):
        if part in FUNCTION_WORDS or (len(part) == 1 and len(token.parts) > 1):
            continue
        number = NUMBER_WORDS.get(folded(written))
        known = frozenset([part, *token.joined, *([number] if number else [])])
        yield Concept(written if len(token.parts) == 1 else part, known, "number" if part.isdigit() else "word")


def _with_acronyms(question: str, found: list[Concept]) -> list[Concept]:
    """Let an acronym match the words that it stands for, and words in a row match their initials."""
    short = {form(folded(acronym)): letters_of(acronym) for acronym in acronyms(question)}
    together: dict[str, set[str]] = defaultdict(set)
    for letters, start, end in initials(question):
        for part in terms(question[start:end]) if not is_common(letters) else ():
            together[part].add(letters)
    named = []
    for asked in found:
        more = {INITIALS + letters for term, letters in short.items() if term in asked.terms}
        more |= {letters for term in asked.terms for letters in together.get(term, ())}
        named.append(replace(asked, terms=asked.terms | more) if more else asked)
    return named


def _or_excluded(asked: Concept) -> Concept:
    return replace(asked, terms=asked.terms | _EXCLUDED) if asked.kind == "word" else asked
