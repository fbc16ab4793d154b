"""Understand what a person typed: typing errors, phrases in quotation marks, acronyms, and requests for a text.

Nothing is changed silently: the answer contains every change of the question.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.analysis.acronyms import acronyms, initials, letters_of
from qa.analysis.concepts import Concept, concepts, with_numbers
from qa.analysis.tokens import terms
from qa.analysis.unspaced import mostly_unspaced
from qa.options import DEFAULTS, Options
from qa.retrieval.lexical import LexicalIndex

# Text between quotation marks of one kind. An apostrophe is no quotation mark.
_PHRASE = re.compile(r"\"([^\"]*)\"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«")
# A request for a text that somebody must write.
_REQUEST = re.compile(
    r"\s*(?:please\s+|can you\s+|could you\s+|would you\s+)*"
    r"(?:summari[sz]e|sum up|tl;?dr|translate|rewrite|rephrase|paraphrase|"
    r"(?:give|write|make|draft|create|compose|prepare)\s+(?:me\s+|us\s+)?(?:an?\s+|the\s+)?"
    r"(?:\w+\s+)?(?:summary|overview|outline|letter|e-?mail|essay|report|list|table|poem|translation|presentation))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood.

    `text` is the question with corrected typing errors, and `changes` are pairs of a typed word and its correction.
    `searched` is what BM25 looks for: the text, and the acronyms in which the library writes words of it.
    A passage must have all `phrases`. The models read `read`, which is `text` with the long forms of its acronyms and
    the acronyms of its long forms.
    `about` are its concepts. `new` are the concepts of the newest words of a follow-up; otherwise they are the same.
    """

    text: str
    searched: str
    read: str
    changes: tuple[tuple[str, str], ...]
    phrases: tuple[str, ...]
    about: tuple[Concept, ...]
    new: tuple[Concept, ...]
    is_request: bool

    @property
    def codes(self) -> tuple[Concept, ...]:
        """The codes and dates of the question, and the numbers with a point, as clauses and versions have them."""
        return tuple(
            each
            for each in self.about
            if each.kind in {"code", "date"} or (each.kind == "number" and "." in each.text.strip("."))
        )

    @property
    def sought(self) -> tuple[Concept, ...]:
        """What a sentence that answers has: the codes, and where the models hardly read the script, all concepts."""
        return self.about if mostly_unspaced(self.text) else self.codes


def understand(typed: str, index: LexicalIndex, options: Options = DEFAULTS) -> Question:
    """Understand a question with the words of the library.

    Args:
        typed: The question as it was typed.
        index: The words of the library, up to date.
        options: `mend` says whether to correct typing errors; `new_words` are the newest words of a follow-up.
    """
    better = index.mended(typed) if options.mend else None
    text = better.question if better else typed
    newest = options.new_words or text
    shortened = _shortened(text, index.acronym_of)
    return Question(
        text=text,
        searched=" ".join([text, *(each.acronym for each in shortened)]),
        read=_with_acronyms(_with_long_forms(text, index.standing_for), shortened),
        changes=better.changes if better else (),
        phrases=phrases(text),
        about=_about(text, shortened, index),
        new=_about(newest, shortened, index),
        is_request=is_request(newest),
    )


def phrases(question: str) -> tuple[str, ...]:
    """The texts between quotation marks.

    >>> phrases('who wrote "the late shift" and “the early one”?')
    ('the late shift', 'the early one')
    """
    found = (next(filter(None, match.groups()), "").strip() for match in _PHRASE.finditer(question))
    return tuple(phrase for phrase in found if any(map(str.isalnum, phrase)))


def is_request(question: str) -> bool:
    """Whether this asks for a text to be written. Passages cannot answer that.

    >>> is_request("Summarise the handbook"), is_request("Please write me a short letter"), is_request("What is it?")
    (True, True, False)
    """
    return _REQUEST.match(question) is not None


def _with_long_forms(text: str, standing_for: Callable[[str], str | None]) -> str:
    """The question with the long form of each acronym in brackets after it."""
    for acronym in dict.fromkeys(acronyms(text)):
        words = standing_for(letters_of(acronym))
        if words and words.casefold() not in text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(acronym)}(?!\w)", f"{acronym} ({words})", text, count=1)
    return text


@dataclass(frozen=True, slots=True)
class _Shortened:
    """Words of a question, and the acronym in which the library writes them."""

    words: str
    acronym: str


def _shortened(text: str, acronym_of: Callable[[str, str], str | None]) -> list[_Shortened]:
    """What the library writes as an acronym, in the order of the question; no word twice."""
    found, done = list[_Shortened](), 0
    for letters, start, end in initials(text):
        acronym = acronym_of(letters, text[start:end]) if start >= done else None
        if acronym and acronym not in text:
            found.append(_Shortened(text[start:end], acronym))
            done = end
    return found


def _with_acronyms(text: str, shortened: Sequence[_Shortened]) -> str:
    """The question with the acronym of the library in brackets after the words that it stands for."""
    for each in shortened:
        text = text.replace(each.words, f"{each.words} ({each.acronym})", 1)
    return text


def _about(text: str, shortened: Sequence[_Shortened], index: LexicalIndex) -> tuple[Concept, ...]:
    """What a question is about. Words that the library writes as an acronym are matched by the acronym, too."""
    found = with_numbers(text, concepts(text), index.is_known)
    for each in shortened:
        short = frozenset(terms(each.acronym))
        of_words = set(terms(each.words))
        found = [replace(own, terms=own.terms | short) if own.terms & of_words else own for own in found]
    return tuple(found)
