"""What speaks for and against a passage's answering its question: scores, similarities, and what it lacks.

A cross-encoder leans on shared words and hardly tells 2004 from 2008; a bi-encoder knows other words for the same and
does not see a code. So both are weighed together with the words of the question that the passage has and lacks.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from qa.analysis import Asked, all_terms
from qa.answer_kinds import kind_lacking
from qa.candidate import BestSentence, Candidate
from qa.lexical import Matches
from qa.question import Question

# A score nearer to 0 or 1 than float32 tells.
_NEAREST = 1e-6
# The share of its weight that a plain word keeps which no passage of the library has: it says little.
_UNKNOWN_WORD = 0.25


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against one passage.

    `passage` and `sentence` are the cross-encoder's logits of the passage and of its best sentence, None where the
    cross-encoder is not the bundled one, whose scale is known; `similarity` and `sentence_similarity` the bi-encoder's,
    likewise. `lacking` is the share, by rarity, of what the question is about that the passage, its heading and its
    document's name have in no inflection. `code_found` says that all codes and dates that are asked for stand there,
    `code_lacking` that one of them does not, `number_lacking` that another number does not. `kind_lacking` says that a
    time, a number or a name is asked for and the best sentence has none. `sentence`, `sentence_similarity` and
    `sentence_lacking`, the share that the best sentence and its heading lack, are None before there is a best sentence.
    """

    passage: float | None
    similarity: float | None
    bm25: float
    lacking: float
    code_found: bool
    code_lacking: bool
    number_lacking: bool
    sentence: float | None = None
    sentence_similarity: float | None = None
    sentence_lacking: float | None = None
    kind_lacking: bool = False


def gather(
    question: Question, matches: Matches, scores: Sequence[float | None], similarities: Sequence[float | None]
) -> list[Evidence]:
    """The evidence of each candidate before its sentences are looked at.

    `matches` are what the library's words say of the candidates; `scores` the cross-encoder's, in [0, 1], and
    `similarities` the bi-encoder's, None where they are not those of the bundled models.
    """
    weights = _weights(question.about, matches)
    highest = max(matches.bm25, default=0.0) or 1.0
    gathered: list[Evidence] = []
    for score, similarity, present, bm25 in zip(scores, similarities, matches.present, matches.bm25, strict=True):
        codes = [there for asked, there in zip(question.about, present, strict=True) if asked.kind in {"code", "date"}]
        numbers = [there for asked, there in zip(question.about, present, strict=True) if asked.kind == "number"]
        gathered.append(
            Evidence(
                passage=None if score is None else logit(score),
                similarity=similarity,
                bm25=bm25 / highest,
                lacking=_lacking(weights, present),
                code_found=bool(codes) and all(codes),
                code_lacking=not all(codes),
                number_lacking=not all(numbers),
            )
        )
    return gathered


def with_sentence(
    evidence: Evidence,
    question: Question,
    candidate: Candidate,
    best: BestSentence | None,
    similarity: float | None,
    matches: Matches,
) -> Evidence:
    """The evidence together with that of the passage's best sentence, whose `similarity` is the bi-encoder's."""
    passage = candidate.passage
    sentence = passage.text[best.start : best.end] if best else passage.text
    weights = _weights(question.about, matches)
    terms = all_terms(f"{candidate.document.name}\n{passage.heading or ''}\n{sentence}")
    present = [stands_in(asked, terms) for asked in question.about]
    return replace(
        evidence,
        sentence=evidence.passage if best is None or evidence.passage is None else logit(best.score),
        sentence_similarity=similarity,
        sentence_lacking=_lacking(weights, present),
        kind_lacking=kind_lacking(question.text, sentence),
    )


def stands_in(asked: Asked, terms: Collection[str]) -> bool:
    """Whether a text of these terms has what is asked for, or an inflection of it.

    >>> stands_in(Asked("surrendered", frozenset(["surrend"])), {"surrender"})
    True
    """
    if asked.stands_in(terms):
        return True
    return asked.kind == "word" and any(_inflected(term, other) for term in asked.terms for other in terms)


def logit(score: float) -> float:
    """The cross-encoder's number before the sigmoid.

    >>> round(logit(0.5), 3)
    0.0
    """
    score = min(max(score, _NEAREST), 1 - _NEAREST)
    return math.log(score / (1 - score))


def _weights(about: Sequence[Asked], matches: Matches) -> list[float]:
    """How much each thing that is asked for says: rare ones much, plain words that the library never holds little."""
    return [
        weight * (_UNKNOWN_WORD if asked.kind == "word" and not known else 1.0)
        for asked, weight, known in zip(about, matches.weights, matches.known, strict=True)
    ]


def _lacking(weights: Sequence[float], present: Sequence[bool]) -> float:
    total = sum(weights)
    return sum(weight for weight, there in zip(weights, present, strict=True) if not there) / total if total else 0.0


def _inflected(one: str, other: str) -> bool:
    """Whether two words differ in their ending alone: at most four letters after the same four or more."""
    if one[:4] != other[:4] or not (one.isalpha() and other.isalpha()):
        return False
    longest = max(len(one), len(other))
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(one), len(other)) if same is None else same
    return same >= 4 and same >= 0.6 * longest and longest - same <= 4
