"""Postings: for each term, sorted, the rows that have it and how often. Never changed, so that they can be mapped."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.retrieval.packed import Ends, Packed

Rows = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.uint16]
Mask = npt.NDArray[np.bool_]

_MOST = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The terms of some rows. What belongs to the term `t` is in `rows` and `counts` from `starts[t]` on.

    `starts` has one more entry than there are terms. The rows of a term are ascending.
    """

    terms: Packed
    starts: Ends
    rows: Rows
    counts: Counts

    @classmethod
    def of(cls, counted: Iterable[Mapping[str, int]]) -> "Occurrences":
        """The terms of rows, each given as its terms with their counts."""
        numbers: dict[str, int] = {}
        terms, rows, counts = array("I"), array("I"), array("H")
        for row, texts in enumerate(counted):
            terms.extend([numbers.setdefault(term, len(numbers)) for term in texts])
            rows.extend([row] * len(texts))
            counts.extend([min(count, _MOST) for count in texts.values()])
        keys = [term.encode("utf-8", "surrogatepass") for term in numbers]
        return sorted_by_term(keys, _array(terms, np.uint32), _array(rows, np.uint32), _array(counts, np.uint16))

    def found(self, term: str) -> slice:
        """Where the entries of a term are; empty where no row has it."""
        number = self.terms.row_of(term)
        return slice(0, 0) if number < 0 else slice(int(self.starts[number]), int(self.starts[number + 1]))

    def held(self, gone: Mask | None) -> npt.NDArray[np.int64]:
        """How many rows have each term, without those that are `gone`, shape (terms,)."""
        if gone is None or not len(self.rows):
            return np.diff(self.starts)
        return np.add.reduceat((~gone[self.rows]).astype(np.int64), self.starts[:-1])


def sorted_by_term(keys: Sequence[bytes], terms: npt.NDArray[np.uint32], rows: Rows, counts: Counts) -> Occurrences:
    """Occurrences of entries in any order of terms, where the rows of each term are ascending.

    Args:
        keys: The terms in the order of their numbers. One without an entry is left out.
        terms: For each entry the number of its term, shape (entries,).
        rows: The row of each entry.
        counts: How often the term is in that row.
    """
    used = np.flatnonzero(np.bincount(terms, minlength=len(keys)))
    order = sorted(used.tolist(), key=keys.__getitem__)
    place = np.zeros(len(keys), dtype=np.uint32)
    place[order] = np.arange(len(order), dtype=np.uint32)
    placed = place[terms]
    by_term = np.argsort(placed, kind="stable")
    starts = np.zeros(len(order) + 1, dtype=np.int64)
    np.cumsum(np.bincount(placed, minlength=len(order)), out=starts[1:])
    return Occurrences(Packed.of(keys[each] for each in order), starts, rows[by_term], counts[by_term])


def joined(parts: Sequence[tuple[Occurrences, Mask]]) -> Occurrences:
    """One from several: the rows of the first one that are kept, then those of the next one, and so on.

    Args:
        parts: The occurrences, each with the rows to keep, shape (rows,).
    """
    numbers: dict[bytes, int] = {}
    terms, rows, counts = list[npt.NDArray[np.uint32]](), list[Rows](), list[Counts]()
    first = 0
    for part, kept in parts:
        own = np.array([numbers.setdefault(term, len(numbers)) for term in part.terms], dtype=np.uint32)
        there = kept[part.rows]
        moved = (np.cumsum(kept) - 1 + first).astype(np.uint32)
        terms.append(np.repeat(own, np.diff(part.starts))[there])
        rows.append(moved[part.rows[there]])
        counts.append(part.counts[there])
        first += int(np.count_nonzero(kept))
    return sorted_by_term(list(numbers), *(_concatenated(each) for each in (terms, rows, counts)))


def _concatenated(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.uint32)


def _array(values: "array[int]", kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.frombuffer(values, dtype=kind) if values else np.zeros(0, dtype=kind)
