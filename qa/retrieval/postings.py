"""BM25Okapi over postings: for each term, the passages that have it. The scores are those of rank_bm25.

A question reads only the passages that have one of its terms.
"""

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from qa.retrieval.held import Held, Places
from qa.retrieval.occurrences import Mask

_HIGHEST_IDF = 7.0
_TEXTS_READ_BEFORE = 100
_OKAPI = BM25Okapi([["a"]])  # has the constants k1, b and epsilon

Floats = npt.NDArray[np.float64]


class Postings:
    """The terms of the passages of several segments. It is never changed."""

    def __init__(self, segments: Sequence[Held]) -> None:
        self._segments = segments
        self._size = sum(each.size for each in segments)
        self._length = sum(each.length for each in segments)

    def __len__(self) -> int:
        """How many passages there are."""
        return self._size

    def count(self, term: str) -> int:
        """How many passages have a term."""
        return sum(len(each.with_term(term)[0]) for each in self._segments)

    def places(self, term: str) -> Places:
        """The places of the passages that have a term, ascending."""
        return _joined([each.start + each.with_term(term)[0] for each in self._segments])

    def have(self, term: str, places: Places) -> Mask:
        """Which of the passages at these places have a term. A place below 0 stands for a passage that is not there."""
        found = np.zeros(len(places), dtype=np.bool_)
        for each in self._segments:
            rows = each.with_term(term)[0]
            if len(rows):
                wanted = places - each.start
                at = np.minimum(np.searchsorted(rows, wanted), len(rows) - 1)
                found |= rows[at] == wanted
        return found

    def scores(self, terms: Sequence[str]) -> tuple[Places, Floats]:
        """Score the passages that have one of these terms by BM25.

        Args:
            terms: The terms of the question. One that is there twice counts twice.

        Returns:
            The places of the passages, ascending, and the score of each, both of shape (passages,).

        Source:
            `BM25Okapi.get_scores` of rank_bm25, with its constants and its least idf.
        """
        idf = {term: self._idf(count) for term in set(terms) if (count := self.count(term))}
        known = [term for term in terms if term in idf]
        average = max(self._length, 1) / max(self._size, 1)
        found = [self._scored(each, known, idf, average) for each in self._segments] if known else []
        return _joined([places for places, _ in found]), np.concatenate([np.zeros(0), *(scores for _, scores in found)])

    def bounded_idf(self, passages_with_it: int) -> float:
        """The inverse document frequency of a term, above 0 and at most 7.

        It is the logarithm of the number of all passages divided by the number of passages with the term. Both are
        counted as if there were 100 more passages, one of them with the term. Otherwise every word of a library of
        three passages would be as common as "the".

        Source:
            Spärck Jones, "A statistical interpretation of term specificity and its application in retrieval", 1972,
            smoothed.
        """
        return min(_HIGHEST_IDF, math.log((self._size + _TEXTS_READ_BEFORE) / (passages_with_it + 1)))

    def _scored(self, held: Held, terms: Sequence[str], idf: dict[str, float], average: float) -> tuple[Places, Floats]:
        total, touched = np.zeros(len(held.segment)), np.zeros(len(held.segment), dtype=np.bool_)
        for term in terms:
            rows, counts = held.with_term(term)
            lengths = held.segment.lengths[rows].astype(np.float64)
            weighed = counts + _OKAPI.k1 * (1 - _OKAPI.b + _OKAPI.b * lengths / average)
            total[rows] += idf[term] * (counts * (_OKAPI.k1 + 1) / weighed)
            touched[rows] = True
        found = np.flatnonzero(touched)
        return found + held.start, total[found]

    def _idf(self, held: int) -> float:
        """The idf of a term. Of one that most passages have it is below 0, and becomes a share of the average."""
        idf = math.log(self._size - held + 0.5) - math.log(held + 0.5)
        return idf if idf >= 0 else float(_OKAPI.epsilon * self._average_idf)

    @cached_property
    def _average_idf(self) -> float:
        """The mean over all terms. Only where a question has a term of most passages is it needed."""
        held: dict[bytes, int] = {}
        for each in self._segments:
            terms = each.segment.terms
            for term, count in zip(terms.terms, terms.held(each.gone_passages).tolist(), strict=True):
                held[term] = held.get(term, 0) + count
        counts = np.array([count for count in held.values() if count], dtype=np.float64)
        return float(np.mean(np.log(self._size - counts + 0.5) - np.log(counts + 0.5)))


def _joined(places: Sequence[Places]) -> Places:
    return np.concatenate([np.zeros(0, dtype=np.int64), *places])
