"""How likely it is that a passage answers: a logistic regression over its evidence, and the limits of what is said.

The weights and limits are computed: `python -m tests.benchmarks.calibrate --fit` prints them.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.candidate import Verdict
from qa.evidence import Evidence

# From the first limit upwards a passage is said to answer, from the second one that it may. Where no passage reaches
# the third, nothing in the documents is close to the question.
ANSWERS = 0.69
MAY_ANSWER = 0.41
CLOSE = 0.08


@dataclass(frozen=True, slots=True)
class Terms:
    """The pieces of evidence as numbers, each for one weight; or those weights."""

    intercept: float = 1.0
    passage: float = 0.0
    sentence: float = 0.0
    similarity: float = 0.0
    sentence_similarity: float = 0.0
    lacking: float = 0.0
    sentence_lacking: float = 0.0
    code_found: float = 0.0
    code_lacking: float = 0.0
    number_lacking: float = 0.0
    kind_lacking: float = 0.0


# Where both models are the bundled ones; where only the bi-encoder is; where only the cross-encoder is; where none is.
BY_BOTH = Terms(
    intercept=-15.0,
    passage=0.2,
    sentence=0.2,
    similarity=8.0,
    sentence_similarity=12.0,
    lacking=-1.8,
    code_found=2.0,
    code_lacking=-2.0,
    number_lacking=-1.0,
    kind_lacking=-0.5,
)
BY_SIMILARITY = BY_SCORES = BY_WORDS = BY_BOTH


def confidence(evidence: Evidence) -> float:
    """How likely it is that a passage answers, in [0, 1]: of those with 0.8 about 80 % do.

    The numbers of another model have another scale and are left out; what is left then tells less.
    """
    weights = _weights(evidence)
    total = sum(weight * term for weight, term in zip(astuple(weights), astuple(terms(evidence)), strict=True))
    return float(1 / (1 + math.exp(-total)))


def verdict(score: float) -> Verdict:
    """What is said of a passage of this score.

    >>> verdict(0.95), verdict(0.05)
    ('answers', 'related')
    """
    if score >= ANSWERS:
        return "answers"
    return "may answer" if score >= MAY_ANSWER else "related"


def terms(evidence: Evidence) -> Terms:
    """The evidence as numbers, within the bounds in which each tells something."""
    return Terms(
        passage=max(-8.0, evidence.passage or 0.0),
        sentence=max(-8.0, evidence.sentence or 0.0),
        similarity=evidence.similarity or 0.0,
        sentence_similarity=evidence.sentence_similarity or 0.0,
        lacking=evidence.lacking,
        sentence_lacking=evidence.lacking if evidence.sentence_lacking is None else evidence.sentence_lacking,
        code_found=float(evidence.code_found),
        code_lacking=float(evidence.code_lacking),
        number_lacking=float(evidence.number_lacking),
        kind_lacking=float(evidence.kind_lacking),
    )


def never_rising(values: Sequence[float]) -> list[float]:
    """The values in their order, each raised to the highest of those after it, so that they never rise.

    >>> never_rising([0.2, 0.6, 0.1])
    [0.6, 0.6, 0.1]
    """
    highest = 0.0
    raised = []
    for value in reversed(values):
        highest = max(highest, value)
        raised.append(highest)
    return raised[::-1]


def _weights(evidence: Evidence) -> Terms:
    if evidence.similarity is not None:
        return BY_SIMILARITY if evidence.passage is None else BY_BOTH
    return BY_WORDS if evidence.passage is None else BY_SCORES
