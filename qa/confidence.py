"""How likely it is that a hit answers, out of its evidence: a logistic regression, and the limits of three verdicts.

The weights and limits are computed: `python -m tests.benchmarks.calibrate --fit` prints them.
"""

import math
from dataclasses import astuple, dataclass

from qa.candidate import Verdict
from qa.evidence import Evidence, Likeness, Scores

# From the first limit upwards nine in ten hits answer, as a mean over the benchmark's rows. Where no hit reaches the
# second the documents do not seem to answer: it costs least where an answer denied is twice as bad as one promised.
ANSWERS = 0.69
MAY_ANSWER = 0.41


@dataclass(frozen=True, slots=True)
class Terms:
    """The pieces of evidence as numbers, each for one weight; or those weights."""

    intercept: float = 1.0
    passage: float = 0.0
    sentence: float = 0.0
    lead: float = 0.0
    passage_likeness: float = 0.0
    sentence_likeness: float = 0.0
    lacking: float = 0.0
    number_lacking: float = 0.0
    kind_lacking: float = 0.0


# Where the scores are those of the bundled cross-encoder; where the likeness is that of the bundled bi-encoder; else.
BY_SCORES = Terms(
    intercept=-2.632,
    passage=0.073,
    sentence=0.234,
    lead=0.472,
    lacking=-1.768,
    number_lacking=-1.017,
    kind_lacking=-0.425,
)
BY_LIKENESS = Terms(
    intercept=-8.364,
    passage_likeness=9.737,
    sentence_likeness=4.636,
    lacking=-5.471,
    number_lacking=-1.526,
    kind_lacking=-1.014,
)
BY_WORDS = Terms(intercept=1.999, lacking=-7.413, number_lacking=-1.601, kind_lacking=-0.943)


def confidence(evidence: Evidence) -> float:
    """How likely it is that the hit answers, in [0, 1]: of the hits with 0.8 about 80 % do.

    The scores of another cross-encoder have another scale and are left out; the bundled bi-encoder's likeness takes
    their place, and with another bi-encoder the words alone are left, which tell least. Where there are scores, the
    likeness adds nothing and is not asked.
    """
    weights = BY_SCORES if evidence.scores else BY_LIKENESS if evidence.likeness else BY_WORDS
    total = sum(weight * term for weight, term in zip(astuple(weights), astuple(terms(evidence)), strict=True))
    return float(1 / (1 + math.exp(-total)))


def verdict(confidence: float) -> Verdict:
    """What is said of a hit of this confidence.

    >>> verdict(0.95), verdict(0.05)
    ('answers', 'related')
    """
    if confidence >= ANSWERS:
        return "answers"
    return "may answer" if confidence >= MAY_ANSWER else "related"


def terms(evidence: Evidence) -> Terms:
    """The evidence as numbers, within the bounds in which each tells something."""
    scores = evidence.scores or Scores(0.0, 0.0, 0.0)
    likeness = Likeness(0.0, 0.0) if evidence.scores or not evidence.likeness else evidence.likeness
    return Terms(
        passage=max(-5.0, scores.passage),
        sentence=max(-5.0, scores.sentence),
        lead=min(6.0, max(-2.0, scores.lead)),
        passage_likeness=likeness.passage,
        sentence_likeness=likeness.sentence,
        lacking=evidence.lacking,
        number_lacking=float(evidence.number_lacking),
        kind_lacking=float(evidence.kind_lacking),
    )
