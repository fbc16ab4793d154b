"""The cross-encoder reads the candidates in batches, the most promising first, until the others can hardly be shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.reranking.alike import Group
from qa.reranking.evidence import gather
from qa.reranking.outlook import Outlook
from qa.reranking.ranking import Read, first_order
from qa.reranking.rerank import score

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# Candidates per batch. Between two batches, the best candidates so far are shown, and it is decided whether to go on.
BATCH = 10
# Reading ends where fewer than so many of the others are to be expected among the first in the first order: those that
# are shown and so many more, because the final order moves some up. Then the five that are shown are the same as if
# all were read for 97 of 100 questions (`python -m tests.benchmarks.early`).
_EXPECTED, _MORE = 0.2, 3


class Reading:
    """Candidates while they are read. Where the scales of the models are not known, all are read, as they were found.

    Args:
        found: The candidates with their concepts. Their scores are not looked at.
        similarities: The highest similarity that each candidate may have in the end; see `qa.reranking.named`.
        top: How many passages will be shown.
        model: The cross-encoder.
        whole: Read all candidates.
    """

    def __init__(
        self, found: Read, similarities: Sequence[float], top: int, model: "CrossEncoder", *, whole: bool = False
    ) -> None:
        self._found, self._model, self._first = found, model, top + _MORE
        unread = gather(found.question, found.matches, [0.0] * len(found.candidates), similarities)
        self._outlook = None if whole or not found.known or found.unread else Outlook(unread)
        self._order = self._outlook.order() if self._outlook else list(range(len(found.candidates)))
        self._scores: list[float] = []
        self._take([])

    @property
    def is_over(self) -> bool:
        """Whether all candidates were read that could be shown."""
        unread = self._order[len(self._scores) :]
        if not unread or self._outlook is None or len(self.groups) < self._first:
            return not unread
        last = self.values[self.groups[self._first - 1].first]
        return self._outlook.expected(unread, last) < _EXPECTED

    def read_on(self) -> None:
        """Read one more batch."""
        places = self._order[len(self._scores) : len(self._scores) + BATCH]
        batch = [self._found.candidates[at] for at in places]
        self._take(score(self._found.question.read, batch, self._model))

    def _take(self, scores: Sequence[float]) -> None:
        self._scores += scores
        self.read: Read = self._found.of(self._order[: len(self._scores)], self._scores)
        self.groups: list[Group]
        self.values: list[float]
        self.groups, self.values = first_order(self.read, self.read.evidence())
