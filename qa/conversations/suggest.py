"""Questions to begin with, made of the headings of the documents at hand: nothing is suggested that is not in them.

A heading that is no question becomes one only where that reads as a person would ask; else nothing is made of it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.document import Document
from qa.analysis.concepts import concepts

_LONGEST, _MOST_WORDS = 80, 5
_NUMBERING = re.compile(r"^\s*(?:(?:chapter|section|part|appendix)\s+)?(?:[\dIVX]+[.:)]?)+[\d.]*\s+", re.I)
_PATH = re.compile(r"\s+[>›»]\s+")
_HOW_TO = re.compile(r"how to\s+(?=[a-z])", re.I)
_WORDS = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*(?: [A-Za-z]+(?:[-'’][A-Za-z]+)*)*")
# Headings that say nothing of what they head.
_SAYING_NOTHING = (
    "abstract about acknowledgements acknowledgments additional annex appendix background bibliography conclusion "
    "conclusions contents definition definitions detail details example examples faq figure general glossary home "
    "index information introduction miscellaneous more note notes other others overview page preface purpose "
    "references scope summary table title update version welcome"
)
_EMPTY = frozenset(_SAYING_NOTHING.split())
# With one of these a heading is a sentence, a command or a part of one, and no name of a thing.
_SENTENCE = (
    "i you he she it we they me us him them am is are was were be been being do does did don't don’t has have had can "
    "could may might must shall should will would not who what when where which why how if please"
)
_OF_A_SENTENCE = frozenset(_SENTENCE.split())
_JOINING = (
    "about after and as at before but by during for from if in into of on or over since so than then to under until "
    "upon when while with within without"
)
_NOT_FIRST = frozenset(_JOINING.split())
_POINTING = "a an the your our its their his her my this that these those all each every"
_ARTICLES = frozenset(_POINTING.split())
# Things that one says "the" with.
_THINGS = (
    "agreement budget building car code committee company contract form kitchen library machine manual office plan "
    "period policy procedure process programme project room schedule system team year"
)
_WITH_THE = frozenset(_THINGS.split())


def suggested_questions(headings: Sequence[tuple[Document, Sequence[str]]], count: int = 3) -> list[str]:
    """Make questions of the headings of documents.

    Args:
        headings: Documents, each with its headings.
        count: How many questions are wanted, at most.

    Returns:
        Questions of the newest document first, one of each document before the second of any. A heading that is a
        question is suggested as it is.

    Example:
        >>> from datetime import UTC, datetime
        >>> handbook = Document("0" * 64, "handbook.pdf", "PDF", 9, 30, 1, datetime.now(UTC))
        >>> suggested_questions([(handbook, ["How to claim expenses", "Probation period", "Index"])])
        ['How do I claim expenses?', 'What is said about the probation period?']
    """
    newest = sorted(headings, key=lambda pair: pair[0].added_at, reverse=True)
    each = [list(_questions(found)) for _, found in newest]
    in_turn = [question for round_ in zip_longest(*map(_spread, each)) for question in round_ if question]
    return list(dict.fromkeys(in_turn))[:count]


def _questions(headings: Sequence[str]) -> Iterator[str]:
    for heading in headings:
        last = _NUMBERING.sub("", _PATH.split(heading)[-1])
        question = _question(" ".join(last.split()))
        if question:
            yield question


def _question(heading: str) -> str | None:
    """A question that a person would ask, None where the heading makes none.

    >>> _question("What if the carton is damaged?"), _question("How to descale the machine")
    ('What if the carton is damaged?', 'How do I descale the machine?')
    >>> _question("Overtime"), _question("Probation period"), _question("Before you start")
    ('What is said about overtime?', 'What is said about the probation period?', None)
    """
    if len(heading) > _LONGEST or not _says_something(heading):
        return None
    if heading.endswith("?"):
        return heading if len(heading.split()) > 2 else None
    if _HOW_TO.match(heading) and len(heading.split()) <= 2 * _MOST_WORDS:
        return f"{_HOW_TO.sub('How do I ', heading, count=1).rstrip('.:')}?"
    return f"What is said about {_in_a_sentence(heading)}?" if _names_a_thing(heading) else None


def _says_something(heading: str) -> bool:
    about = [asked.text.casefold() for asked in concepts(heading)]
    letters = sum(character.isalpha() for character in heading)
    return letters > len(heading) / 2 and not all(word in _EMPTY or word.isdigit() for word in about)


def _names_a_thing(heading: str) -> bool:
    """Whether a heading is a few words that name something, such as "Sick pay"; in doubt it is not."""
    if not _WORDS.fullmatch(heading) or len(heading) < 4:
        return False
    words = heading.casefold().split()
    commands = len(words) > 1 and words[1] in _ARTICLES and not words[0].endswith("ing")
    return (
        len(words) <= _MOST_WORDS
        and _OF_A_SENTENCE.isdisjoint(words)
        and _EMPTY.isdisjoint((words[0], words[-1]))
        and words[0] not in _NOT_FIRST
        and words[-1] not in _NOT_FIRST | _ARTICLES
        and not commands
    )


def _in_a_sentence(heading: str) -> str:
    """A name of a thing as it stands within a sentence: in small letters, unless its words are capitalised as names."""
    words = heading.split()
    if heading.isupper():
        words = heading.casefold().split()
    elif words[0][1:].islower() and all(word.islower() for word in words[1:]):
        words[0] = words[0].casefold()
    needs_the = len(words) > 1 and words[-1] in _WITH_THE and words[0] not in _ARTICLES and words[0][-3:] != "ing"
    return " ".join(["the", *words] if needs_the else words)


def _spread(questions: list[str]) -> list[str]:
    """The same questions, those from all over the document first."""
    step = max(1, len(questions) // 3)
    first = questions[step // 2 :: step]
    return first + [question for question in questions if question not in first]
