"""What the lexical index knows of a library at one time. It is never changed: a change makes another one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from ingest.document import Document, Documents, Passage
from qa.analysis.acronyms import written_initials
from qa.retrieval.held import Held, Places
from qa.retrieval.matches import terms_of_name
from qa.retrieval.occurrences import Mask
from qa.retrieval.postings import Postings
from qa.retrieval.segment import print_of


class IndexState:
    """Documents, and the segments that have their passages. Each passage has a place; those of a document are in a row.

    Args:
        documents: The documents, in the library's order.
        segments: The segments; the places of each one begin where those of the one before end.
    """

    def __init__(self, documents: Sequence[Document] = (), segments: Sequence[Held] = ()) -> None:
        self.documents = Documents(documents)
        self.segments = segments
        self.postings = Postings(segments)
        self.names = {document.id: document.name for document in documents}

    @property
    def end(self) -> int:
        """The place after the last one."""
        return self.segments[-1].end if self.segments else 0

    @cached_property
    def spelt(self) -> "SpeltWords":
        """The words as they are spelt."""
        return SpeltWords(self.segments)

    @cached_property
    def terms_of_names(self) -> frozenset[str]:
        """The terms of the names of all documents."""
        return frozenset(term for name in self.names.values() for term in terms_of_name(name))

    def ids(self, places: Sequence[int]) -> list[str]:
        """The ids of the passages at these places."""
        return [next(each for each in self.segments if place < each.end).passage_id(place) for place in places]

    def places(self, passages: Sequence[Passage]) -> Places:
        """The place of each passage; -1 for one that is no longer in the library."""
        return np.array([self._place(passage) for passage in passages], dtype=np.int64)

    def mask(self, among: Collection[Document]) -> Mask | None:
        """Which places have a passage of these documents; None where they are all documents."""
        if len(among) == len(self.documents):
            return None
        mask = np.zeros(self.end, dtype=np.bool_)
        for document in among:
            places = self._places(document.id)
            mask[places.start : places.stop] = True
        return mask

    def beginning(self, document_id: str) -> str:
        """The beginning of a document's text; empty where the document is not there."""
        found = self._find(document_id)
        return found[0].segment.beginnings.text(found[1]) if found else ""

    def with_initials(self, letters: str) -> list[int]:
        """The places of the passages that have words with these initials in a row, ascending."""
        pieces = written_initials(letters)
        return sorted({place for each in self.segments for piece in pieces for place in each.with_initials(piece)})

    def _place(self, passage: Passage) -> int:
        found = self._find(passage.document_id)
        places = found[0].places(found[1]) if found else range(0)
        if found and passage.ordinal < len(places):
            place = places[passage.ordinal]
            if int(found[0].segment.prints[place - found[0].start]) == print_of(passage):
                return place
        return -1

    def _places(self, document_id: str) -> range:
        found = self._find(document_id)
        return found[0].places(found[1]) if found else range(0)

    def _find(self, document_id: str) -> tuple[Held, int] | None:
        """The segment with a document, and the document's row there."""
        for each in self.segments:
            if (row := each.row(document_id)) is not None:
                return each, row
        return None


class SpeltWords(Mapping[str, int]):
    """The words of at least three letters in the passages, without case; how often each occurs."""

    def __init__(self, segments: Sequence[Held]) -> None:
        self._segments = segments

    def __getitem__(self, word: str) -> int:
        """How often a word occurs. Raises KeyError for one that does not."""
        count = sum(int(each.with_word(word)[1].sum()) for each in self._segments)
        if not count:
            raise KeyError(word)
        return count

    def __iter__(self) -> Iterator[str]:
        """Each word once."""
        seen = set[bytes]()
        for each in self._segments:
            held = each.segment.words.held(~each.kept_documents if each.gone else None).tolist()
            seen.update(word for word, count in zip(each.segment.words.terms, held, strict=True) if count)
        return (word.decode("utf-8", "surrogatepass") for word in seen)

    def __len__(self) -> int:
        """How many words there are."""
        return sum(1 for _ in self)
