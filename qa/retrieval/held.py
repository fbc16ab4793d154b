"""A segment within the index: where its places begin, and which of its documents are gone since it was made."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qa.retrieval.occurrences import Mask, Occurrences
from qa.retrieval.segment import Segment

Places = npt.NDArray[np.int64]
_NONE: Places = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Held:
    """A segment, the file that it was saved to, and the rows of its documents that are gone.

    A passage has a place in the index: `start` and its row in the segment.
    """

    segment: Segment
    start: int
    path: Path | None = None
    gone: frozenset[int] = frozenset()
    rows: dict[str, int] = field(default_factory=dict, repr=False)  # a document's id -> its row

    @classmethod
    def of(cls, segment: Segment, path: Path | None = None) -> "Held":
        """A segment of which nothing is gone, and which begins at place 0."""
        ids = (each.decode() for each in segment.ids)
        return cls(segment, 0, path, rows={document_id: row for row, document_id in enumerate(ids)})

    @property
    def end(self) -> int:
        """The place after its last one."""
        return self.start + len(self.segment)

    @cached_property
    def kept_documents(self) -> Mask:
        """Which documents are there, shape (documents,)."""
        kept = np.ones(len(self.segment.ids), dtype=np.bool_)
        kept[list(self.gone)] = False
        return kept

    @cached_property
    def gone_passages(self) -> Mask | None:
        """Which passages are gone, shape (passages,); None where none is."""
        return self.segment.passages_of(~self.kept_documents) if self.gone else None

    @cached_property
    def size(self) -> int:
        """How many passages are there."""
        gone = self.gone_passages
        return len(self.segment) - (0 if gone is None else int(np.count_nonzero(gone)))

    @cached_property
    def length(self) -> int:
        """How many terms the passages have together."""
        lengths, gone = self.segment.lengths, self.gone_passages
        return int((lengths if gone is None else lengths[~gone]).sum(dtype=np.int64))

    def row(self, document_id: str) -> int | None:
        """The row of a document; None where it is not there."""
        row = self.rows.get(document_id)
        return None if row is None or row in self.gone else row

    def places(self, document_row: int) -> range:
        """The places of a document's passages."""
        firsts = self.segment.firsts
        return range(self.start + int(firsts[document_row]), self.start + int(firsts[document_row + 1]))

    def passage_id(self, place: int) -> str:
        """The id of the passage at a place."""
        local, firsts = place - self.start, self.segment.firsts
        row = int(np.searchsorted(firsts, local, side="right")) - 1
        return f"{self.segment.ids.text(row)}:{local - int(firsts[row])}"

    def with_term(self, term: str) -> tuple[Places, Places]:
        """The rows of the passages that have a term, ascending, and how often each has it."""
        return _found(self.segment.terms, term, self.gone_passages)

    def with_word(self, word: str) -> tuple[Places, Places]:
        """The rows of the documents that have a word as it is spelt, and how often each has it."""
        return _found(self.segment.words, word, ~self.kept_documents if self.gone else None)

    def with_initials(self, piece: str) -> list[int]:
        """The places of the passages that have this among their initials."""
        gone = self.gone_passages
        rows = self.segment.initials.rows_with(piece.encode("utf-8", "surrogatepass"))
        return [self.start + row for row in rows if gone is None or not gone[row]]


def _found(among: Occurrences, term: str, gone: Mask | None) -> tuple[Places, Places]:
    there = among.found(term)
    if there.start == there.stop:
        return _NONE, _NONE
    rows, counts = among.rows[there], among.counts[there]
    if gone is not None:
        kept = ~gone[rows]
        rows, counts = rows[kept], counts[kept]
    return rows.astype(np.int64), counts.astype(np.int64)
