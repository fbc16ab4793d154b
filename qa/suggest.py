"""Questions to begin with, made of the headings of the documents at hand: nothing is suggested that is not in them."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from ingest.document import Document
from ingest.filetypes import without_suffix
from qa.analysis import concepts

_LONGEST, _MOST_WORDS = 70, 8
_NUMBERING = re.compile(r"^\s*(?:(?:chapter|section|part|appendix)\s+)?(?:[\dIVX]+[.:)]?)+[\d.]*\s+", re.I)
# Headings that say nothing of what they head.
_SAYING_NOTHING = (
    "abstract acknowledgements acknowledgments appendix bibliography conclusion conclusions contents figure glossary "
    "index introduction notes overview page preface references summary table"
)
_EMPTY = frozenset(_SAYING_NOTHING.split())


def suggested_questions(headings: Sequence[tuple[Document, Sequence[str]]], count: int = 3) -> list[str]:
    """At most `count` questions out of the headings of each document, one of each document first.

    A heading that is itself a question is suggested as it stands.
    """
    each = [
        [_question(document, heading) for heading in found if _says_something(heading)] for document, found in headings
    ]
    in_turn = [question for round_ in zip_longest(*map(_spread, each)) for question in round_ if question]
    return list(dict.fromkeys(in_turn))[:count]


def _says_something(heading: str) -> bool:
    about = [asked.text.casefold() for asked in concepts(_NUMBERING.sub("", heading))]
    letters = sum(character.isalpha() for character in heading)
    return (
        0 < len(about) <= _MOST_WORDS
        and len(heading) <= _LONGEST
        and letters > len(heading) / 2
        and not all(word in _EMPTY or word.isdigit() for word in about)
    )


def _question(document: Document, heading: str) -> str:
    heading = " ".join(_NUMBERING.sub("", heading).split())
    if heading.endswith("?"):
        return heading
    name = re.sub(r"[-_\s]+", " ", without_suffix(document.name)).strip()
    return f"What does “{name}” say about “{heading}”?"


def _spread(questions: list[str]) -> list[str]:
    """The same questions, those from all over the document first."""
    step = max(1, len(questions) // 3)
    first = questions[step // 2 :: step]
    return first + [question for question in questions if question not in first]
