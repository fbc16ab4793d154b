"""How likely it is that a passage answers the question, and the limits of the verdicts.

The weights and limits are computed: `python -m tests.benchmarks.calibrate --fit` prints them.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from qa.answer import Verdict
from qa.reranking.evidence import LOWEST_LOGIT, Evidence, QuestionEvidence

# From the first limit upwards, the verdict is that a passage answers; below the second one, it is only related.
ANSWERS = 0.72
CLOSE = 0.04
# Nothing is close where no passage is more similar to the question than the first limit, or than the second one where
# the library has none of the question's words. One of 856 questions with an answer is below these limits.
FAR, FAR_AND_UNKNOWN = 0.5, 0.55
# The highest score where no candidate has a code of the question. Of 82 such questions in the sets of `calibrate` 78
# have no answer; the others have an error in the code.
CODE_NOWHERE = 0.2
# The lowest score of a passage with the part of a document that a question asks for by its number, and by nothing else.
PART_FOUND = 0.9
# A greater lead means nothing more. Shares of words that differ by less are the same.
_MOST_LEAD, _AS_MANY_WORDS = 10.0, 0.05


class Terms(NamedTuple):
    """The numbers that decide how likely a passage answers, or the weight of each of them.

    `below` is the difference of its value from that of the first passage, and `not_first` says that it is not the first
    passage, because one passage answers most questions. All other numbers are those of the first passage: its `value`,
    its `lead` over the fourth, its `lead_by_words` over the third of those with fewer of the question's words, the
    share of words that it says in `synonyms`, the cross-encoder's logit, the same as a score, the best score of all
    passages, and the logit where the words are there, too. The numbers of the question are the share of it that is in
    the library, how many concepts it has, and whether these are at most two.
    """

    intercept: float = 1.0
    below: float = 0.0
    not_first: float = 0.0
    value: float = 0.0
    lead: float = 0.0
    lead_by_words: float = 0.0
    synonyms: float = 0.0
    logit: float = 0.0
    score: float = 0.0
    best_score: float = 0.0
    logit_and_words: float = 0.0
    all_words: float = 0.0
    code_found: float = 0.0
    code_begins: float = 0.0
    code_lacking: float = 0.0
    number_lacking: float = 0.0
    kind_lacking: float = 0.0
    known: float = 0.0
    things: float = 0.0
    short: float = 0.0


# The weights where both models are the bundled ones, and where one of them is not. That of `code_begins` was fitted
# alone, to 78 questions with such a code, with each set left out: 1.0 to 1.8.
BY_BOTH = Terms(
    intercept=-3.685,
    below=0.24,
    not_first=-2.133,
    value=0.01,
    lead=0.194,
    lead_by_words=0.165,
    synonyms=0.175,
    logit=0.04,
    score=0.577,
    best_score=-0.247,
    logit_and_words=0.996,
    all_words=0.519,
    code_found=0.323,
    code_begins=1.0,
    code_lacking=-0.724,
    number_lacking=-1.373,
    kind_lacking=-0.702,
    known=-1.838,
    things=0.231,
    short=0.519,
)
BY_WORDS = Terms(
    intercept=-2.643,
    below=0.360,
    not_first=-1.416,
    lead=0.238,
    all_words=2.131,
    code_found=0.640,
    code_lacking=-0.022,
    number_lacking=-0.829,
    kind_lacking=-0.215,
    known=-0.831,
    things=0.118,
    short=0.095,
)


def confidences(
    ranked: Sequence[Evidence],
    values: Sequence[tuple[float, float]],
    best_logit: float,
    asked: QuestionEvidence,
    weights: Terms,
) -> list[float]:
    """How likely each passage answers the question.

    Args:
        ranked: The passages in their final order.
        values: The value by which each is ordered, and its share of the question's words. There may be more of them
            than passages.
        best_logit: The cross-encoder's highest logit of all candidates.
        asked: The evidence of the question itself.
        weights: The weights of the numbers.

    Returns:
        The likelihood of each passage, in [0, 1], in their order. It never rises from one passage to the next.
    """
    sure = []
    for at in range(len(ranked)):
        terms = confidence_terms(ranked[0], values, at, best_logit, asked)
        sure.append(sum(weight * term for weight, term in zip(weights, terms, strict=True)))
    most = CODE_NOWHERE if asked.code_nowhere else 1.0
    return [min(_sigmoid(total), most) for total in sure]


def is_far(similarities: Sequence[float], best_logit: float, asked: QuestionEvidence) -> bool:
    """Whether nothing is close to the question: no passage is similar or answers by the cross-encoder's score."""
    limit = FAR if asked.known else FAR_AND_UNKNOWN
    return best_logit < 0 and max(similarities, default=0.0) < limit


def confidence_terms(
    first: Evidence, values: Sequence[tuple[float, float]], at: int, best_logit: float, asked: QuestionEvidence
) -> Terms:
    """The evidence of the passage at this place as numbers, each within the bounds in which it is meaningful."""
    logit = max(LOWEST_LOGIT, first.logit)
    value = values[0][0]
    return Terms(
        below=values[at][0] - value,
        not_first=float(at > 0),
        value=value,
        lead=min(value - values[min(3, len(values) - 1)][0], _MOST_LEAD),
        lead_by_words=_lead_by_words(values),
        synonyms=first.synonyms,
        logit=logit,
        score=_sigmoid(logit),
        best_score=_sigmoid(best_logit),
        logit_and_words=(logit - LOWEST_LOGIT) / -LOWEST_LOGIT * first.words**3,
        all_words=first.words**3,
        code_found=float(first.code_found),
        code_begins=float(first.code_found and first.code_begins),
        code_lacking=float(first.code_lacking),
        number_lacking=float(first.number_lacking),
        kind_lacking=float(first.kind_lacking),
        known=asked.known,
        things=min(asked.things, 8),
        short=float(asked.things <= 2),
    )


def _lead_by_words(values: Sequence[tuple[float, float]]) -> float:
    """The lead over passages with fewer of the words: that others are like the first is no reason for doubt."""
    first, words = values[0]
    behind = [value for value, own in values[1:] if own < words - _AS_MANY_WORDS]
    return min(first - behind[min(2, len(behind) - 1)], _MOST_LEAD) if behind else _MOST_LEAD


def verdict(score: float) -> Verdict:
    """The verdict on a passage with this score.

    >>> verdict(0.95), verdict(0.01)
    ('answers', 'related')
    """
    if score >= ANSWERS:
        return "answers"
    return "may answer" if score >= CLOSE else "related"


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))
