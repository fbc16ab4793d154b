"""What speaks for and against a passage's answering its question: scores, similarities, and what it lacks.

A cross-encoder leans on shared words and hardly tells 2004 from 2008; a bi-encoder knows other words for the same and
does not see a code. So both are weighed together with the words of the question that the passage has and lacks.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from qa.analysis.concepts import Concept
from qa.reranking.answer_kinds import kind_lacking
from qa.retrieval.lexical import Matches
from qa.retrieval.question import Question

# A score nearer to 0 or 1 than float32 tells.
_NEAREST = 1e-6
# A cross-encoder's logit below this one says nothing more.
LOWEST_LOGIT = -11.0
# The share of its weight that a word keeps which no passage of the library has, and one that only names a document.
_UNKNOWN, _IN_A_NAME = 0.25, 0.15


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against one passage.

    `passage` is the cross-encoder's logit of the passage, `sentence` that of its best sentence. `similarity` is the
    bi-encoder's for the passage, `sentence_similarity` for its most similar sentence with the heading before it,
    `bare_similarity` for its most similar sentence alone, `heading_similarity` for the last part of its heading.
    `words` is the share, by idf, of the question's concepts that are in the passage, its heading or its
    document's name. `code_found` says that all codes and dates that are asked for are there, `code_lacking` that one
    of them does not, `number_lacking` that another number does not, `denial_found` that the question denies something
    ("not covered") and the passage does too. `kind_lacking` says that a time, a number or a name
    is asked for and the most similar sentence has none.
    """

    passage: float
    similarity: float
    words: float
    code_found: bool
    code_lacking: bool
    number_lacking: bool
    denial_found: bool = False
    sentence_similarity: float = 0.0
    bare_similarity: float = 0.0
    heading_similarity: float = 0.0
    sentence: float | None = None
    kind_lacking: bool = False

    @property
    def logit(self) -> float:
        """The higher of the cross-encoder's logits, of the passage and of its best sentence."""
        return self.passage if self.sentence is None else max(self.passage, self.sentence)


@dataclass(frozen=True, slots=True)
class QuestionEvidence:
    """What a question itself tells: the number of its concepts, and which share of them, by idf, the library has."""

    things: int
    known: float


def gather(
    question: Question, matches: Matches, scores: Sequence[float], similarities: Sequence[float]
) -> list[Evidence]:
    """Gather the evidence of each candidate before its sentences are compared with the question.

    Args:
        question: The question and its concepts.
        matches: What the library's words say of the candidates.
        scores: The cross-encoder's score of each candidate, in [0, 1].
        similarities: The bi-encoder's similarity of each candidate.
    """
    weights = _concept_weights(question.about, matches)
    gathered = []
    for score, similarity, present in zip(scores, similarities, matches.present, strict=True):
        found = list(zip(question.about, present, strict=True))
        codes = [is_there for asked, is_there in found if asked.kind in {"code", "date"}]
        gathered.append(
            Evidence(
                passage=logit(score),
                similarity=similarity,
                words=_share(weights, present),
                code_found=bool(codes) and all(codes),
                code_lacking=not all(codes),
                number_lacking=not all(
                    is_there for asked, is_there in found if asked.kind == "number" and not asked.terms & matches.names
                ),
                denial_found=any(is_there for asked, is_there in found if asked.kind == "denial"),
            )
        )
    return gathered


def question_evidence(question: Question, matches: Matches) -> QuestionEvidence:
    """What the question itself tells, with what the library's words say of it."""
    things = sum(asked.kind != "denial" for asked in question.about)
    return QuestionEvidence(things, _share(matches.idf, matches.known))


def with_similarities(
    evidence: Evidence, question: Question, sentence: str, headed: float, bare: float, heading: float
) -> Evidence:
    """The evidence with the similarities of the most similar sentence, which is `sentence`, and of the heading."""
    return replace(
        evidence,
        sentence_similarity=headed,
        bare_similarity=bare,
        heading_similarity=heading,
        kind_lacking=kind_lacking(question.text, sentence),
    )


def stands_in(asked: Concept, terms: Collection[str]) -> bool:
    """Whether a text of these terms has what is asked for, or an inflection of it.

    >>> stands_in(Concept("surrendered", frozenset(["surrend"])), {"surrender"})
    True
    """
    if asked.stands_in(terms):
        return True
    return asked.kind == "word" and any(_same_stem(term, other) for term in asked.terms for other in terms)


def logit(score: float) -> float:
    """The cross-encoder's number before the sigmoid.

    >>> round(logit(0.5), 3)
    0.0
    """
    score = min(max(score, _NEAREST), 1 - _NEAREST)
    return math.log(score / (1 - score))


def _concept_weights(about: Sequence[Concept], matches: Matches) -> list[float]:
    """How much each concept says: much where its idf is high, little where no passage of the library has it.

    What names a document says little of a passage: it need not be repeated there.
    """
    return [
        weight
        * (_UNKNOWN if asked.kind == "word" and not known else 1.0)
        * (_IN_A_NAME if asked.terms & matches.names else 1.0)
        * (asked.kind != "denial")
        for asked, weight, known in zip(about, matches.idf, matches.known, strict=True)
    ]


def _share(weights: Sequence[float], present: Sequence[bool]) -> float:
    total = sum(weights)
    return sum(weight for weight, there in zip(weights, present, strict=True) if there) / total if total else 0.0


def _same_stem(one: str, other: str) -> bool:
    """Whether two words differ in their ending alone: at most four letters after the same four or more."""
    if one[:4] != other[:4] or not (one.isalpha() and other.isalpha()):
        return False
    longest = max(len(one), len(other))
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(one), len(other)) if same is None else same
    return same >= 4 and same >= 0.6 * longest and longest - same <= 4
