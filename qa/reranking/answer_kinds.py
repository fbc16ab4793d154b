"""The kind of answer that a question asks for (a time, a number or a name), and whether a sentence has one."""

import re

from qa.analysis.dates import dates
from qa.analysis.function_words import FUNCTION_WORDS
from qa.analysis.word_forms import folded

_WORD = re.compile(r"\w+")
_WHEN = re.compile(r"\b(when|what time|(what|which) (year|month|day|date|time|century|decade)s?)\b")
_HOW_MANY = re.compile(r"\bhow many\b")
_COUNTED = re.compile(r"\bhow many (\w+)", re.IGNORECASE)
_HOW_LONG = re.compile(r"\bhow (long|old|often|late|early|soon)\b")
_HOW_MUCH = re.compile(
    r"\b(how (much|far|high|tall|big|large|fast|deep|wide|heavy)|"
    r"(what|which) (\w+ )?(percentage|percent|number|amount|age|price|population|temperature)|"
    r"prices?|costs?|salary|fees?|revenue)\b"
)
_WHO = re.compile(r"\b(who|whom|whose)\b")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
# A year that says when something was, and the number of a clause or of a step at the start of a line: no amounts.
_NO_AMOUNT = re.compile(
    r"(?i:\b(?:in|since|until|till|during|before|after|by|year) (?:1[5-9]\d\d|20\d\d)\b)|"
    r"^\W*(?:\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+)(?=\s)",
    re.MULTILINE,
)
_AMOUNT_OF_TIME = re.compile(
    r"\b(?:an?|one|every|each|per|half|whole|full) "
    r"(?:minute|hour|day|week|fortnight|month|quarter|year|decade|century)\b"
)
_NAME = re.compile(r"[^\W\d_][\w'’-]*")

# English words for numbers and times.
_COUNTS_TEXT = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "quarter third once twice single couple dozen none zero no both several"
)
_TIMES_TEXT = (
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays january february march april may june july august september october november december "
    "spring summer autumn winter morning noon afternoon evening midnight night today tomorrow century centuries "
    "decade year years month months week weeks day days hour hours daily weekly monthly yearly bc ad era war"
)
_COUNTS, _TIMES = (frozenset(text.split()) for text in (_COUNTS_TEXT, _TIMES_TEXT))


def kind_asked(question: str) -> bool:
    """Whether a question asks for a time, a number or a name.

    >>> kind_asked("How many are there?"), kind_asked("What does it cover?")
    (True, False)
    """
    lower = question.casefold()
    return any(each.search(lower) for each in (_WHEN, _HOW_MANY, _HOW_LONG, _HOW_MUCH, _WHO))


def asks_when(question: str) -> bool:
    """Whether a question asks for a time.

    >>> asks_when("On which day was it?"), asks_when("How long is it?")
    (True, False)
    """
    return _WHEN.search(question.casefold()) is not None


def counted(question: str) -> str | None:
    """What a question wants counted, as it was typed; None where it asks for no count.

    >>> counted("And how many Buses are there?"), counted("Where are they?")
    ('Buses', None)
    """
    found = _COUNTED.search(question)
    return found.group(1) if found else None


def kind_lacking(question: str, sentence: str) -> bool:
    """Whether the question asks for a time, a number or a name that the sentence does not have.

    >>> kind_lacking("When did Ann move to Bern?", "Ann moved to Bern."), kind_lacking("When did Ann move?", "In 2009.")
    (True, False)
    """
    lower = question.casefold()
    asked = _words(question)
    new = _words(sentence) - asked
    numbers = {word for word in new if word[0].isdigit()}
    if asks_when(question):
        return not (numbers or new & _TIMES)
    if _HOW_MANY.search(lower):
        return not any(not _YEAR.fullmatch(amount) for amount in _amounts(sentence) - asked)
    if _HOW_LONG.search(lower):
        return not (numbers or new & _COUNTS or new & _TIMES)
    if _HOW_MUCH.search(lower):
        return not (_amounts(sentence) - asked or _AMOUNT_OF_TIME.search(sentence.casefold()))
    if _WHO.search(lower):
        return not _capitalised_words(sentence) - asked
    return False


def _amounts(text: str) -> set[str]:
    """The numbers of a text that may be amounts, in digits and in words: those of dates and clauses are not.

    >>> sorted(_amounts("From 1 February you have 26 days, and two more since 2019."))
    ['26', 'two']
    """
    for date in reversed(list(dates(text))):
        text = f"{text[: date.start]} {text[date.end :]}"
    words = _words(_NO_AMOUNT.sub(" ", text))
    return {word for word in words if word[0].isdigit() or word in _COUNTS}


def _capitalised_words(text: str) -> set[str]:
    """The capitalised words of a text in lower case, without those that only say how something is asked."""
    return {name.casefold() for name in _NAME.findall(text) if name[0].isupper()} - FUNCTION_WORDS


def _words(text: str) -> set[str]:
    return set(_WORD.findall(folded(text)))
