"""The lexical index follows its library: only what is new is read, and segments of like size become one.

Each change makes a small segment. Where the one before is less than twice as large, both are joined, so there are only
as many segments as the number of passages can be halved, and each passage is moved as often.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from ingest.document import Document, Passage
from ingest.store.library import Library
from qa.retrieval.held import Held
from qa.retrieval.index_state import IndexState
from qa.retrieval.segment import join, segment_of, state_of

_SMALL = 1000  # passages of two segments that become one in any case
_AT_ONCE = 20_000  # passages that are analysed at a time: their texts are in memory


def caught_up(before: IndexState, library: Library) -> IndexState:
    """The index as the library is now. Raises LibraryUnavailable."""
    documents = library.documents()
    segments = _without_gone(before, documents)
    there = {document_id for each in segments for document_id, row in each.rows.items() if row not in each.gone}
    new = [document for document in documents if document.id not in there]
    for batch in _batches(new):
        segments.append(_analysed(batch, library))
        segments = _joined_where_alike(segments)
    return IndexState(documents, _in_a_row(_joined_where_alike(segments)))


def opened(segments: Iterable[Held], documents: Sequence[Document]) -> IndexState:
    """The index from segments that were saved, for those documents that are still as they were then."""
    states, taken = {document.id: state_of(document) for document in documents}, set[str]()
    kept = list[Held]()
    for each in sorted(segments, key=lambda held: -len(held.segment)):
        own = {
            document_id
            for document_id, row in each.rows.items()
            if states.get(document_id) == each.segment.states[row] and document_id not in taken
        }
        taken |= own
        kept.append(_only(each, own))
    return IndexState([each for each in documents if each.id in taken], _in_a_row(kept))


def _without_gone(before: IndexState, documents: Sequence[Document]) -> list[Held]:
    """The segments without what is no longer in the library, or is not as it was."""
    held = {document.id: document for document in before.documents}
    same = {each.id for each in documents if (old := held.get(each.id)) is not None and (old is each or old == each)}
    return list(before.segments) if len(same) == len(held) else [_only(each, same) for each in before.segments]


def _only(held: Held, document_ids: set[str]) -> Held:
    gone = frozenset(row for document_id, row in held.rows.items() if document_id not in document_ids)
    return held if gone <= held.gone else replace(held, gone=gone | held.gone)


def _analysed(documents: Sequence[Document], library: Library) -> Held:
    passages: dict[str, list[Passage]] = {document.id: [] for document in documents}
    for passage in library.passages(documents):
        passages[passage.document_id].append(passage)
    return Held.of(segment_of(documents, passages))


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    batch, size = list[Document](), 0
    for document in documents:
        batch.append(document)
        size += document.passages
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _joined_where_alike(segments: Sequence[Held]) -> list[Held]:
    """The segments, the largest first, where each is at least twice as large as the next one."""
    kept: list[Held] = []
    for each in sorted((each for each in segments if each.size), key=lambda held: -held.size):
        kept.append(_renewed([each]) if 2 * each.size < len(each.segment) else each)
        while len(kept) > 1 and _are_alike(*kept[-2:]):
            kept[-2:] = [_renewed(kept[-2:])]
    return kept


def _are_alike(larger: Held, smaller: Held) -> bool:
    return larger.size < 2 * smaller.size or larger.size + smaller.size < _SMALL


def _renewed(parts: Sequence[Held]) -> Held:
    return Held.of(join([(each.segment, each.kept_documents) for each in parts]))


def _in_a_row(segments: Sequence[Held]) -> list[Held]:
    """The segments with their places one after the other."""
    starts = np.cumsum([0, *(len(each.segment) for each in segments)]).tolist()
    return [
        each if each.start == start else replace(each, start=start)
        for each, start in zip(segments, starts, strict=False)
    ]
