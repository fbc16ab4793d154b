"""What speaks for and against a hit's answering its question: scores, and what the hit lacks of what is asked for.

A cross-encoder tells what a passage is about; it hardly tells 2004 from 2008. So the words of the question that a hit
lacks, and the kind of answer that is asked for, are counted beside the scores.
"""

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from qa.candidate import Hit
from qa.words import FUNCTION_WORDS, content_words, words

Rarity = Callable[[str], float]

# A hit is compared with the passage that comes after so many others: that many may say the same without casting doubt.
RIVALS = 3
# The logit of a passage that has nothing to do with the question, for a library with fewer passages than that.
UNRELATED = -11.0
# A score nearer to 0 or 1 than float32 tells.
_NEAREST = 1e-6

_WHEN = re.compile(r"\b(when|what time|(what|which) (year|month|day|date|time|century|decade)s?)\b")
_HOW_MANY = re.compile(r"\bhow many\b")
_HOW_MUCH = re.compile(
    r"\b(how (much|long|old|far|often|high|tall|big|large|fast|deep|wide|heavy|late|early|soon)|"
    r"(what|which) (\w+ )?(percentage|percent|number|amount|age|price|population|temperature)|"
    r"prices?|costs?|salary|fees?|revenue)\b"
)
_WHO = re.compile(r"\b(who|whom|whose)\b")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_NAME = re.compile(r"[^\W\d_][\w'’-]*")

# English words that tell how many, and when.
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


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the question a hit is to the bi-encoder, as cosines: its passage, and its best sentence."""

    passage: float
    sentence: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What the cross-encoder says of a hit, as logits: its passage, its best sentence, and the lead of its passage.

    The lead is over the fourth best passage, texts that say the same being one; negative for those that come after.
    """

    passage: float
    sentence: float
    lead: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against one hit.

    `scores` and `likeness` are None where they are not those of the bundled models, whose scale is known. `lacking` is
    the share, by rarity, of the question's words that the passage, its heading and its document's name have in no
    inflection. `number_lacking` says that one of those has a digit; `kind_lacking` that the question asks when, how
    many, how much or who, and the best sentence has no such thing but what the question has.
    """

    scores: Scores | None
    likeness: Likeness | None
    lacking: float
    number_lacking: bool
    kind_lacking: bool


def gather(
    question: str,
    hits: Sequence[Hit],
    *,
    scores: Sequence[float] | None,
    likeness: Sequence[Likeness | None],
    rarity: Rarity,
) -> list[Evidence]:
    """The evidence of each hit, whose `best` is set; `rarity` weighs a word above 0.

    `scores` are those of all candidates, None where the cross-encoder is not the bundled one.
    """
    asked = content_words(question)
    weight = sum(map(rarity, asked)) or 1.0
    rival = None if scores is None else _rival(hits, scores)
    gathered = []
    for hit, near in zip(hits, likeness, strict=True):
        lacking = lacking_words(asked, words(_read(hit)))
        gathered.append(
            Evidence(
                scores=None if rival is None else _scores(hit, rival),
                likeness=near,
                lacking=sum(map(rarity, lacking)) / weight,
                number_lacking=any(map(_has_digit, lacking)),
                kind_lacking=kind_lacking(question, best_sentence(hit)),
            )
        )
    return gathered


def best_sentence(hit: Hit) -> str:
    """The sentence of a hit that answers best, or all of its passage where it has no sentence."""
    text = hit.candidate.passage.text
    return text[hit.best.start : hit.best.end] if hit.best else text


def logit(score: float) -> float:
    """The cross-encoder's number before the sigmoid.

    >>> round(logit(0.5), 3)
    0.0
    """
    score = min(max(score, _NEAREST), 1 - _NEAREST)
    return math.log(score / (1 - score))


def lacking_words(asked: Collection[str], there: Collection[str]) -> list[str]:
    """Those of `asked` that `there` has in no inflection.

    >>> lacking_words(["surrendered", "points", "2016"], ["surrender", "point", "2015"])
    ['2016']
    """
    known = set(there)
    return [word for word in asked if word not in known and not any(_inflected(word, other) for other in known)]


def kind_lacking(question: str, sentence: str) -> bool:
    """Whether a time, a number or a name is asked for and the sentence has none that the question has not.

    >>> kind_lacking("When did Ann move to Bern?", "Ann moved to Bern."), kind_lacking("When did Ann move?", "In 2009.")
    (True, False)
    """
    folded = question.casefold()
    asked = set(words(question))
    told = set(words(sentence)) - asked
    numbers = {word for word in told if word[0].isdigit()}
    if _WHEN.search(folded):
        return not (numbers or told & _TIMES)
    if _HOW_MANY.search(folded):
        return not (any(not _YEAR.fullmatch(number) for number in numbers) or told & _COUNTS)
    if _HOW_MUCH.search(folded):
        return not (numbers or told & _COUNTS or told & _TIMES)
    if _WHO.search(folded):
        return not _names(sentence) - asked
    return False


def _read(hit: Hit) -> str:
    passage = hit.candidate.passage
    return "\n".join([hit.candidate.document.name, passage.heading or "", passage.text])


def _rival(hits: Sequence[Hit], scores: Sequence[float]) -> float:
    """The logit of the passage that comes after `RIVALS` others; those of the same text are one hit."""
    place = RIVALS + sum(len(hit.also) for hit in hits[:RIVALS])
    ranking = sorted(scores, reverse=True)
    return logit(ranking[place]) if place < len(ranking) else UNRELATED


def _scores(hit: Hit, rival: float) -> Scores:
    passage = logit(hit.score)
    return Scores(passage, logit(hit.best.score) if hit.best else passage, passage - rival)


def _names(text: str) -> set[str]:
    """The capitalised words, letter case then set aside, but for those that say how something is asked."""
    return {name.casefold() for name in _NAME.findall(text) if name[0].isupper()} - FUNCTION_WORDS


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _inflected(one: str, other: str) -> bool:
    """Whether two words differ in their ending alone: at most four letters after the same four or more."""
    if _has_digit(one) or _has_digit(other):
        return False
    longest = max(len(one), len(other))
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(one), len(other)) if same is None else same
    return same >= 4 and same >= 0.6 * longest and longest - same <= 4
