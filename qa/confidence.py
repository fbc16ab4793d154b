"""How likely it is that a passage answers, and what puts passages in order: weights, and the limits of what is said.

The weights and limits are computed: `python -m tests.benchmarks.calibrate --fit` prints them.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from qa.candidate import Verdict
from qa.evidence import Asking, Evidence

# From the first limit upwards a passage is said to answer; below the second one it is not close to the question.
ANSWERS = 0.75
CLOSE = 0.05
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
    denial_found: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What tells how likely a passage answers, each for one weight; or those weights.

    `below` is how far its value lies under the first one's, and `not_first` says that it is not that one: most
    questions are answered by one passage. All others are those of the first passage: `value`, its
    `lead` over the fourth, the cross-encoder's logit and what it is as a score, the best score of any passage, the
    logit where the words are there too; of the question, the share of it that the library knows, how many things it is
    about, and whether these are no more than two.
    """

    intercept: float = 1.0
    below: float = 0.0
    not_first: float = 0.0
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
FIRST_ORDER = Order(
    similarity=41.459,
    sentence_similarity=0.0,
    bare_similarity=0.0,
    heading_similarity=0.0,
    words=-5.270,
    all_words=10.912,
    code_found=7.394,
    logit=0.423,
    number_lacking=-1.944,
    kind_lacking=0.0,
    code_lacking=-0.192,
    denial_found=1.0,
)
FINAL_ORDER = Order(
    similarity=19.522,
    sentence_similarity=10.491,
    bare_similarity=9.053,
    heading_similarity=6.743,
    words=-3.143,
    all_words=6.637,
    code_found=3.871,
    logit=0.206,
    number_lacking=-1.087,
    kind_lacking=-1.870,
    code_lacking=-0.805,
    denial_found=1.0,
)
# Where both models are the bundled ones, and where one is not.
BY_BOTH = Terms(
    intercept=-3.028,
    below=0.405,
    not_first=-2.033,
    value=0.041,
    lead=0.285,
    logit=-0.010,
    score=0.622,
    best_score=-0.393,
    logit_and_words=0.977,
    all_words=0.089,
    code_found=0.380,
    code_lacking=-0.762,
    number_lacking=-1.395,
    kind_lacking=-0.522,
    known=-1.794,
    things=0.154,
    short=0.511,
)
BY_WORDS = Terms(-3.0, 1.0, -2.0, lead=0.3, all_words=3.0, code_found=1.0, code_lacking=-1.0, number_lacking=-1.0)


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
        denial_found=float(evidence.denial_found),
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
        not_first=float(at > 0),
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
