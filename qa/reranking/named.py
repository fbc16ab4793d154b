"""Passages that need not repeat the name that their document bears: they are read with the question without it.

A passage that does not say "Otter 60" is far from a question that does, also where its document is the manual of the
Otter 60. So the first of these are read once more with the question without that name, and what is higher counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.answer import Candidate
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.order import FIRST_ORDER, value
from qa.reranking.ranking import SHORTLIST, Read
from qa.reranking.rerank import score

SimilaritiesTo = Callable[[str, Sequence[Candidate]], Sequence[float]]


def highest_similarities(
    candidates: Sequence[Candidate], questions: Sequence[str | None], similarities: SimilaritiesTo
) -> list[float]:
    """The similarity of each candidate, or that to the question without the names of its document where that is higher.

    The arguments are those of `read_without_names`.
    """
    highest = [candidate.similarity or 0.0 for candidate in candidates]
    for question in dict.fromkeys(filter(None, questions)):
        places = [at for at, own in enumerate(questions) if own == question]
        for at, similarity in zip(places, similarities(question, [candidates[at] for at in places]), strict=True):
            highest[at] = max(highest[at], similarity)
    return highest


def read_without_names(
    read: Read, questions: Sequence[str | None], similarities: SimilaritiesTo, model: CrossEncoder
) -> Read:
    """Read the first candidates whose document bears a name of the question once more, without the name.

    Args:
        read: The candidates with their scores.
        questions: For each candidate the question without the names of its document; None where it has none of them or
            the passage says them.
        similarities: A function from a question and candidates to their similarities, in [-1, 1].
        model: The cross-encoder.

    Returns:
        The candidates with the higher score and the higher similarity, for at most `SHORTLIST` of them. Models of
        unknown scales stay as they are: how far a question without a name is another one cannot be told there.
    """
    if not read.known or not any(questions):
        return read
    values = [value(each, FIRST_ORDER) for each in read.evidence()]
    named = sorted((at for at, question in enumerate(questions) if question), key=lambda at: -values[at])[:SHORTLIST]
    scores, candidates, better = list(read.scores), list(read.candidates), dict[int, str]()
    for question in dict.fromkeys(filter(None, (questions[at] for at in named))):
        places = [at for at in named if questions[at] == question]
        own = [candidates[at] for at in places]
        again = zip(places, score(question, own, model), similarities(question, own), strict=True)
        for at, new_score, similarity in again:
            if new_score > scores[at]:
                scores[at], better[at] = new_score, question
            candidates[at] = replace(candidates[at], similarity=max(candidates[at].similarity or 0.0, similarity))
    return replace(read, scores=scores, candidates=candidates, without_names=better)
