"""BM25Okapi with texts that can be added and removed. Its scores are those of a newly made index."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from rank_bm25 import BM25Okapi

_HIGHEST_IDF = 7.0
_TEXTS_READ_BEFORE = 100


class GrowingBM25(BM25Okapi):  # type: ignore[misc] # the package has no types
    """rank_bm25's BM25Okapi, kept up to date.

    rank_bm25 counts words once, when it is made. Here the counts are kept. So a change costs the time for its own words
    and for one pass over the vocabulary.
    """

    doc_freqs: list[dict[str, int]]
    doc_len: list[int]
    idf: dict[str, float]

    def __init__(self) -> None:
        self.holding: Counter[str] = Counter()  # term -> number of texts with it
        self._length = 0
        super().__init__([])

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> Counter[str]:
        for text in corpus:
            self._count(Counter(text), len(text))
        return self._counted()

    def _count(self, counts: Mapping[str, int], length: int) -> None:
        self.doc_freqs.append(dict(counts))
        self.doc_len.append(length)
        self.holding.update(counts.keys())
        self._length += length

    def _counted(self) -> Counter[str]:
        self.corpus_size = len(self.doc_freqs)
        self.avgdl = max(self._length, 1) / max(self.corpus_size, 1)
        return self.holding

    def _calc_idf(self, nd: Counter[str]) -> None:
        self.idf = {}
        if nd:
            super()._calc_idf(nd)

    def add(self, texts: Sequence[Sequence[str]], further: Sequence[Collection[str]] = ()) -> None:
        """Add texts, each as its terms. `further` are terms of each text that do not count towards its length."""
        for place, text in enumerate(texts):
            counts = Counter(text)
            for term in further[place] if further else ():
                counts.setdefault(term, 1)
            self._count(counts, len(text))
        self._calc_idf(self._counted())

    def drop(self, places: Collection[int]) -> None:
        """Remove the texts at these places. Later texts move up."""
        gone = set(places)
        for place in gone:
            self.holding.subtract(self.doc_freqs[place].keys())
            self._length -= self.doc_len[place]
        self.holding += Counter()  # removes the terms that no text has any more
        self.doc_freqs = [counts for place, counts in enumerate(self.doc_freqs) if place not in gone]
        self.doc_len = [length for place, length in enumerate(self.doc_len) if place not in gone]
        self._calc_idf(self._counted())

    def bounded_idf(self, texts_with_it: int) -> float:
        """The inverse document frequency of a term, above 0 and at most 7.

        It is the logarithm of the number of all texts divided by the number of texts with the term. Both are counted as
        if there were 100 more texts, one of them with the term. Otherwise every word of a library of three passages
        would be as common as "the".

        Source:
            Spärck Jones, "A statistical interpretation of term specificity and its application in retrieval", 1972,
            smoothed.
        """
        return min(_HIGHEST_IDF, math.log((self.corpus_size + _TEXTS_READ_BEFORE) / (texts_with_it + 1)))
