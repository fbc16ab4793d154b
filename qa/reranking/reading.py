"""The cross-encoder reads the candidates in batches, the most promising first, until the others can hardly be shown."""

from collections.abc import Sequence

from qa.reranking.alike import Group
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.evidence import gather
from qa.reranking.named import WithoutNames
from qa.reranking.outlook import Outlook
from qa.reranking.ranking import Read, first_order
from qa.reranking.rerank import score

# Candidates per batch. Between two batches, the best candidates so far are shown, and it is decided whether to go on.
BATCH = 10
# Reading ends where fewer than so many of the others are to be expected among the first in the first order: those that
# are shown and so many more, because the final order moves some up. Then come so many with most of its words, because
# one sentence may be the answer. For 98 of 100 questions, the five that are shown are the same as if all had been
# read, and the first one always was (`python -m tests.benchmarks.early`).
_EXPECTED, _MORE, _BY_WORDS = 0.3, 3, 5


class Reading:
    """Candidates while they are read. Where the scales of the models are not known, all are read, as they were found.

    Args:
        found: The candidates with their concepts. Their scores are not looked at.
        named: The candidates' questions without the names that their documents bear.
        top: How many passages will be shown.
        model: The cross-encoder.
        whole: Read all candidates.
    """

    def __init__(self, found: Read, named: WithoutNames, top: int, model: CrossEncoder, *, whole: bool = False) -> None:
        self._found, self._named, self._model, self._first = found, named, model, top + _MORE
        self._unread = gather(found.question, found.matches, [0.0] * len(found.candidates), named.similarities)
        self._outlook = None if whole or not found.known or found.unread else Outlook(self._unread)
        self._order = self._outlook.order() if self._outlook else list(range(len(found.candidates)))
        self._scores: list[float] = []
        self._take([])

    @property
    def is_over(self) -> bool:
        """Whether all candidates were read that are to be read."""
        return len(self._scores) == len(self._order)

    @property
    def named(self) -> WithoutNames:
        """The questions without names of the candidates in `read`."""
        return self._named.at(self._order[: len(self._scores)])

    def read_on(self) -> None:
        """Read one more batch."""
        places = self._order[len(self._scores) : len(self._scores) + BATCH]
        self._take(score(self._found.question.read, [self._found.candidates[at] for at in places], self._model))
        rest = self._order[len(self._scores) :]
        if self._outlook and self._is_settled(self._outlook, rest):
            by_words = sorted(rest, key=lambda at: -self._unread[at].words)[:_BY_WORDS]
            self._order[len(self._scores) :] = [at for at in by_words if self._unread[at].words > 0]
            self._outlook = None

    def _is_settled(self, outlook: Outlook, rest: Sequence[int]) -> bool:
        """Whether hardly any of the rest is to be expected among the first."""
        if len(self.groups) < self._first:
            return False
        last = self.values[self.groups[self._first - 1].first]
        return outlook.expected(rest, last) < _EXPECTED

    def _take(self, scores: Sequence[float]) -> None:
        self._scores += scores
        self.read: Read = self._found.of(self._order[: len(self._scores)], self._scores)
        self.groups: list[Group]
        self.values: list[float]
        self.groups, self.values = first_order(self.read, self.read.evidence())
