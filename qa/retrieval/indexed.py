"""The passages of a library as lexical retrieval holds them: a place each, with its terms, initials and spelling."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from ingest.document import Document, Passage, headed_text
from ingest.reading.file_types import file_type
from ingest.store.library import Library
from qa.analysis.acronyms import initial_letters, long_form
from qa.analysis.numbered import numbers_of_heading, numbers_of_page
from qa.analysis.tokens import further_terms, terms
from qa.analysis.word_forms import folded
from qa.retrieval.postings import Mask, Places, Postings

_SPELT = re.compile(r"[^\W\d_]{3,}")


class IndexedPassages:
    """What is known of each passage, by its place. The passages of a document have places in a row."""

    def __init__(self) -> None:
        self.postings = Postings()
        self.spelt: Counter[str] = Counter()  # how often each word is in the passages
        self.documents: Sequence[Document] = ()
        self._passages: list[Passage | None] = []
        self._initials: list[str] = []
        self._places: dict[str, range] = {}  # by the id of a document

    def take_in(self, library: Library) -> None:
        """Become as the library is now: only what is new is read, only what is gone is dropped."""
        documents = library.documents()
        held, there = set(self.documents), set(documents)
        for document in self.documents:
            if document not in there:
                self._drop(self._places.pop(document.id))
        self._compact()
        new = [document for document in documents if document not in held]
        if new:
            self._add(new, list(library.passages(new)))
        self.documents = documents

    def passage(self, place: int) -> Passage:
        """The passage at a place. Raises LookupError where it was dropped."""
        passage = self._passages[place]
        if passage is None:
            raise LookupError(place)
        return passage

    def passages(self) -> Iterator[Passage]:
        """All passages, in the order of their places."""
        return (passage for passage in self._passages if passage)

    def first(self, document_id: str) -> Passage | None:
        """The first passage of a document; None where the document is not there."""
        places = self._places.get(document_id)
        return self._passages[places[0]] if places else None

    def places(self, passages: Sequence[Passage]) -> Places:
        """The place of each passage; -1 for one that is no longer in the library."""
        return np.array([self._place(passage) for passage in passages], dtype=np.int64)

    def mask(self, among: Collection[Document]) -> Mask | None:
        """Which places have a passage of these documents; None where they are all documents."""
        if len(among) == len(self.documents):
            return None
        mask = np.zeros(len(self._passages), dtype=np.bool_)
        for document in among:
            places = self._places.get(document.id, range(0))
            mask[places.start : places.stop] = True
        return mask

    def with_initials(self, letters: str) -> Iterator[tuple[int, str]]:
        """The places of the passages that have words with these initials in a row, and the words as they are there."""
        for place, own in enumerate(self._initials):
            if letters in own and (words := long_form(letters, searched_text(self.passage(place), ""))):
                yield place, words

    def _place(self, passage: Passage) -> int:
        places = self._places.get(passage.document_id, range(0))
        if passage.ordinal < len(places) and self._passages[places[passage.ordinal]] == passage:
            return places[passage.ordinal]
        return -1

    def _drop(self, places: range) -> None:
        self.postings.drop(places)
        for place in places:
            for word in _spelt_words(self.passage(place)):
                self.spelt[word] -= 1
                if not self.spelt[word]:
                    del self.spelt[word]
            self._passages[place], self._initials[place] = None, ""

    def _compact(self) -> None:
        """Where most passages were dropped, the others move up."""
        kept = self.postings.compact()
        if kept is not None:
            self._passages = [self._passages[place] for place in kept]
            self._initials = [self._initials[place] for place in kept]
            self._places = _in_a_row([self.passage(place) for place in range(len(kept))], 0)

    def _add(self, new: Sequence[Document], passages: Sequence[Passage]) -> None:
        of = {document.id: document for document in new}
        texts = [searched_text(passage, of[passage.document_id].name) for passage in passages]
        further = [
            further_terms(text) | _numbers(passage, of[passage.document_id])
            for text, passage in zip(texts, passages, strict=True)
        ]
        self.postings.add(map(terms, texts), further)
        self._initials += [initial_letters(text) for text in texts]
        for passage in passages:
            self.spelt.update(_spelt_words(passage))
        self._places |= _in_a_row(passages, len(self._passages))
        self._passages += passages


def searched_text(passage: Passage, name: str) -> str:
    """The text that lexical retrieval reads: the document's name and the heading, then the passage.

    Without a heading, its line is empty, so that words of the name and of the text never form an acronym.
    """
    return "\n".join([name, passage.heading or "", passage.text])


def _in_a_row(passages: Sequence[Passage], start: int) -> dict[str, range]:
    """The places of each document's passages, where the first of all passages has the place `start`."""
    places: dict[str, range] = {}
    for place, passage in enumerate(passages, start):
        first = places.get(passage.document_id, range(place, place)).start
        places[passage.document_id] = range(first, place + 1)
    return places


def _numbers(passage: Passage, document: Document) -> set[str]:
    """The terms of the numbers of a passage's headings and of its page."""
    page_word = file_type(document.type).page_word
    return numbers_of_heading(passage.heading or "") | numbers_of_page(page_word, passage.page, passage.page_name)


def _spelt_words(passage: Passage) -> list[str]:
    return _SPELT.findall(folded(headed_text(passage.text, passage.heading)))
