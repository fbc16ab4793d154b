"""Lexical retrieval: BM25 over the words of every passage, held in memory and kept in step with the library."""

import heapq
import math
import threading
from collections import Counter
from collections.abc import Collection, Sequence

from rank_bm25 import BM25Okapi

from ingest.document import Document, Passage
from ingest.library import Library
from qa.words import words

_RAREST = 7.0
_READ_BEFORE = 100


class _GrowingBM25(BM25Okapi):  # type: ignore[misc] # the package has no types
    """BM25Okapi to which texts can be added and from which they can be taken, with the same scores as one made new.

    rank_bm25 counts words once, when it is made; here the counts are kept, so that a change costs its own words and
    one pass over the vocabulary.
    """

    doc_freqs: list[dict[str, int]]
    doc_len: list[int]
    idf: dict[str, float]

    def __init__(self) -> None:
        self._holding: Counter[str] = Counter()  # word -> number of texts with it
        self._length = 0
        super().__init__([])

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> Counter[str]:
        for text in corpus:
            counts = dict(Counter(text))
            self.doc_freqs.append(counts)
            self.doc_len.append(len(text))
            self._holding.update(counts.keys())
            self._length += len(text)
        self.corpus_size = len(self.doc_freqs)
        self.avgdl = max(self._length, 1) / max(self.corpus_size, 1)
        return self._holding

    def _calc_idf(self, nd: Counter[str]) -> None:
        self.idf = {}
        if nd:
            super()._calc_idf(nd)

    def add(self, texts: Sequence[Sequence[str]]) -> None:
        self._calc_idf(self._initialize(texts))

    def rarity(self, word: str) -> float:
        return min(_RAREST, math.log((self.corpus_size + _READ_BEFORE) / (self._holding[word] + 1)))

    def drop(self, places: Collection[int]) -> None:
        gone = set(places)
        for place in gone:
            self._holding.subtract(self.doc_freqs[place].keys())
            self._length -= self.doc_len[place]
        self._holding += Counter()  # forgets the words that no text has any more
        self.doc_freqs = [counts for place, counts in enumerate(self.doc_freqs) if place not in gone]
        self.doc_len = [length for place, length in enumerate(self.doc_len) if place not in gone]
        self._calc_idf(self._initialize([]))


class LexicalIndex:
    """BM25 over a library. Safe for several threads.

    Each question first brings it into step: documents that came are read and added, those that went are dropped, and
    nothing else is touched.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._bm25 = _GrowingBM25()
        self._passages: list[Passage] = []
        self._documents: set[Document] = set()
        self._changing = threading.Lock()

    def catch_up(self, documents: Collection[Document]) -> None:
        """Bring the index into step with `documents`, which are all that the library holds now."""
        with self._changing:
            self._catch_up(documents)

    def search(
        self, question: str, count: int, documents: Collection[Document], among: Collection[Document]
    ) -> list[Passage]:
        """At most `count` passages of the documents `among` that share a word with the question, best first.

        `documents` are all that the library holds now.
        """
        asked = words(question)
        with self._changing:
            self._catch_up(documents)
            chosen = {document.id for document in among}
            places = [
                place
                for place, passage in enumerate(self._passages)
                if passage.document_id in chosen and not self._bm25.doc_freqs[place].keys().isdisjoint(asked)
            ]
            if not places:
                return []
            scores = self._bm25.get_batch_scores(asked, places)
            best = heapq.nlargest(count, zip(scores, (-place for place in places), strict=True))
            return [self._passages[-place] for _, place in best]

    def rarities(self, asked: Collection[str], documents: Collection[Document]) -> dict[str, float]:
        """How rare each word is among the passages of `documents`, which are all that the library holds now, above 0.

        It is the logarithm of all passages by those that hold the word, as though 100 more had been read, one of which
        holds it: so a library of three passages does not make every word as common as "the". At most 7.
        """
        with self._changing:
            self._catch_up(documents)
            return {word: self._bm25.rarity(word) for word in asked}

    def _catch_up(self, documents: Collection[Document]) -> None:
        gone = self._documents - set(documents)
        if gone:
            ids = {document.id for document in gone}
            self._bm25.drop([place for place, passage in enumerate(self._passages) if passage.document_id in ids])
            self._passages = [passage for passage in self._passages if passage.document_id not in ids]
            self._documents -= gone
        new = [document for document in documents if document not in self._documents]
        if new:
            passages = list(self._library.passages(new))
            names = {document.id: document.name for document in new}
            self._bm25.add([words(_searched_text(passage, names[passage.document_id])) for passage in passages])
            self._passages += passages
            self._documents |= set(new)


def _searched_text(passage: Passage, name: str) -> str:
    return "\n".join([name, passage.heading or "", passage.text])
