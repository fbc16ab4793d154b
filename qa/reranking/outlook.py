"""What is to be expected of candidates that the cross-encoder has not read: in which order, and whether, to read them.

Before a candidate is read, its similarity and its words tell much of the place that it will have. The cross-encoder can
raise it, the more rarely, the further it is from the question. The weights here are computed:
`python -m tests.benchmarks.calibrate --fit` prints them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qa.reranking.evidence import LOWEST_LOGIT, Evidence
from qa.reranking.order import FIRST_ORDER, value

Floats = npt.NDArray[np.float64]


class Above(NamedTuple):
    """The numbers that decide how likely the cross-encoder's logit is above a limit, or the weight of each of them."""

    intercept: float = 1.0
    similarity: float = 0.0
    words: float = 0.0
    all_words: float = 0.0
    synonyms: float = 0.0
    code_found: float = 0.0
    limit: float = 0.0


ABOVE = Above(
    intercept=-22.965,
    similarity=28.041,
    words=5.59,
    all_words=0.02,
    synonyms=0.63,
    code_found=0.99,
    limit=-0.54,
)


class Outlook:
    """What is to be expected of candidates in an order that models with known scales give.

    Args:
        evidence: The evidence of each candidate as if the cross-encoder had given it the lowest score.
    """

    def __init__(self, evidence: Sequence[Evidence]) -> None:
        self._least = np.array([value(each, FIRST_ORDER) for each in evidence])
        self._numbers = np.array([above_terms(each, 0.0) for each in evidence]).reshape(len(evidence), len(Above()))

    def order(self) -> list[int]:
        """The places of the candidates, the most promising first."""
        return [int(at) for at in np.argsort(-self._least, kind="stable")]

    def expected(self, unread: Sequence[int], limit: float) -> float:
        """How many of these candidates are to be expected at or above a value of `FIRST_ORDER`, if they were read."""
        places = np.asarray(unread, dtype=np.intp)
        needed = (limit - self._least[places]) / FIRST_ORDER.logit + LOWEST_LOGIT
        numbers = self._numbers[places]
        numbers[:, Above._fields.index("limit")] = needed
        chances = 1 / (1 + np.exp(-np.clip(numbers @ np.array(ABOVE), -50, 50)))
        return float(np.where(needed <= LOWEST_LOGIT, 1.0, chances).sum())


def above_terms(evidence: Evidence, limit: float) -> Above:
    """The evidence as the numbers that decide how likely the cross-encoder's logit is above a limit."""
    return Above(
        similarity=evidence.similarity,
        words=evidence.words,
        all_words=evidence.words**3,
        synonyms=evidence.synonyms,
        code_found=float(evidence.code_found),
        limit=limit,
    )
