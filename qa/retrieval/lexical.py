"""Lexical retrieval: BM25 over the terms of all passages, updated with the library and kept beside it."""

import re
import threading
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache, reduce

import numpy as np

from ingest.document import Document, Documents, Passage
from ingest.store.library import Library
from qa.analysis.acronyms import acronyms, has_small_words, letters_of, long_form, longer_initials
from qa.analysis.concepts import Concept, initials_wanted, question_terms
from qa.analysis.names import names
from qa.analysis.spelling import Mended, codes_mended, is_common, mended
from qa.analysis.tokens import further_terms, terms
from qa.analysis.word_forms import folded
from qa.retrieval.catching_up import caught_up, opened
from qa.retrieval.held import Places
from qa.retrieval.index_folder import IndexFolder
from qa.retrieval.index_state import IndexState
from qa.retrieval.matches import Matches, in_name, terms_of_name
from qa.retrieval.occurrences import Mask
from qa.retrieval.postings import Floats
from qa.retrieval.segment import searched_text

_READ_FOR_CAPITALS = 20  # passages that are read to see whether a word is an acronym there
_READ_FOR_ACRONYM = 300  # passages that are read to see what an acronym most often stands for
_SUBJECTS = 500  # documents whose subject is kept: the same ones are found again and again
_WHITE_SPACE = re.compile(r"\s+")


