"""Sections, clauses, articles and pages by their number: "section 2" is "2. Delivery", "§ 2" or "Section 2".

What has a number is known by terms such as "section 2", or "numbered 2" where no word stands before the number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# The words for the numbered parts of documents in some languages, by the English one.
_WORDS = {
    "section": "section sections sec subsection abschnitt sección sezione seção ziffer §",
    "clause": "clause clauses klausel cláusula clausola",
    "article": "article articles art artikel artículo articolo artigo",
    "chapter": "chapter chapters kapitel chapitre capítulo capitolo",
    "paragraph": "paragraph paragraphs para paragraf absatz",
    "part": "part teil partie parte",
    "annex": "annex annexe anhang anlage anexo allegato",
    "appendix": "appendix",
    "schedule": "schedule",
    "rule": "rule regel",
    "page": "page pages p seite página pagina",
    "slide": "slide slides folie diapositive",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
PART_WORDS = frozenset(_KINDS)
_ANY = "|".join(sorted(map(re.escape, _KINDS), key=len, reverse=True))
# 2, 3.2, 12b, IV and B. A capital "I" before a word is a person who asks.
_NUMBER = r"\d{1,4}(?:\.\d{1,3}){0,5}(?-i:[a-z]?)(?![\w-]|\.\d)|(?-i:[IVX]{2,6}|I(?!\s+[a-z])|[A-HVX])(?![\w'’-])"
_NAMED = re.compile(rf"(?<!\w)({_ANY})\.?\s{{0,3}}(?:(?:no|nr|number)\.?\s{{0,3}})?({_NUMBER})", re.IGNORECASE)
# In front of a part of a heading, or of a line of text. One number alone counts the items of any list there.
_HEADS, _LEADS = (
    re.compile(r"\W{0,3}(\d{1,4}(?:\.\d{1,3}){0,5})[.):]?\s"),
    re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,5})[.)]?\s"),
)
# A clause also begins in a line where that joins several of them.
_LATER = re.compile(r"(?<=[.;:!?])[ \t]+(\d{1,3}(?:\.\d{1,3}){1,5})[.)]?[ \t]+(?=[^\W\d_a-z])")
_START = re.compile(r"^[^\w§\n]{0,4}", re.MULTILINE)
_ROMAN = {"I": 1, "V": 5, "X": 10}
NUMBERED = "numbered "


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """A part of a document that a question names by its number: as it was typed, and the terms that match it."""

    text: str
    terms: frozenset[str]


def asked_numbers(question: str) -> list[AskedNumber]:
    """The parts of documents that a question names by their numbers.

    >>> [(each.text, sorted(each.terms)) for each in asked_numbers("What do § 5 and Chapter IV say?")]
    [('§ 5', ['numbered 5', 'section 5']), ('Chapter IV', ['chapter 4', 'numbered 4'])]
    """
    return [AskedNumber(found.group(), frozenset(_asked_terms(*found.groups()))) for found in _NAMED.finditer(question)]


def numbers_of_text(text: str) -> set[str]:
    r"""The terms of the clauses and articles that begin at a line of a text, or after a sentence.

    >>> sorted(numbers_of_text("3.2 Visible defects are reported. 3.3 Others, too.\nArticle 7 Notice\n2. Press Start."))
    ['article 7', 'numbered 3.2', 'numbered 3.3']
    """
    found = {NUMBERED + later.group(1) for later in _LATER.finditer(text)}
    for start in _START.finditer(text):
        if named := _NAMED.match(text, start.end()):
            found.add(_term(*named.groups()))
        elif leading := _LEADS.match(text, start.end()):
            found.add(NUMBERED + leading.group(1))
    return found


def numbers_of_heading(heading: str) -> set[str]:
    """The terms of the numbers of a heading and of those above it.

    >>> sorted(numbers_of_heading("Contract > Part II > 2. Delivery"))
    ['numbered 2', 'part 2']
    """
    found = set[str]()
    for part in heading.split(" > "):
        found |= numbers_of_text(part)
        if leading := _HEADS.match(part):
            found.add(NUMBERED + leading.group(1))
    return found


def numbers_of_page(word: str | None, page: int | None, name: str | None) -> set[str]:
    """The term of a page or a slide: by the number that is printed on it, where it has one.

    >>> numbers_of_page("page", 7, None), numbers_of_page("page", 7, "iv"), numbers_of_page(None, None, None)
    ({'page 7'}, {'page iv'}, set())
    """
    number = name or page
    return {f"{word} {str(number).casefold()}"} if word and number else set()


def terms_of(numbers: Iterable[AskedNumber]) -> set[str]:
    """The terms of all of them."""
    return {term for each in numbers for term in each.terms}


def _asked_terms(word: str, number: str) -> Iterator[str]:
    own = _term(word, number)
    yield own
    kind, _, value = own.partition(" ")
    if kind == "paragraph":  # what "§" is called in German
        yield f"section {value}"
    if kind not in {"page", "slide"}:
        yield NUMBERED + value


def _term(word: str, number: str) -> str:
    return f"{_KINDS[word.casefold()]} {_arabic(number)}"


def _arabic(number: str) -> str:
    """A number in figures where it is Roman; otherwise in small letters.

    >>> _arabic("XIV"), _arabic("12b"), _arabic("B")
    ('14', '12b', 'b')
    """
    if not set(number) <= set(_ROMAN):
        return number.casefold()
    values = [_ROMAN[letter] for letter in number]
    return str(sum(-value if value < max(values[at:]) else value for at, value in enumerate(values)))
