"""Find the words of a passage on its page by aligning both.

The text of a passage differs from the text of its page: hyphenated words are joined, headers are left out, and the
column names of a table are repeated in every row. So both are aligned as sequences are in biology: first the best local
alignment (Smith and Waterman 1981), then the best one of the rest (Waterman and Eggert 1987), as long as it is more
than chance.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.reading.formats.layout.line import HYPHEN_MARKS
from ingest.reading.page_images.words import UNSPACED, WORD

# Score of each letter of a word, up to eight, and of a word that follows the same word on the page as in the passage.
# Cost of leaving out a word of the page, and a word of the passage, such as the name of a column.
_LETTER, _UNSPACED_LETTER, _LONGEST, _FOLLOWS = 12, 30, 8, 10
_PAGE_GAP, _PASSAGE_GAP = 15, 2
# After the first alignment, another one counts only with this many words in a row, of this weight together.
_RUN_WORDS, _RUN_WEIGHT = 4, 200
# The share of the passage that must be found, and the share of the found words that must be beside each other.
_FOUND_SHARE, _BESIDE_SHARE = 0.4, 0.5
_MOST_ALIGNMENTS = 24
# No page that a person reads has more words. The most cells of an alignment's table.
_MOST_WORDS, _MOST_CELLS = 20_000, 15_000_000
_MOST_CHARACTERS = 100_000
_BROKEN_INTO = 3

_UNSPACED = re.compile(f"[{UNSPACED}]")
_HYPHENS = HYPHEN_MARKS + "\u00ad-\u2010"

Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    words: tuple[int, ...]


def matched(words: Sequence[str], passage: str) -> set[int]:
    """Find the words of a passage on a page.

    Args:
        words: The words of the page, in reading order.
        passage: The text of the passage.

    Returns:
        The indices of the words that belong to the passage. Empty where the passage is not on the page.

    >>> sorted(matched("Tea is hot. Milk is cold and infor- mation is free.".split(), "Milk is cold and information"))
    [3, 4, 5, 6, 7, 8]
    """
    wanted = [token for word in WORD.findall(passage[:_MOST_CHARACTERS]) if (token := _normal(word))]
    if len(words) > _MOST_WORDS or not wanted:
        return set()
    page = _tokens(words, frozenset(wanted))
    if not page:
        return set()
    wanted = wanted[: max(1, _MOST_CELLS // len(page))]
    found = _aligned([token.text for token in page], wanted)
    return {word for token in found for word in page[token].words}


def _normal(word: str) -> str:
    """The letters and digits of a word, without case and typographic variants."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(character for character in folded if character.isalnum())


def _tokens(words: Sequence[str], wanted: frozenset[str]) -> list[_Token]:
    """The words that have letters. Parts of a word that is whole in the passage become one token."""
    normal = [_normal(word) for word in words]
    found: list[_Token] = []
    start = 0
    while start < len(words):
        end = next(_whole(words, normal, start, wanted), start + 1)
        if text := "".join(normal[start:end]):
            found.append(_Token(text, tuple(range(start, end))))
        start = end
    return found


def _whole(words: Sequence[str], normal: Sequence[str], start: int, wanted: frozenset[str]) -> Iterator[int]:
    """The end of a word of the passage that begins at `start` and is in several pieces on the page."""
    for end in range(start + 2, min(start + _BROKEN_INTO, len(words)) + 1):
        pieces = normal[start:end]
        broken = words[end - 2][-1] in _HYPHENS or not all(piece in wanted for piece in pieces)
        if all(pieces) and broken and "".join(pieces) in wanted:
            yield end


def _aligned(page: Sequence[str], wanted: Sequence[str]) -> set[int]:
    """The indices of the page's tokens that belong to the passage."""
    weights = [_weight(token) for token in wanted]
    grid = _Grid(page, wanted, weights)
    said_again = _said_again(wanted)
    found: set[int] = set()
    used: set[int] = set()
    for number in range(_MOST_ALIGNMENTS):
        pairs = grid.best()
        if not pairs or (number and not _is_more_than_chance(pairs, wanted, weights, said_again)):
            break
        grid.take(pairs)
        pairs += _between(pairs, page, wanted, found, used)
        grid.take(pairs)
        found.update(place for place, _ in pairs)
        used.update(token for _, token in pairs)
    return found if _is_enough(found, used, wanted, weights) else set()


def _weight(token: str) -> int:
    return _UNSPACED_LETTER if _UNSPACED.match(token) else _LETTER * min(len(token), _LONGEST)


def _said_again(wanted: Sequence[str]) -> set[tuple[str, ...]]:
    """The runs of words that the passage has more than once, as it has the heads of columns."""
    runs = Counter(tuple(wanted[start : start + _RUN_WORDS]) for start in range(len(wanted) - _RUN_WORDS + 1))
    return {run for run, times in runs.items() if times > 1}


