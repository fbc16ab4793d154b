"""A segment of the lexical index: some documents, and what is known of each of their passages. It is never changed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from ingest.document import Document, Passage, headed_text
from ingest.reading.file_types import file_type
from qa.analysis.acronyms import initial_letters
from qa.analysis.numbered import numbers_of_heading, numbers_of_page
from qa.analysis.tokens import further_terms, terms
from qa.analysis.word_forms import folded
from qa.retrieval.occurrences import Mask, Occurrences, joined
from qa.retrieval.packed import Ends, Packed

BEGINNING = 200  # characters of a document that say what it is about
_SPELT = re.compile(r"[^\W\d_]{3,}")

Lengths = npt.NDArray[np.uint32]
Prints = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Segment:
    """Documents and their passages, which are in a row: those of document `d` begin at place `firsts[d]`.

    `ids`, `states` and `beginnings` have an entry for each document: its id, what changes when the document does, and
    the beginning of its text. `words` has the words of each document as they are spelt. All others are by passage:
    `lengths` in terms, `prints` to tell its text from another one, the `initials` of its words, and its `terms`.
    """

    ids: Packed
    states: Packed
    beginnings: Packed
    firsts: Ends
    words: Occurrences
    lengths: Lengths
    prints: Prints
    initials: Packed
    terms: Occurrences

    def __len__(self) -> int:
        """How many passages it has."""
        return len(self.lengths)

    def passages_of(self, documents: Mask) -> Mask:
        """Which passages belong to these documents, shape (passages,)."""
        return np.repeat(documents, np.diff(self.firsts))


def segment_of(documents: Sequence[Document], passages: Mapping[str, Sequence[Passage]]) -> Segment:
    """Analyse documents.

    Args:
        documents: The documents.
        passages: Their passages in order, by the id of the document.
    """
    every = [(document, passage) for document in documents for passage in passages[document.id]]
    texts = [searched_text(passage, document.name) for document, passage in every]
    analysed = [terms(text) for text in texts]
    counted = [_counted(*each) for each in zip(analysed, texts, every, strict=True)]
    own = [passages[document.id] for document in documents]
    return Segment(
        ids=Packed.of(document.id for document in documents),
        states=Packed.of(state_of(document) for document in documents),
        beginnings=Packed.of(headed_text(each[0].text, each[0].heading)[:BEGINNING] if each else "" for each in own),
        firsts=np.cumsum([0, *map(len, own)], dtype=np.int64),
        words=Occurrences.of(Counter(word for passage in each for word in _spelt_words(passage)) for each in own),
        lengths=np.array([len(each) for each in analysed], dtype=np.uint32),
        prints=np.array([print_of(passage) for _, passage in every], dtype=np.uint64),
        initials=Packed.of(initial_letters(text) + "\n" for text in texts),
        terms=Occurrences.of(counted),
    )


def join(parts: Sequence[tuple[Segment, Mask]]) -> Segment:
    """One segment of several, without the documents that are gone.

    Args:
        parts: The segments, each with its documents to keep, shape (documents,).
    """
    kept = [(each, documents, each.passages_of(documents)) for each, documents in parts]
    sizes = np.concatenate([np.diff(each.firsts)[documents] for each, documents, _ in kept])
    return Segment(
        ids=Packed.of(_kept((each.ids, documents) for each, documents, _ in kept)),
        states=Packed.of(_kept((each.states, documents) for each, documents, _ in kept)),
        beginnings=Packed.of(_kept((each.beginnings, documents) for each, documents, _ in kept)),
        firsts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        words=joined([(each.words, documents) for each, documents, _ in kept]),
        lengths=np.concatenate([each.lengths[passages] for each, _, passages in kept]),
        prints=np.concatenate([each.prints[passages] for each, _, passages in kept]),
        initials=Packed.of(_kept((each.initials, passages) for each, _, passages in kept)),
        terms=joined([(each.terms, passages) for each, _, passages in kept]),
    )


def searched_text(passage: Passage, name: str) -> str:
    """The text that lexical retrieval reads: the document's name and the heading, then the passage.

    Without a heading, its line is empty, so that words of the name and of the text never form an acronym.
    """
    return "\n".join([name, passage.heading or "", passage.text])


def state_of(document: Document) -> bytes:
    """Eight bytes that differ where anything that is known of a document does."""
    return blake2b(repr(document).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def print_of(passage: Passage) -> int:
    """A number that differs where a passage does: its text, heading or place."""
    read = repr((passage.text, passage.heading, passage.page, passage.page_name, passage.cells))
    return int.from_bytes(blake2b(read.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _counted(analysed: Sequence[str], text: str, of: tuple[Document, Passage]) -> Counter[str]:
    """The terms of a passage with their counts. Further terms count once, and not towards its length."""
    document, passage = of
    counts = Counter(analysed)
    for term in further_terms(text) | _numbers(passage, document):
        counts.setdefault(term, 1)
    return counts


def _numbers(passage: Passage, document: Document) -> set[str]:
    """The terms of the numbers of a passage's headings and of its page."""
    page_word = file_type(document.type).page_word
    return numbers_of_heading(passage.heading or "") | numbers_of_page(page_word, passage.page, passage.page_name)


def _spelt_words(passage: Passage) -> list[str]:
    return _SPELT.findall(folded(headed_text(passage.text, passage.heading)))


def _kept(parts: "Iterator[tuple[Packed, Mask]]") -> Iterator[bytes]:
    for texts, mask in parts:
        yield from (text for text, there in zip(texts, mask.tolist(), strict=True) if there)
