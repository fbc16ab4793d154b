"""Passages that need not repeat the name that their document bears: they are read with the question without it.

A passage that does not say "Otter 60" is far from a question that does, also where its document is the manual of the
Otter 60. So the first of these are read once more with the question without that name, and what is higher counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.answer import Candidate
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.order import FIRST_ORDER, value
from qa.reranking.ranking import SHORTLIST, Read
from qa.reranking.rerank import score

SimilaritiesTo = Callable[[str, Sequence[Candidate]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class WithoutNames:
    """For each candidate the question without the names that its document bears, and its highest similarity.

    A question is None where it has no such name, or the passage says the names, too. The similarity, in [-1, 1], is the
    higher one of that to the question as it was asked and that to the question without the names.
    """

    questions: Sequence[str | None]
    similarities: Sequence[float]

    @classmethod
    def of(
        cls, candidates: Sequence[Candidate], questions: Sequence[str | None], similarities: SimilaritiesTo
    ) -> "WithoutNames":
        """Compare the candidates with their questions. `similarities` takes a question and candidates."""
        highest = [candidate.similarity or 0.0 for candidate in candidates]
        for question in dict.fromkeys(filter(None, questions)):
            places = [at for at, own in enumerate(questions) if own == question]
            for at, similarity in zip(places, similarities(question, [candidates[at] for at in places]), strict=True):
                highest[at] = max(highest[at], similarity)
        return cls(questions, highest)

    def at(self, places: Sequence[int]) -> "WithoutNames":
        """Those of the candidates at these places, in that order."""
        return WithoutNames([self.questions[at] for at in places], [self.similarities[at] for at in places])


def read_without_names(read: Read, named: WithoutNames, model: CrossEncoder) -> Read:
    """Read the first candidates whose document bears a name of the question once more, without the name.

    Args:
        read: The candidates with their scores.
        named: Their questions without the names, in the same order.
        model: The cross-encoder.

    Returns:
        The candidates with the higher score and the higher similarity, for at most `SHORTLIST` of them. Models of
        unknown scales stay as they are: how far a question without a name is another one cannot be told there.
    """
    if not read.known or not any(named.questions):
        return read
    values = [value(each, FIRST_ORDER) for each in read.evidence()]
    places = (at for at, question in enumerate(named.questions) if question)
    first = sorted(places, key=lambda at: -values[at])[:SHORTLIST]
    scores, candidates, better = list(read.scores), list(read.candidates), dict[int, str]()
    for question in dict.fromkeys(filter(None, (named.questions[at] for at in first))):
        own = [at for at in first if named.questions[at] == question]
        for at, new_score in zip(own, score(question, [candidates[at] for at in own], model), strict=True):
            if new_score > scores[at]:
                scores[at], better[at] = new_score, question
            candidates[at] = replace(candidates[at], similarity=named.similarities[at])
    return replace(read, scores=scores, candidates=candidates, without_names=better)
