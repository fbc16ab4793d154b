"""What a person typed, understood: typing errors, phrases in quotation marks, acronyms, requests that are no question.

Nothing is changed in silence: what was made of the question travels with its answer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from qa.analysis.acronyms import acronyms, letters_of
from qa.analysis.concepts import Concept, concepts
from qa.analysis.spelling import mended
from qa.options import DEFAULTS, Options
from qa.retrieval.lexical import LexicalIndex

# Between marks of one kind; an apostrophe is none.
_PHRASE = re.compile(r"\"([^\"]*)\"|“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«")
# Asks for a text that somebody would have to write.
_REQUEST = re.compile(
    r"\s*(?:please\s+|can you\s+|could you\s+|would you\s+)*"
    r"(?:summari[sz]e|sum up|tl;?dr|translate|rewrite|rephrase|paraphrase|"
    r"(?:give|write|make|draft|create|compose|prepare)\s+(?:me\s+|us\s+)?(?:an?\s+|the\s+)?"
    r"(?:\w+\s+)?(?:summary|overview|outline|letter|e-?mail|essay|report|list|table|poem|translation|presentation))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what was made of it.

    `text` is the question with its typing errors corrected, `changes` the pairs of what was typed and what it was
    corrected to. `phrases` must be in a passage. `read` is what the models read: `text` with the words that its
    acronyms stand for. `about` are its concepts; `new` those of the newest words of a follow-up, otherwise the same.
    """

    text: str
    read: str
    changes: tuple[tuple[str, str], ...]
    phrases: tuple[str, ...]
    about: tuple[Concept, ...]
    new: tuple[Concept, ...]
    is_request: bool


def understand(typed: str, index: LexicalIndex, options: Options = DEFAULTS) -> Question:
    """Understand a question with the words of the library.

    Args:
        typed: The question as it was typed.
        index: The words of the library, brought into step with it.
        options: `mend` says whether typing errors are corrected; `new_words` are the newest words of a follow-up.
    """
    better = mended(typed, index.spelt()) if options.mend else None
    text = better.question if better else typed
    return Question(
        text=text,
        read=_with_long_forms(text, index.standing_for),
        changes=better.changes if better else (),
        phrases=phrases(text),
        about=tuple(concepts(text)),
        new=tuple(concepts(options.new_words or text)),
        is_request=is_request(options.new_words or text),
    )


def phrases(question: str) -> tuple[str, ...]:
    """What stands between quotation marks.

    >>> phrases('who wrote "the late shift" and “the early one”?')
    ('the late shift', 'the early one')
    """
    found = (next(filter(None, match.groups()), "").strip() for match in _PHRASE.finditer(question))
    return tuple(phrase for phrase in found if any(map(str.isalnum, phrase)))


def is_request(question: str) -> bool:
    """Whether somebody asks for a text to be written, which is not what passages are found for.

    >>> is_request("Summarise the handbook"), is_request("Please write me a short letter"), is_request("What is it?")
    (True, True, False)
    """
    return _REQUEST.match(question) is not None


def _with_long_forms(text: str, standing_for: Callable[[str], str | None]) -> str:
    """A question with the words that its acronyms stand for in the library, in brackets after each."""
    for acronym in dict.fromkeys(acronyms(text)):
        words = standing_for(letters_of(acronym))
        if words and words.casefold() not in text.casefold():
            text = re.sub(rf"(?<!\w){re.escape(acronym)}(?!\w)", f"{acronym} ({words})", text, count=1)
    return text
