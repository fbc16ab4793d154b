"""One question searched for by meaning and by words, until there are enough different candidates."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial

from ingest.document import Documents, Passage
from ingest.embedding.bi_encoder import Vectors
from ingest.store.library import Library
from qa.options import Mode
from qa.retrieval.families import candidates_and_alike, families
from qa.retrieval.fusion import fuse
from qa.retrieval.lexical import LexicalIndex
from qa.retrieval.question import Question

# How many times as many passages as candidates are searched for: further ones only where passages are alike.
_WIDER = (1, 4, 16)


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that become candidates, best first, and both rankings that they are from, as ids of passages.

    `alike` has, by the id of a passage that is a candidate, those with nearly the same text that are none. `vectors`
    has those of the candidates, shape (width,) each, by the ids of the passages; it is empty where none was fetched.
    """

    passages: Sequence[Passage]
    dense: Sequence[str]
    lexical: Sequence[str]
    alike: Mapping[str, Sequence[Passage]] = field(default_factory=dict)
    vectors: Mapping[str, Vectors] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched: a question, its vector, the mode and the documents.

    `vector` makes the vector, shape (width,), which takes a while: the search by words has begun by then.
    `held` are the passages with all phrases of the question, the most similar first; None where it has no phrases.
    `beside` has the threads for what can be done at the same time.
    """

    library: Library
    lexical: LexicalIndex
    question: Question
    mode: Mode
    vector: Callable[[], Vectors]
    documents: Documents
    held: Sequence[Passage] | None
    beside: Executor
    _read: dict[str, Passage] = field(default_factory=dict, init=False)  # what was fetched from the library so far

    def run(self, count: int) -> Found:
        """Search for `count` candidates. Of passages that are nearly the same, only a few are candidates."""
        for wider in _WIDER:
            found = self._found(count, wider)
            is_all = max(len(found.dense), len(found.lexical)) < wider * count
            if len(found.passages) >= count or not found.alike or is_all:
                break
        return found

    def ranked(self, count: int) -> tuple[list[str], list[str]]:
        """The passages by meaning and by words, as ids, at most `count` of each, best first; none in a mode without."""
        held = self.held
        by_words = partial(self.lexical.search_ids, self.question.searched, len(held or ()) or count, self.documents)
        if self.mode == "lexical":
            return [], by_words()
        words = self.beside.submit(by_words) if self.mode == "hybrid" else None
        if held is None:
            dense = self.library.nearest_ids(self.vector(), count, self.documents)
        else:
            dense = [each.id for each in held]
        return dense, words.result() if words else []

    def _found(self, count: int, wider: int) -> Found:
        """The candidates among the first `wider * count` of each ranking."""
        dense, lexical = self.ranked(wider * count)
        joined = _only(self.held, fuse([dense, lexical]))
        # Most questions find no passages that are alike, and need no look at more than the first ones.
        needs_no_more = wider == 1 and self.held is None
        first = self._passages(joined[:count] if needs_no_more else joined)
        vectors = self.beside.submit(self.library.vectors, first) if needs_no_more else None
        present = self.lexical.match(self.question.text, self.question.about, first).present
        grouped = families(first, present, count)
        passages, alike = candidates_and_alike(grouped, first, self.documents.by_id)
        return Found(passages[:count], dense, lexical, alike, vectors.result() if vectors else {})

    def _passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids. One that was removed meanwhile is left out."""
        new = self.library.passages_of([each for each in ids if each not in self._read])
        self._read.update({passage.id: passage for passage in new})
        return [self._read[each] for each in ids if each in self._read]


def _only(held: Sequence[Passage] | None, ids: Sequence[str]) -> list[str]:
    """The passages that are in `held`, or all passages where it is None."""
    wanted = None if held is None else {passage.id for passage in held}
    return [each for each in ids if wanted is None or each in wanted]
