"""How likely it is that a passage answers, and what puts passages in order: weights, and the limits of what is said.

The weights and limits are computed: `python -m tests.benchmarks.calibrate --fit` prints them.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.candidate import Verdict
from qa.evidence import Asking, Evidence

# From the first limit upwards a passage is said to answer; below the second one it is not close to the question.
ANSWERS = 0.7
CLOSE = 0.03
# A cross-encoder's logit below this one says nothing more.
_LOWEST = -11.0


@dataclass(frozen=True, slots=True)
class Order:
    """What puts passages in order, each for one weight; or those weights. All from `Evidence`; `all_words` is cubed."""

    similarity: float
    sentence_similarity: float
    bare_similarity: float
    heading_similarity: float
    words: float
    all_words: float
    code_found: float
    logit: float
    number_lacking: float
    kind_lacking: float
    code_lacking: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What tells how likely a passage answers, each for one weight; or those weights.

    `below` is how far its value lies under the first one's; all others are those of the first passage: `value`, its
    `lead` over the fourth, the cross-encoder's logit and what it is as a score, the best score of any passage, the
    logit where the words are there too; of the question, the share of it that the library knows, how many things it is
    about, and whether these are no more than two.
    """

    intercept: float = 1.0
    below: float = 0.0
    value: float = 0.0
    lead: float = 0.0
    logit: float = 0.0
    score: float = 0.0
    best_score: float = 0.0
    logit_and_words: float = 0.0
    all_words: float = 0.0
    code_found: float = 0.0
    code_lacking: float = 0.0
    number_lacking: float = 0.0
    kind_lacking: float = 0.0
    known: float = 0.0
    things: float = 0.0
    short: float = 0.0


# The order before sentences are looked at, and after.
FIRST_ORDER = Order(40.3, 0.0, 0.0, 0.0, -3.93, 10.56, 6.95, 0.297, 0.0, 0.0, 0.0)
FINAL_ORDER = Order(20.09, 8.2, 8.71, 6.12, -3.22, 6.61, 3.86, 0.22, -1.02, -1.41, -0.82)
# Where both models are the bundled ones, and where one is not.
BY_BOTH = Terms(-5.9, 1.03, 0.365, 0.3, -0.1, 0.0, 0.0, 1.354, -1.3, 1.4, -0.64, -1.03, -0.34, -1.8, 0.157, 0.55)
BY_WORDS = Terms(-2.0, 1.0, all_words=3.0, code_found=1.0, code_lacking=-1.0, number_lacking=-1.0, kind_lacking=-0.5)


def value(evidence: Evidence, weights: Order) -> float:
    """What a passage is put in order by: the higher, the better."""
    terms = order_terms(evidence)
    return float(sum(weight * term for weight, term in zip(astuple(weights), astuple(terms), strict=True)))


def order_terms(evidence: Evidence) -> Order:
    """The evidence as numbers for the order."""
    return Order(
        similarity=evidence.similarity,
        sentence_similarity=evidence.sentence_similarity,
        bare_similarity=evidence.bare_similarity,
        heading_similarity=evidence.heading_similarity,
        words=evidence.words,
        all_words=evidence.words**3,
        code_found=float(evidence.code_found),
        logit=max(_LOWEST, evidence.passage),
        number_lacking=float(evidence.number_lacking),
        kind_lacking=float(evidence.kind_lacking),
        code_lacking=float(evidence.code_lacking),
    )


def confidences(
    ranked: Sequence[Evidence], values: Sequence[float], best_logit: float, asked: Asking, weights: Terms
) -> list[float]:
    """How likely it is that each passage answers, in [0, 1], in the order in which they stand, never rising.

    `values` are those that put the passages in order, of which there may be more than of `ranked`; `best_logit` is the
    highest of all candidates.
    """
    sure = []
    for at in range(len(ranked)):
        terms = confidence_terms(ranked[0], values, at, best_logit, asked)
        sure.append(sum(weight * term for weight, term in zip(astuple(weights), astuple(terms), strict=True)))
    return [_sigmoid(total) for total in sure]


def confidence_terms(first: Evidence, values: Sequence[float], at: int, best_logit: float, asked: Asking) -> Terms:
    """The evidence on the passage at this place as numbers, within the bounds in which each tells something."""
    logit = max(_LOWEST, first.logit)
    return Terms(
        below=values[at] - values[0],
        value=values[0],
        lead=min(values[0] - values[min(3, len(values) - 1)], 10.0),
        logit=logit,
        score=_sigmoid(logit),
        best_score=_sigmoid(best_logit),
        logit_and_words=(logit - _LOWEST) / -_LOWEST * first.words**3,
        all_words=first.words**3,
        code_found=float(first.code_found),
        code_lacking=float(first.code_lacking),
        number_lacking=float(first.number_lacking),
        kind_lacking=float(first.kind_lacking),
        known=asked.known,
        things=min(asked.things, 8),
        short=float(asked.things <= 2),
    )


def verdict(score: float) -> Verdict:
    """What is said of a passage of this score.

    >>> verdict(0.95), verdict(0.01)
    ('answers', 'related')
    """
    if score >= ANSWERS:
        return "answers"
    return "may answer" if score >= CLOSE else "related"


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