def _is_more_than_chance(
    pairs: Pairs, wanted: Sequence[str], weights: Sequence[int], said_again: set[tuple[str, ...]]
) -> bool:
    """Whether there is a long enough run of words that occurs only once in the passage."""
    run: list[int] = []
    for before, pair in pairwise([(-2, -2), *pairs]):
        run = [*run, pair[1]] if pair == (before[0] + 1, before[1] + 1) else [pair[1]]
        if len(run) >= _RUN_WORDS and sum(weights[token] for token in run) >= _RUN_WEIGHT:
            return not any(
                tuple(wanted[token] for token in run[start : start + _RUN_WORDS]) in said_again
                for start in range(len(run) - _RUN_WORDS + 1)
            )
    return False


class _Grid:
    """The scores of all pairs of a word of the passage (rows) and a word of the page (columns)."""

    def __init__(self, page: Sequence[str], wanted: Sequence[str], weights: Sequence[int]) -> None:
        numbers = {token: number for number, token in enumerate(dict.fromkeys([*page, *wanted]))}
        self._page = np.array([numbers[token] for token in page], dtype=np.int32)
        self._wanted = [numbers[token] for token in wanted]
        self._weights = weights
        self._gaps = np.arange(len(page), dtype=np.int32) * _PAGE_GAP
        self._taken = set[int]()

    def take(self, pairs: Pairs) -> None:
        """Leave these pairs out of the following alignments."""
        for place, token in pairs:
            self._page[place] = -1
            self._taken.add(token)

    def best(self) -> Pairs:
        """The pairs of the best alignment: the index of a word of the page and the index of a word of the passage."""
        size = len(self._page)
        scores = np.zeros((len(self._wanted) + 1, size + 1), dtype=np.int32)
        same_above = np.zeros(size, dtype=bool)
        for row, (token, weight) in enumerate(zip(self._wanted, self._weights, strict=True), 1):
            same = self._same(row - 1, token)
            reached = np.maximum(scores[row - 1, 1:] - _PASSAGE_GAP, 0)
            follows = np.concatenate(([False], same_above[:-1]))
            onward = scores[row - 1, :-1] + weight + _FOLLOWS * follows
            reached = np.where(same, np.maximum(reached, onward), reached)
            scores[row, 1:] = np.maximum.accumulate(reached + self._gaps) - self._gaps
            same_above = same
        return self._traced(scores)

    def _same(self, row: int, token: int) -> NDArray[np.bool_]:
        if row in self._taken:
            return np.zeros(len(self._page), dtype=bool)
        return np.equal(self._page, token)

    def _traced(self, scores: NDArray[np.int32]) -> Pairs:
        """The pairs on the way back from the highest score to the beginning of its alignment."""
        end = int(np.argmax(scores))
        row, place = divmod(end, scores.shape[1])
        pairs: Pairs = []
        while row and place and scores[row, place] > 0:
            if self._is_pair(scores, row, place):
                pairs.append((place - 1, row - 1))
                row, place = row - 1, place - 1
            elif scores[row - 1, place] - _PASSAGE_GAP == scores[row, place]:
                row -= 1
            else:
                place -= 1
        return pairs[::-1]

    def _is_pair(self, scores: NDArray[np.int32], row: int, place: int) -> bool:
        if row - 1 in self._taken or self._page[place - 1] != self._wanted[row - 1]:
            return False
        follows = (
            row > 1
            and place > 1
            and row - 2 not in self._taken
            and bool(self._page[place - 2] == self._wanted[row - 2])
        )
        score = scores[row - 1, place - 1] + self._weights[row - 1] + _FOLLOWS * follows
        return bool(score == scores[row, place])


def _between(pairs: Pairs, page: Sequence[str], wanted: Sequence[str], found: set[int], used: set[int]) -> Pairs:
    """Words within and beside an alignment that have another order in the passage, as in cells of several lines."""
    there, said = {place for place, _ in pairs} | found, {token for _, token in pairs} | used
    left: dict[str, list[int]] = {}
    for number, token in enumerate(wanted):
        if number not in said:
            left.setdefault(token, []).append(number)
    first, last = pairs[0][0], pairs[-1][0]
    more = [
        (place, left[page[place]].pop(0))
        for place in range(first, last)
        if place not in there and left.get(page[place])
    ]
    for step, place in ((-1, first - 1), (1, last + 1)):
        while 0 <= place < len(page) and place not in there and left.get(page[place]):
            more.append((place, left[page[place]].pop(0)))
            place += step  # noqa: PLW2901 - walks on from where the alignment ends
    return more


def _is_enough(found: set[int], used: set[int], wanted: Sequence[str], weights: Sequence[int]) -> bool:
    """Whether enough of the passage was found. A repeated word, such as a column's name, counts when found once."""
    said = {wanted[number] for number in used}
    weight = sum(weights[number] for number in used)
    missing = sum(weights[number] for number, token in enumerate(wanted) if number not in used and token not in said)
    places = sorted(found)
    beside = {place for one, two in pairwise(places) if two == one + 1 for place in (one, two)}
    return weight >= _FOUND_SHARE * (weight + missing) and (
        len(places) < _RUN_WORDS or len(beside) >= _BESIDE_SHARE * len(places)
    )
