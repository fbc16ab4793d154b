"""Lexical retrieval: BM25 over the terms of all passages, held in memory and updated with the library."""

import re
import threading
from collections import Counter
from collections.abc import Collection, Sequence
from functools import reduce

import numpy as np

from ingest.document import Document, Passage, headed_text
from ingest.store.library import Library
from qa.analysis.concepts import Concept, initials_wanted, question_terms
from qa.analysis.names import names
from qa.analysis.tokens import terms
from qa.analysis.word_forms import folded
from qa.retrieval.indexed import IndexedPassages, searched_text
from qa.retrieval.matches import Matches, in_name, terms_of_name
from qa.retrieval.postings import Floats, Mask, Places

_BEGINNING = 200  # characters of a document that say what it is about
_WHITE_SPACE = re.compile(r"\s+")


class LexicalIndex:
    """BM25 over a library. Safe for several threads.

    `catch_up` updates it: it adds new documents and removes those that are no longer in the library. All other methods
    use the state of the last `catch_up`.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._indexed = IndexedPassages()
        self._names: dict[str, str] = {}  # a document's id -> its name
        self._revision: int | None = None  # the library's revision when it was last read
        self._changing = threading.Lock()

    def catch_up(self) -> None:
        """Update the index with the changes of the library. Raises LibraryUnavailable."""
        with self._changing:
            revision = self._library.revision  # read before the list, so that no change in between is missed
            if revision != self._revision:
                self._indexed.take_in(self._library)
                self._names = {document.id: document.name for document in self._indexed.documents}
                self._revision = revision

    def documents(self) -> list[Document]:
        """The documents in the index, in the library's order."""
        with self._changing:
            return list(self._indexed.documents)

    def search(self, question: str, count: int, among: Collection[Document]) -> list[Passage]:
        """Find the passages that share a term with the question, by BM25.

        Args:
            question: The question as text.
            count: The most passages to return.
            among: The documents to search.

        Returns:
            The passages, best first. A passage with the long form of an acronym in the question counts, too.

        Source:
            Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, as `rank_bm25`
            computes it.
        """
        asked = question_terms(question)
        with self._changing:
            places, scores = self._scores(asked)
            mask = self._indexed.mask(among)
            if mask is not None:
                places, scores = places[mask[places]], scores[mask[places]]
            return [self._indexed.passage(place) for place in _best(places, scores, count)]

    def match(self, question: str, about: Sequence[Concept], passages: Sequence[Passage]) -> Matches:
        """Match the concepts of a question with passages. A passage that is no longer in the library has none."""
        asked = question_terms(question)
        with self._changing:
            short = self._short(asked)
            places = self._indexed.places(passages)
            counts = [self._holding(each, short) for each in about]
            present = [self._having(each, places, short) for each in about]
            otherwise = [self._any(each.synonyms, places) & ~there for each, there in zip(about, present, strict=True)]
            return Matches(
                tuple(self._indexed.postings.bounded_idf(count) for count in counts),
                tuple(count > 0 for count in counts),
                _rows(present, len(passages)),
                _rows(otherwise, len(passages)),
                tuple(in_name(about, self._names.get(passage.document_id, "")) for passage in passages),
                frozenset(term for name in self._names.values() for term in terms_of_name(name)),
            )

    def subject(self, document_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The terms of a document's name and of its beginning, which say what it is about; and those of names there."""
        with self._changing:
            first = self._indexed.first(document_id)
            name = terms_of_name(self._names.get(document_id, ""))
        if first is None:
            return name, frozenset()
        beginning = headed_text(first.text, first.heading)[:_BEGINNING]
        named = frozenset(term for each in names(beginning) for term in each.terms)
        return name | set(terms(beginning)), named

    def with_phrases(self, phrases: Sequence[str], among: Collection[Document]) -> list[Passage]:
        """The passages of the documents `among` that have all these phrases, in the order of the index.

        Case, typographic variants and white space do not matter. Name and heading are searched, too.
        """
        wanted = [_plain_phrase(phrase) for phrase in phrases]
        with self._changing:
            names = {document.id: document.name for document in among}
            return [
                passage
                for passage in self._indexed.passages()
                if passage.document_id in names and _has_all(wanted, searched_text(passage, names[passage.document_id]))
            ]

    def is_known(self, some: Collection[str]) -> bool:
        """Whether any passage has one of these terms."""
        with self._changing:
            return any(self._indexed.postings.count(term) for term in some)

    def spelt(self) -> Counter[str]:
        """How often each word of at least three letters occurs in the passages, without case. Returns a copy."""
        with self._changing:
            return Counter(self._indexed.spelt)

    def standing_for(self, letters: str) -> str | None:
        """The words that an acronym most often stands for in the library, as they are written; None without any."""
        with self._changing:
            found = Counter(words for _, words in self._indexed.with_initials(letters))
        return found.most_common(1)[0][0] if found else None

    def _scores(self, asked: Sequence[str]) -> tuple[Places, Floats]:
        """The places of the passages that have one of these terms, ascending, and their scores."""
        places, scores = self._indexed.postings.scores(asked)
        for there in self._short(asked).values():
            every = np.union1d(places, there)
            joined = np.zeros(len(every))
            joined[np.searchsorted(every, places)] = scores
            joined[np.searchsorted(every, there)] += self._indexed.postings.bounded_idf(len(there))
            places, scores = every, joined
        return places, scores

    def _short(self, asked: Collection[str]) -> dict[str, Places]:
        """For the initials among these terms the places of the passages with the words that they stand for."""
        return {
            letters: np.array([place for place, _ in self._indexed.with_initials(letters)], dtype=np.int64)
            for letters in initials_wanted(asked)
        }

    def _having(self, asked: Concept, places: Places, short: dict[str, Places]) -> Mask:
        """Which of the passages at these places have a concept."""
        found = self._any(asked.terms, places)
        for letters in initials_wanted(asked.terms):
            found |= np.isin(places, short[letters])
        if asked.parts:
            found |= reduce(np.logical_and, [self._indexed.postings.have(part, places) for part in asked.parts])
        return found

    def _any(self, some: Collection[str], places: Places) -> Mask:
        """Which of the passages at these places have one of these terms."""
        found = np.zeros(len(places), dtype=np.bool_)
        for term in some:
            found |= self._indexed.postings.have(term, places)
        return found

    def _holding(self, asked: Concept, short: dict[str, Places]) -> int:
        """How many passages have a concept. Of several matching terms, the most frequent one counts."""
        counts = [self._indexed.postings.count(term) for term in asked.terms]
        counts += [len(short[letters]) for letters in initials_wanted(asked.terms)]
        if not any(counts) and asked.parts:
            counts = [self._indexed.postings.count_with_all(asked.parts)]
        return max(counts)


def _best(places: Places, scores: Floats, count: int) -> list[int]:
    """The places with the highest scores, best first; of equal scores, the lower place is first."""
    if len(places) > count:
        least = np.partition(scores, -count)[-count]
        places, scores = places[scores >= least], scores[scores >= least]
    return [int(place) for place in places[np.lexsort((places, -scores))[:count]]]


def _rows(columns: Sequence[Mask], rows: int) -> tuple[tuple[bool, ...], ...]:
    """A row for each passage, with an entry for each concept."""
    if not columns:
        return ((),) * rows
    return tuple(tuple(row) for row in np.stack(columns, axis=1).tolist())


def _has_all(phrases: Sequence[str], text: str) -> bool:
    plain = _plain_phrase(text)
    return all(phrase in plain for phrase in phrases)


def _plain_phrase(text: str) -> str:
    return _WHITE_SPACE.sub(" ", folded(text)).strip()
