"""How sure it is that a hit answers, out of its evidence: a logistic regression, and the limits of three verdicts.

The weights and limits are computed, not guessed: `python -m tests.benchmarks.calibrate FOLDER --fit` prints them.
"""

import math
from dataclasses import dataclass

from qa.candidate import Verdict
from qa.evidence import Evidence

# Of the hits above the first limit nine in ten answer. Below the second no hit is said to answer: it leaves out at
# most one in twenty of the questions that are answered.
ANSWERS = 0.55
MAY_ANSWER = 0.31


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence weighs; what is not known weighs nothing."""

    intercept: float
    passage: float
    sentence: float
    passage_likeness: float
    sentence_likeness: float
    lacking: float
    numbers_lacking: float
    kind_lacking: float


# By whether the scores and the likeness are those of the bundled models.
WEIGHTS: dict[tuple[bool, bool], Weights] = {
    (True, True): Weights(-0.012, 0.055, 0.321, 0.0, 0.172, -2.333, -0.94, -0.449),
    (True, False): Weights(0.1, 0.056, 0.323, 0.0, 0.0, -2.334, -0.946, -0.447),
    (False, True): Weights(-7.385, 0.0, 0.0, 5.373, 8.139, -5.481, -0.781, -0.754),
    (False, False): Weights(2.537, 0.0, 0.0, 0.0, 0.0, -7.842, -1.126, -0.391),
}


def confidence(evidence: Evidence) -> float:
    """How likely it is that the hit answers, in [0, 1]: of the hits with 0.8 about 80 % answer.

    Where the cross-encoder or the bi-encoder is not the bundled one, its numbers have another scale and are left out;
    what remains tells less, and the other weights are fitted to that.
    """
    weights = WEIGHTS[evidence.sentence is not None, evidence.likeness is not None]
    total = weights.intercept
    total += weights.passage * (evidence.passage or 0.0) + weights.sentence * (evidence.sentence or 0.0)
    if evidence.likeness:
        total += weights.passage_likeness * evidence.likeness.passage
        total += weights.sentence_likeness * evidence.likeness.sentence
    total += weights.lacking * evidence.lacking
    total += weights.numbers_lacking * min(evidence.numbers_lacking, 1)
    total += weights.kind_lacking * evidence.kind_lacking
    return 1 / (1 + math.exp(-total))


def verdict(confidence: float) -> Verdict:
    """What is said of a hit of this confidence.

    >>> verdict(0.9), verdict(0.1)
    ('answers', 'related')
    """
    if confidence >= ANSWERS:
        return "answers"
    return "may answer" if confidence >= MAY_ANSWER else "related"
