"""What speaks for and against a hit's answering its question: scores, likeness, and the words that it lacks.

A cross-encoder tells what a passage is about; it hardly tells "near Toronto" from "Toronto". So the words of the
question that a passage lacks, and the kind of answer that it asks for, are counted beside the scores.
"""

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from qa.candidate import Hit
from qa.words import FUNCTION_WORDS, content_words, words

Rarity = Callable[[str], float]

# A score nearer to 0 or 1 than float32 can tell.
_NEAREST = 1e-6

_NUMBER_ASKED = re.compile(
    r"\b(when|how (?:many|much|long|old|far|often|high|tall|big|large|fast|deep|wide|heavy|late|early|soon|expensive)|"
    r"(?:what|which) (?:\w+ )?(?:year|month|day|date|time|century|decade|percentage|percent|number|amount|age|price|"
    r"population|size|length|height|speed|rate|cost|salary|fee|temperature|distance)s?)\b",
    re.IGNORECASE,
)
_NAME_ASKED = re.compile(r"\b(who|whom|whose)\b", re.IGNORECASE)
# English words that tell how many or when.
_COUNTING = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "quarter third once twice single couple dozen first second none zero never always daily weekly monthly yearly "
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays january february march april may june july august september october november december spring summer "
    "autumn winter morning noon afternoon evening midnight night today tomorrow"
)
_NUMBER_WORDS = frozenset(_COUNTING.split())
_NAME = re.compile(r"\b[^\W\d_][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the question a hit is to the bi-encoder, as cosines: its passage, and its best sentence."""

    passage: float
    sentence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against one hit.

    `passage` and `sentence` are the cross-encoder's logits of the passage and of its best sentence; None where the
    model is not the bundled one, whose scale is known. `likeness` is None where the bi-encoder is not.
    `lacking` is the share, by rarity, of the question's words that the passage, its heading and its document's name
    lack; `names_lacking` and `numbers_lacking` count those of them that are capitalised or have a digit.
    `kind_lacking` says that a number or a name is asked for and the best sentence has none that the question has not.
    """

    passage: float | None
    sentence: float | None
    likeness: Likeness | None
    lacking: float
    names_lacking: int
    numbers_lacking: int
    kind_lacking: bool


def gather(
    question: str, hits: Sequence[Hit], *, scores_known: bool, likeness: Sequence[Likeness | None], rarity: Rarity
) -> list[Evidence]:
    """The evidence of each hit, whose `best` is set.

    `scores_known` says that the scores are those of the bundled cross-encoder; `rarity` weighs a word above 0.
    """
    return [
        _of(question, hit, scores_known=scores_known, likeness=near, rarity=rarity)
        for hit, near in zip(hits, likeness, strict=True)
    ]


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


def _of(question: str, hit: Hit, *, scores_known: bool, likeness: Likeness | None, rarity: Rarity) -> Evidence:
    passage = hit.candidate.passage
    read = "\n".join([hit.candidate.document.name, passage.heading or "", passage.text])
    sentence = passage.text[hit.best.start : hit.best.end] if hit.best else passage.text
    asked = content_words(question)
    lacking = lacking_words(asked, words(read))
    weight = sum(map(rarity, asked))
    names = _names(question)
    return Evidence(
        passage=logit(hit.score) if scores_known else None,
        sentence=logit(hit.best.score if hit.best else hit.score) if scores_known else None,
        likeness=likeness,
        lacking=sum(map(rarity, lacking)) / weight if weight else 0.0,
        names_lacking=sum(word in names for word in lacking),
        numbers_lacking=sum(_has_digit(word) for word in lacking),
        kind_lacking=_kind_lacking(question, sentence),
    )


def _kind_lacking(question: str, sentence: str) -> bool:
    asked = set(words(question))
    if _NUMBER_ASKED.search(question):
        return not any(_has_digit(word) or word in _NUMBER_WORDS for word in set(words(sentence)) - asked)
    if _NAME_ASKED.search(question):
        return not _names(sentence) - asked
    return False


def _names(text: str) -> set[str]:
    """The words, letter case set aside, that are capitalised, but for those that open the text and are no names."""
    found = {match.group().casefold() for match in _NAME.finditer(text) if match.group()[0].isupper()}
    return found - FUNCTION_WORDS


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _inflected(one: str, other: str) -> bool:
    """Whether two words differ in their ending alone."""
    if _has_digit(one) or _has_digit(other):
        return False
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same >= 4 and same >= 0.6 * max(len(one), len(other)) and max(len(one), len(other)) - same <= 4
