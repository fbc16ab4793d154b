"""BM25Okapi over postings: for each term, the texts that have it. The scores are those of rank_bm25.

A question reads only the texts that have one of its terms. A text that comes or goes costs the time for its own terms.
"""

import math
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

_HIGHEST_IDF = 7.0
_TEXTS_READ_BEFORE = 100
_OKAPI = BM25Okapi([["a"]])  # has the constants k1, b and epsilon

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Postings:
    """The terms of texts. A text is named by its place: the first one is 0, and each further one is one more.

    A place that was dropped is not used again. `compact` counts anew.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}  # a term -> its number
        # By the number of a term: the places of the texts that have it, ascending, also of some that were dropped; how
        # often each has it; and how many that were not dropped have it.
        self._places: list[array[int]] = []
        self._counts: list[array[int]] = []
        self._holding = array("I")
        # By place: the numbers of the text's terms, its length, and whether it is still there.
        self._own: list[array[int]] = []
        self._lengths = array("I")
        self._kept = bytearray()
        self._size = self._length = 0  # how many texts there are, and how long they are together
        self._average_idf: float | None = None

    def __len__(self) -> int:
        """How many texts there are."""
        return self._size

    def add(self, texts: Iterable[Sequence[str]], further: Sequence[Collection[str]] = ()) -> None:
        """Add texts, each as its terms. `further` are terms of each text that do not count towards its length."""
        for row, text in enumerate(texts):
            counts = Counter(text)
            for term in further[row] if further else ():
                counts.setdefault(term, 1)
            numbers = array("I", map(self._number, counts))
            for number, count in zip(numbers, counts.values(), strict=True):
                self._places[number].append(len(self._own))
                self._counts[number].append(count)
                self._holding[number] += 1
            self._own.append(numbers)
            self._lengths.append(len(text))
            self._kept.append(1)
            self._size += 1
            self._length += len(text)
        self._average_idf = None

    def drop(self, places: Iterable[int]) -> None:
        """Remove the texts at these places. The others keep theirs."""
        for place in places:
            for number in self._own[place]:
                self._holding[number] -= 1
            self._own[place] = array("I")
            self._kept[place] = 0
            self._size -= 1
            self._length -= self._lengths[place]
        self._average_idf = None

    def compact(self) -> Places | None:
        """Where most places were dropped, forget them. The others move up.

        Returns:
            The old places in their new order, shape (texts,); None where all places are as they were.
        """
        mask = _bools(self._kept)
        kept = np.flatnonzero(mask)
        if 2 * len(kept) >= len(mask):
            return None
        moved, renumbered = np.cumsum(mask) - 1, np.zeros(len(self._numbers), dtype=np.int64)
        held = {term: number for term, number in self._numbers.items() if self._holding[number]}
        for new, old in enumerate(held.values()):
            renumbered[old] = new
            there = mask[places := _values(self._places[old])]
            self._counts[new] = _packed(_values(self._counts[old])[there])
            self._places[new] = _packed(moved[places[there]])
            self._holding[new] = self._holding[old]
        del self._places[len(held) :], self._counts[len(held) :], self._holding[len(held) :]
        self._numbers = {term: new for new, term in enumerate(held)}
        self._own = [_packed(renumbered[_values(self._own[place])]) for place in kept]
        self._lengths = _packed(_values(self._lengths)[mask])
        self._kept = bytearray(b"\1" * len(kept))
        return kept

    def count(self, term: str) -> int:
        """How many texts have a term."""
        number = self._numbers.get(term)
        return 0 if number is None else self._holding[number]

    def count_with_all(self, terms: Iterable[str]) -> int:
        """How many texts have all these terms."""
        there = reduce(np.intersect1d, [self._places_of(term) for term in terms])
        return int(np.count_nonzero(_bools(self._kept)[there]))

    def have(self, term: str, places: Places) -> Mask:
        """Which of the texts at these places have a term. A place below 0 stands for a text that is not there."""
        there = self._places_of(term)
        if not len(there):
            return np.zeros(len(places), dtype=np.bool_)
        at = np.minimum(np.searchsorted(there, places), len(there) - 1)
        return np.asarray(there[at] == places)

    def scores(self, terms: Sequence[str]) -> tuple[Places, Floats]:
        """Score the texts that have one of these terms by BM25.

        Args:
            terms: The terms of the question. One that is there twice counts twice.

        Returns:
            The places of the texts, ascending, and the score of each, both of shape (texts,).

        Source:
            `BM25Okapi.get_scores` of rank_bm25, with its constants and its least idf.
        """
        total, touched = np.zeros(len(self._own)), np.zeros(len(self._own), dtype=np.bool_)
        average = max(self._length, 1) / max(self._size, 1)
        for term in terms:
            number = self._numbers.get(term)
            if number is None or not self._holding[number]:
                continue
            places, counts = _values(self._places[number]), _values(self._counts[number]).astype(np.float64)
            lengths = _values(self._lengths)[places]
            weighed = counts + _OKAPI.k1 * (1 - _OKAPI.b + _OKAPI.b * lengths / average)
            total[places] += self._idf(number) * (counts * (_OKAPI.k1 + 1) / weighed)
            touched[places] = True
        found = np.flatnonzero(touched & _bools(self._kept))
        return found, total[found]

    def bounded_idf(self, texts_with_it: int) -> float:
        """The inverse document frequency of a term, above 0 and at most 7.

        It is the logarithm of the number of all texts divided by the number of texts with the term. Both are counted as
        if there were 100 more texts, one of them with the term. Otherwise every word of a library of three passages
        would be as common as "the".

        Source:
            Spärck Jones, "A statistical interpretation of term specificity and its application in retrieval", 1972,
            smoothed.
        """
        return min(_HIGHEST_IDF, math.log((self._size + _TEXTS_READ_BEFORE) / (texts_with_it + 1)))

    def _idf(self, number: int) -> float:
        """The idf of a term. Of one that most texts have it is below 0, and becomes a share of the average."""
        held, texts = self._holding[number], self._size
        idf = math.log(texts - held + 0.5) - math.log(held + 0.5)
        if idf >= 0:
            return idf
        if self._average_idf is None:
            each = _values(self._holding).astype(np.float64)
            each = each[each > 0]
            self._average_idf = float(np.mean(np.log(texts - each + 0.5) - np.log(each + 0.5)))
        return float(_OKAPI.epsilon * self._average_idf)

    def _places_of(self, term: str) -> npt.NDArray[np.uintc]:
        """The places of the texts that have a term, ascending, also of some that were dropped."""
        number = self._numbers.get(term)
        return _values(array("I") if number is None else self._places[number])

    def _number(self, term: str) -> int:
        """The number of a term; a new one for a new term."""
        number = self._numbers.setdefault(term, len(self._numbers))
        if number == len(self._places):
            self._places.append(array("I"))
            self._counts.append(array("I"))
            self._holding.append(0)
        return number


def _values(kept: "array[int]") -> npt.NDArray[np.uintc]:
    """The numbers of an array, not copied. While they are used, the array cannot grow."""
    return np.frombuffer(kept, dtype=np.uintc) if kept else np.zeros(0, dtype=np.uintc)


def _packed(values: npt.NDArray[np.integer]) -> "array[int]":
    return array("I", values.astype(np.uintc).tobytes())


def _bools(kept: bytearray) -> Mask:
    return np.frombuffer(kept, dtype=np.bool_) if kept else np.zeros(0, dtype=np.bool_)
