"""Lexical retrieval: BM25 over the terms of all passages, held in memory and updated with the library."""

import heapq
import re
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from ingest.document import Document, Passage, headed_text
from ingest.reading.file_types import file_type
from ingest.store.library import Library
from qa.analysis.acronyms import initial_letters, long_form
from qa.analysis.concepts import Concept, initials_wanted, question_terms
from qa.analysis.names import names
from qa.analysis.numbered import numbers_of_heading, numbers_of_page
from qa.analysis.tokens import further_terms, terms
from qa.analysis.word_forms import folded
from qa.retrieval.bm25 import GrowingBM25
from qa.retrieval.matches import Matches, in_name, said_otherwise, terms_of_name

_SPELT = re.compile(r"[^\W\d_]{3,}")
_BEGINNING = 200  # characters of a document that say what it is about
_WHITE_SPACE = re.compile(r"\s+")


class LexicalIndex:
    """BM25 over a library. Safe for several threads.

    `catch_up` updates it: it adds new documents and removes those that are no longer in the library. All other methods
    use the state of the last `catch_up`.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._bm25 = GrowingBM25()
        self._passages: list[Passage] = []
        self._first: dict[str, int] = {}  # a document's id -> the place of its first passage
        self._initials: list[str] = []
        self._spelt: Counter[str] = Counter()
        self._documents: list[Document] = []
        self._names: dict[str, str] = {}  # a document's id -> its name
        self._revision: int | None = None  # the library's revision when it was last read
        self._changing = threading.Lock()

    def catch_up(self) -> None:
        """Update the index with the changes of the library. Raises LibraryUnavailable."""
        with self._changing:
            revision = self._library.revision  # read before the list, so that no change in between is missed
            if revision != self._revision:
                self._take_in(self._library.documents())
                self._revision = revision

    def documents(self) -> list[Document]:
        """The documents in the index, in the library's order."""
        with self._changing:
            return list(self._documents)

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

    def match(self, question: str, about: Sequence[Concept], passages: Sequence[Passage]) -> Matches:
        """Match the concepts of a question with passages. A passage that is no longer in the library has none."""
        asked = question_terms(question)
        with self._changing:
            short = {letters: set(self._with_initials(letters)) for letters in initials_wanted(asked)}
            places = [self._place(passage) for passage in passages]
            counts = [self._holding(each, short) for each in about]
            others = [each.synonyms for each in about]
            rows = [self._row(about, place, short) for place in places]
            return Matches(
                tuple(self._bm25.bounded_idf(count) for count in counts),
                tuple(count > 0 for count in counts),
                tuple(rows),
                tuple(said_otherwise(others, there, self._terms(at)) for at, there in zip(places, rows, strict=True)),
                tuple(in_name(about, self._names.get(passage.document_id, "")) for passage in passages),
                frozenset(term for document in self._documents for term in terms_of_name(document.name)),
            )

    def subject(self, document_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The terms of a document's name and of its beginning, which say what it is about; and those of names there."""
        with self._changing:
            place = self._first.get(document_id)
            first = self._passages[place] if place is not None else None
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
                for passage in self._passages
                if passage.document_id in names and _has_all(wanted, searched_text(passage, names[passage.document_id]))
            ]

    def is_known(self, some: Collection[str]) -> bool:
        """Whether any passage has one of these terms."""
        with self._changing:
            return any(self._bm25.holding[term] > 0 for term in some)

    def spelt(self) -> Counter[str]:
        """How often each word of at least three letters occurs in the passages, without case. Returns a copy."""
        with self._changing:
            return Counter(self._spelt)

    def standing_for(self, letters: str) -> str | None:
        """The words that an acronym most often stands for in the library, as they are written; None without any."""
        with self._changing:
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
            idf = self._bm25.bounded_idf(len(there))
            scores = [score + (idf if place in there else 0.0) for score, place in zip(scores, places, strict=True)]
        return [float(score) for score in scores]

    def _row(self, about: Sequence[Concept], place: int | None, short: dict[str, set[int]]) -> tuple[bool, ...]:
        own = self._terms(place)
        return tuple(
            each.stands_in(own) or any(place in short[letters] for letters in initials_wanted(each.terms))
            for each in about
        )

    def _terms(self, place: int | None) -> Collection[str]:
        """The terms of a passage; none of one that is no longer in the library."""
        return () if place is None else self._bm25.doc_freqs[place].keys()

    def _holding(self, asked: Concept, short: dict[str, set[int]]) -> int:
        """How many passages have a concept. Of several matching terms, the most frequent one counts."""
        counts = [self._bm25.holding[term] for term in asked.terms]
        counts += [len(short[letters]) for letters in initials_wanted(asked.terms)]
        if not any(counts) and asked.parts:
            counts = [sum(asked.parts <= own.keys() for own in self._bm25.doc_freqs)]
        return max(counts)

    def _with_initials(self, letters: str) -> Iterable[int]:
        """The places of the passages that have words with these initials in a row."""
        return (
            place
            for place, own in enumerate(self._initials)
            if letters in own and long_form(letters, searched_text(self._passages[place], ""))
        )

    def _place(self, passage: Passage) -> int | None:
        first = self._first.get(passage.document_id)
        place = None if first is None else first + passage.ordinal
        return place if place is not None and place < len(self._passages) and self._passages[place] == passage else None

    def _take_in(self, documents: Sequence[Document]) -> None:
        held = set(self._documents)
        gone = held - set(documents)
        new = [document for document in documents if document not in held]
        self._documents = [document for document in self._documents if document not in gone]
        if gone:
            self._drop({document.id for document in gone})
        if new:
            self._add_document(new)
        if gone or new:
            places = reversed(list(enumerate(self._passages)))
            self._first = {passage.document_id: place for place, passage in places}
        self._documents = list(documents)
        self._names = {document.id: document.name for document in documents}

    def _drop(self, ids: Collection[str]) -> None:
        self._bm25.drop([place for place, passage in enumerate(self._passages) if passage.document_id in ids])
        for passage in self._passages:
            if passage.document_id in ids:
                self._spelt.subtract(_spelt_words(passage))
        self._spelt += Counter()
        kept = [place for place, passage in enumerate(self._passages) if passage.document_id not in ids]
        self._initials = [self._initials[place] for place in kept]
        self._passages = [self._passages[place] for place in kept]

    def _add_document(self, new: Sequence[Document]) -> None:
        passages = list(self._library.passages(new))
        names = {document.id: document.name for document in new}
        texts = [searched_text(passage, names[passage.document_id]) for passage in passages]
        types = {document.id: file_type(document.type) for document in new}
        numbers = [_numbers(passage, types[passage.document_id].page_word) for passage in passages]
        further = [further_terms(text) | own for text, own in zip(texts, numbers, strict=True)]
        self._bm25.add([terms(text) for text in texts], further)
        self._initials += [initial_letters(text) for text in texts]
        for passage in passages:
            self._spelt.update(_spelt_words(passage))
        self._passages += passages


def searched_text(passage: Passage, name: str) -> str:
    """The text that lexical retrieval reads: the document's name and the heading, then the passage.

    Without a heading, its line is empty, so that words of the name and of the text never form an acronym.
    """
    return "\n".join([name, passage.heading or "", passage.text])


def _numbers(passage: Passage, page_word: str | None) -> set[str]:
    """The terms of the numbers of a passage's headings and of its page."""
    return numbers_of_heading(passage.heading or "") | numbers_of_page(page_word, passage.page, passage.page_name)


def _spelt_words(passage: Passage) -> list[str]:
    return _SPELT.findall(folded(headed_text(passage.text, passage.heading)))


def _has_all(phrases: Sequence[str], text: str) -> bool:
    plain = _plain_phrase(text)
    return all(phrase in plain for phrase in phrases)


def _plain_phrase(text: str) -> str:
    return _WHITE_SPACE.sub(" ", folded(text)).strip()
