"""Lexical retrieval: BM25 over the terms of every passage, held in memory and kept in step with the library."""

import heapq
import re
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.document import Document, Passage
from ingest.reading.file_types import without_suffix
from ingest.store.library import Library
from qa.analysis.acronyms import initial_letters, long_form
from qa.analysis.asked import Asked, initials_wanted, question_terms
from qa.analysis.tokens import further_terms, terms
from qa.analysis.word_forms import folded
from qa.retrieval.bm25 import GrowingBM25

_SPELT = re.compile(r"[^\W\d_]{3,}")
_WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Matches:
    """What the library's words say of a question and some passages.

    `weights` and `known` have an entry for each thing that the question is about: how rare it is, above 0 and at most
    7, and whether any passage has it. `present` has a row for each passage, of an entry for each thing: whether it
    stands there. `names` are the terms of the documents' names.
    """

    weights: tuple[float, ...]
    known: tuple[bool, ...]
    present: tuple[tuple[bool, ...], ...]
    names: frozenset[str]

    def first(self, count: int) -> "Matches":
        """The same of the first `count` passages alone."""
        return replace(self, present=self.present[:count])


class LexicalIndex:
    """BM25 over a library. Safe for several threads.

    Each question first brings it into step: documents that came are read and added, those that went are dropped, and
    nothing else is touched. `documents` are always all that the library holds now.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._bm25 = GrowingBM25()
        self._passages: list[Passage] = []
        self._first: dict[str, int] = {}  # a document's id -> the place of its first passage
        self._initials: list[str] = []
        self._spelt: Counter[str] = Counter()
        self._documents: set[Document] = set()
        self._changing = threading.Lock()

    def catch_up(self, documents: Collection[Document]) -> None:
        """Bring the index into step with the documents."""
        with self._changing:
            self._catch_up(documents)

    def search(
        self, question: str, count: int, documents: Collection[Document], among: Collection[Document]
    ) -> list[Passage]:
        """At most `count` passages of the documents `among` that share a term with the question, best first."""
        asked = question_terms(question)
        with self._changing:
            self._catch_up(documents)
            chosen = {document.id for document in among}
            short = {letters: set(self._with_initials(letters)) for letters in initials_wanted(asked)}
            places = [
                place
                for place, passage in enumerate(self._passages)
                if passage.document_id in chosen
                and (
                    not self._bm25.doc_freqs[place].keys().isdisjoint(asked)
                    or any(place in there for there in short.values())
                )
            ]
            scores = self._scores(asked, places, short)
            best = heapq.nlargest(count, zip(scores, (-place for place in places), strict=True))
            return [self._passages[-place] for _, place in best]

    def match(
        self, question: str, about: Sequence[Asked], passages: Sequence[Passage], documents: Collection[Document]
    ) -> Matches:
        """What the words say of these passages; those that are no longer in the library have none."""
        asked = question_terms(question)
        with self._changing:
            self._catch_up(documents)
            short = {letters: set(self._with_initials(letters)) for letters in initials_wanted(asked)}
            places = [self._place(passage) for passage in passages]
            counts = [self._holding(each, short) for each in about]
            return Matches(
                tuple(self._bm25.weight(count) for count in counts),
                tuple(count > 0 for count in counts),
                tuple(self._row(about, place, short) for place in places),
                frozenset(term for document in documents for term in _terms_of_name(document.name)),
            )

    def with_phrases(
        self, phrases: Sequence[str], documents: Collection[Document], among: Collection[Document]
    ) -> list[Passage]:
        """The passages of the documents `among` in which all these phrases stand, in the library's order.

        Letter case, typographic variants and white space are set aside; name and heading are searched too.
        """
        wanted = [_plain(phrase) for phrase in phrases]
        with self._changing:
            self._catch_up(documents)
            names = {document.id: document.name for document in among}
            return [
                passage
                for passage in self._passages
                if passage.document_id in names
                and all(phrase in _plain(searched_text(passage, names[passage.document_id])) for phrase in wanted)
            ]

    def spelt(self, documents: Collection[Document]) -> Counter[str]:
        """How often each word of at least three letters stands in the passages, letter case set aside; a copy."""
        with self._changing:
            self._catch_up(documents)
            return Counter(self._spelt)

    def standing_for(self, letters: str, documents: Collection[Document]) -> str | None:
        """The words that an acronym most often stands for in the library, as they stand there; None where none do."""
        with self._changing:
            self._catch_up(documents)
            found = Counter(
                words
                for place in self._with_initials(letters)
                if (words := long_form(letters, searched_text(self._passages[place], "")))
            )
        return found.most_common(1)[0][0] if found else None

    def _scores(self, asked: Sequence[str], places: Sequence[int], short: dict[str, set[int]]) -> list[float]:
        if not places:
            return []
        scores = self._bm25.get_batch_scores(list(asked), list(places))
        for there in short.values():
            weight = self._bm25.weight(len(there))
            scores = [score + (weight if place in there else 0.0) for score, place in zip(scores, places, strict=True)]
        return [float(score) for score in scores]

    def _row(self, about: Sequence[Asked], place: int | None, short: dict[str, set[int]]) -> tuple[bool, ...]:
        if place is None:
            return (False,) * len(about)
        own = self._bm25.doc_freqs[place].keys()
        return tuple(
            each.stands_in(own) or any(place in short[letters] for letters in initials_wanted(each.terms))
            for each in about
        )

    def _holding(self, asked: Asked, short: dict[str, set[int]]) -> int:
        """How many passages have a thing that is asked for; of several terms that would do, the commonest counts."""
        counts = [self._bm25.holding[term] for term in asked.terms]
        counts += [len(short[letters]) for letters in initials_wanted(asked.terms)]
        if not any(counts) and asked.parts:
            counts = [sum(asked.parts <= own.keys() for own in self._bm25.doc_freqs)]
        return max(counts)

    def _with_initials(self, letters: str) -> Iterable[int]:
        """The places of passages in which words with these initials stand together."""
        return (
            place
            for place, own in enumerate(self._initials)
            if letters in own and long_form(letters, searched_text(self._passages[place], ""))
        )

    def _place(self, passage: Passage) -> int | None:
        first = self._first.get(passage.document_id)
        place = None if first is None else first + passage.ordinal
        return place if place is not None and place < len(self._passages) and self._passages[place] == passage else None

    def _catch_up(self, documents: Collection[Document]) -> None:
        gone = self._documents - set(documents)
        if gone:
            ids = {document.id for document in gone}
            self._bm25.drop([place for place, passage in enumerate(self._passages) if passage.document_id in ids])
            for passage in self._passages:
                if passage.document_id in ids:
                    self._spelt.subtract(_spelt(passage))
            self._spelt += Counter()
            kept = [place for place, passage in enumerate(self._passages) if passage.document_id not in ids]
            self._initials = [self._initials[place] for place in kept]
            self._passages = [self._passages[place] for place in kept]
            self._documents -= gone
        new = [document for document in documents if document not in self._documents]
        if new:
            self._add(new)
        if gone or new:
            places = reversed(list(enumerate(self._passages)))
            self._first = {passage.document_id: place for place, passage in places}

    def _add(self, new: Sequence[Document]) -> None:
        passages = list(self._library.passages(new))
        names = {document.id: document.name for document in new}
        texts = [searched_text(passage, names[passage.document_id]) for passage in passages]
        self._bm25.add([terms(text) for text in texts], [further_terms(text) for text in texts])
        self._initials += [initial_letters(text) for text in texts]
        for passage in passages:
            self._spelt.update(_spelt(passage))
        self._passages += passages
        self._documents |= set(new)


def searched_text(passage: Passage, name: str) -> str:
    """What lexical retrieval reads of a passage: the document's name and the heading before the text."""
    return "\n".join([name, passage.heading or "", passage.text])


@lru_cache(maxsize=20_000)
def _terms_of_name(name: str) -> frozenset[str]:
    return frozenset(terms(without_suffix(name)))


def _spelt(passage: Passage) -> list[str]:
    return _SPELT.findall(folded(f"{passage.heading or ''}\n{passage.text}"))


def _plain(text: str) -> str:
    return _WHITE_SPACE.sub(" ", folded(text)).strip()
