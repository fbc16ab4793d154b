"""Turn ranked passages into hits: each with its score, its verdict and its best sentences."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.answer import BestSentence, Hit
from qa.confidence.confidence import BY_BOTH, BY_WORDS, CLOSE, confidences, is_far, verdict
from qa.reranking.evidence import logit, question_evidence
from qa.reranking.highlights import parts, with_steps
from qa.reranking.ranking import Ranked, Read, first_order, with_sentences
from qa.reranking.sentences import answers_to_parts

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


def interim_hits(read: Read, top: int) -> list[Hit]:
    """The best `top` candidates while others are still being scored. They have no verdict, and their score is 0."""
    groups, _ = first_order(read, read.evidence())
    return [
        Hit(rank, 0.0, read.candidates[found.first], read.others(found), cross_encoder=read.scores[found.first])
        for rank, found in enumerate(groups[:top], start=1)
    ]


def hits_of(read: Read, ranked: Sequence[Ranked], top: int, model: "CrossEncoder") -> list[Hit]:
    """Turn the best passages into hits.

    Args:
        read: All candidates with their scores.
        ranked: The passages in their final order.
        top: The most hits to return.
        model: The cross-encoder, which also reads the sentences.

    Returns:
        The hits, best first. Their scores never rise down the list.
    """
    shown, sentences = with_sentences(read, ranked[:top], model)
    scores = passage_scores(read, shown, ranked)
    return [
        _hit(read, rank, score, each, own, model)
        for rank, (score, each, own) in enumerate(zip(scores, shown, sentences, strict=True), start=1)
    ]


def passage_scores(read: Read, shown: Sequence[Ranked], ranked: Sequence[Ranked]) -> list[float]:
    """How likely each of the passages `shown` answers, in [0, 1]. `ranked` are all that were ranked."""
    if not shown:
        return []
    weights = BY_BOTH if read.known else BY_WORDS
    best = max(map(logit, read.scores))
    about = question_evidence(read.question, read.matches)
    values = [(each.value, each.evidence.words) for each in ranked]
    scores = confidences([each.evidence for each in shown], values, best, about, weights)
    if read.known and is_far(read.similarities, best, about):
        return [min(score, CLOSE / 2) for score in scores]
    return scores


def _hit(read: Read, rank: int, score: float, found: Ranked, own: Sequence[BestSentence], model: "CrossEncoder") -> Hit:
    candidate = read.candidates[found.group.first]
    said = verdict(score)
    best = with_steps(candidate.passage.text, own[0], read.question.text) if own else None
    asks = parts(read.question.text) if said == "answers" and rank == 1 else []
    more = answers_to_parts(asks, candidate, own[0], model) if own else ()
    return Hit(rank, score, candidate, read.others(found.group), best, said, read.scores[found.group.first], more)