class LexicalIndex:
    """BM25 over a library. Safe for several threads.

    `catch_up` updates it: it adds new documents and removes those that are no longer in the library. All other methods
    use the state of the last `catch_up`. The texts of passages stay in the library; the index has their terms, as files
    beside the library that are mapped. So a start reads no text.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folder = IndexFolder(library.home.folder, lambda: not library.nearly_full())
        self._state = IndexState()
        self._revision: int | None = None  # the library's revision when it was last read
        self._changing = threading.Lock()

    def catch_up(self) -> None:
        """Update the index with the changes of the library. Raises LibraryUnavailable."""
        with self._changing:
            revision = self._library.revision  # read before the list, so that no change in between is missed
            if revision == self._revision:
                return
            before = self._state
            if self._revision is None:
                before = opened(self._folder.segments(), self._library.documents())
            now = caught_up(before, self._library)
            self._state = IndexState(now.documents, self._folder.keep(now.segments))
            self._revision = revision

    def documents(self) -> Documents:
        """The documents in the index, in the library's order."""
        return self._state.documents

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
        return self._library.passages_of(self.search_ids(question, count, among))

    def search_ids(self, question: str, count: int, among: Collection[Document]) -> list[str]:
        """The ids of these passages. One that is just being removed may be among them."""
        state = self._state
        places, scores = _scores(state, question_terms(question))
        mask = state.mask(among)
        if mask is not None:
            places, scores = places[mask[places]], scores[mask[places]]
        return state.ids(_best(places, scores, count))

    def match(self, question: str, about: Sequence[Concept], passages: Sequence[Passage]) -> Matches:
        """Match the concepts of a question with passages. A passage that is no longer in the library has none."""
        state = self._state
        short = _short(state, question_terms(question))
        places = state.places(passages)
        present = [_having(state, each, places, short) | _spelt(state, each, passages, places) for each in about]
        counts = [_holding(state, each, short) or int(there.sum()) for each, there in zip(about, present, strict=True)]
        otherwise = [_any(state, each.synonyms, places) & ~there for each, there in zip(about, present, strict=True)]
        return Matches(
            tuple(state.postings.bounded_idf(count) for count in counts),
            tuple(
                count > 0 or _may_be_elsewhere(state, each, places) for each, count in zip(about, counts, strict=True)
            ),
            _rows(present, len(passages)),
            _rows(otherwise, len(passages)),
            tuple(in_name(about, state.names.get(passage.document_id, "")) for passage in passages),
            state.terms_of_names,
            tuple(not there.any() for there in present),
        )

    def subject(self, document_id: str) -> tuple[frozenset[str], frozenset[str]]:
        """The terms of a document's name and of its beginning, which say what it is about; and those of names there."""
        return _subject(self._state.names.get(document_id, ""), self._state.beginning(document_id))

    def with_phrases(self, phrases: Sequence[str], among: Collection[Document]) -> list[Passage]:
        """The passages of the documents `among` that have all these phrases, in the order of the index.

        A phrase is whole words. Case, typographic variants and white space do not matter. Name and heading are
        searched, too.
        """
        state, wanted = self._state, [_plain_phrase(phrase) for phrase in phrases]
        places = np.arange(state.end)
        for word in {word for phrase in phrases for word in phrase.split()}:
            own = {*terms(word), *further_terms(word)}
            if own:
                places = places[_any(state, own, places)]
        mask = state.mask(among)
        places = places if mask is None else places[mask[places]]
        return [
            passage
            for passage in self._library.passages_of(state.ids(places.tolist()))
            if (name := state.names.get(passage.document_id)) is not None
            and _has_all(wanted, searched_text(passage, name))
        ]

    def is_known(self, some: Collection[str]) -> bool:
        """Whether any passage has one of these terms."""
        return any(self._state.postings.count(term) for term in some)

    def mended(self, question: str) -> Mended:
        """A question without its typing errors; see `qa.analysis.spelling`."""
        words = mended(question, self._state.spelt)
        codes = codes_mended(words.question, lambda code: self.is_known([code]))
        return Mended(codes.question, (*words.changes, *codes.changes))

    def acronym_of(self, letters: str, words: str) -> str | None:
        """The acronym with these letters, as the library writes it, if it may stand for these words there; else None.

        It may where the library never says what it stands for, or says it in these words. One of the words may give two
        letters, as in SENCO, "special educational needs coordinator".
        """
        longer = [each for each in longer_initials(letters, words) if not is_common(each)]
        every = (self._acronym_of(each, words) for each in dict.fromkeys([letters, *longer]))
        return next(filter(None, every), None)

    def _acronym_of(self, letters: str, words: str) -> str | None:
        state = self._state
        places = state.postings.places(letters)[:_READ_FOR_CAPITALS]
        texts = [passage.text for passage in self._library.passages_of(state.ids(places.tolist()))]
        written = next((each for text in texts for each in acronyms(text) if letters_of(each) == letters), None)
        if written is None:
            return None
        meant = self._long_forms(letters)[0]
        return written if not meant or any(terms(each) == terms(words) for each in meant) else None

    def standing_for(self, letters: str) -> str | None:
        """The words that an acronym most often stands for in the library, as they are written; None without any.

        Words in a passage with the acronym come before others, whose initials may be the same by chance, and words with
        small ones among them after others.
        """
        found = next(filter(None, self._long_forms(letters)), Counter[str]())
        return max(found, key=lambda words: (not has_small_words(words), found[words]), default=None)

    def _long_forms(self, letters: str) -> tuple[Counter[str], Counter[str]]:
        """The words with these initials, with how often: those in a passage that has the acronym, and the others."""
        state = self._state
        places = state.with_initials(letters)
        some = np.array(places[:: 1 + len(places) // _READ_FOR_ACRONYM], dtype=np.int64)
        beside = state.postings.have(letters, some)
        return self._long_forms_at(letters, some[beside]), self._long_forms_at(letters, some[~beside])

    def _long_forms_at(self, letters: str, places: Places) -> Counter[str]:
        read = self._library.passages_of(self._state.ids(places.tolist()))
        forms = (long_form(letters, searched_text(passage, "")) for passage in read)
        return Counter(words for words in forms if words)


@lru_cache(_SUBJECTS)
def _subject(name: str, beginning: str) -> tuple[frozenset[str], frozenset[str]]:
    named = frozenset(term for each in names(beginning) for term in each.terms)
    return terms_of_name(name) | set(terms(beginning)), named


def _scores(state: IndexState, asked: Sequence[str]) -> tuple[Places, Floats]:
    """The places of the passages that have one of these terms, ascending, and their scores."""
    places, scores = state.postings.scores(asked)
    for there in _short(state, asked).values():
        every = np.union1d(places, there)
        joined = np.zeros(len(every))
        joined[np.searchsorted(every, places)] = scores
        joined[np.searchsorted(every, there)] += state.postings.bounded_idf(len(there))
        places, scores = every, joined
    return places, scores


def _short(state: IndexState, asked: Collection[str]) -> dict[str, Places]:
    """For the initials among these terms the places of the passages with the words that they stand for."""
    return {letters: np.array(state.with_initials(letters), dtype=np.int64) for letters in initials_wanted(asked)}


def _having(state: IndexState, asked: Concept, places: Places, short: dict[str, Places]) -> Mask:
    """Which of the passages at these places have a concept."""
    found = _any(state, asked.terms, places)
    for letters in initials_wanted(asked.terms):
        found |= np.isin(places, short[letters])
    return found


def _spelt(state: IndexState, asked: Concept, passages: Sequence[Passage], places: Places) -> Mask:
    """Which of the passages at these places have a code or a number in another spelling."""
    found = np.zeros(len(places), dtype=np.bool_)
    if asked.parts:
        with_all = reduce(np.logical_and, [state.postings.have(term, places) for term in asked.terms_of_parts])
        for at in np.flatnonzero(with_all).tolist():
            name = state.names.get(passages[at].document_id, "")
            found[at] = asked.is_spelt_in(searched_text(passages[at], name))
    return found


def _may_be_elsewhere(state: IndexState, asked: Concept, places: Places) -> bool:
    """Whether a passage at another place has all parts of a code: it was not read, and may spell it otherwise."""
    if not asked.parts:
        return False
    with_all = reduce(np.intersect1d, [state.postings.places(term) for term in asked.terms_of_parts])
    return bool(np.setdiff1d(with_all, places).size)


def _any(state: IndexState, some: Collection[str], places: Places) -> Mask:
    """Which of the passages at these places have one of these terms."""
    found = np.zeros(len(places), dtype=np.bool_)
    for term in some:
        found |= state.postings.have(term, places)
    return found


def _holding(state: IndexState, asked: Concept, short: dict[str, Places]) -> int:
    """How many passages have a concept. Of several matching terms, the most frequent one counts."""
    counts = [state.postings.count(term) for term in asked.terms]
    counts += [len(short[letters]) for letters in initials_wanted(asked.terms)]
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
