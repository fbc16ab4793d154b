"""The final order: the cross-encoder, the similarity in meaning and the words of the question, weighed together.

All candidates are first put in order by what is known of each; then the sentences of the first ones are looked at. How
likely each passage answers follows from its place in that order and from the evidence on the first one.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.candidate import BestSentence, Candidate, Hit
from qa.confidence.confidence import (
    BY_BOTH,
    BY_WORDS,
    CLOSE,
    FINAL_ORDER,
    FIRST_ORDER,
    confidences,
    is_far,
    value,
    verdict,
)
from qa.reranking.alike import Group, group, says
from qa.reranking.evidence import Evidence, asking, gather, logit, with_similarities
from qa.reranking.marks import parts, with_steps
from qa.reranking.sentences import Similar, Similarities, answers_to_parts, best_sentences, similar_sentences
from qa.retrieval.lexical import Matches
from qa.retrieval.question import Question

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# Passages whose sentences are looked at, and twice as many as are shown where that is more.
SHORTLIST = 12
# What the words count beside the scores and similarities of models whose scales are not known.
_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Read:
    """Candidates that were read: each with the cross-encoder's score, in [0, 1], and what the words say of it.

    `known` says whether both models are the bundled ones, whose scores and similarities have a known scale.
    """

    question: Question
    candidates: Sequence[Candidate]
    scores: Sequence[float]
    matches: Matches
    known: bool

    def evidence(self) -> list[Evidence]:
        """What is known of each before its sentences are looked at."""
        similarities = [candidate.similarity or 0.0 for candidate in self.candidates]
        return gather(self.question, self.matches, self.scores, similarities)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in the final order: it and those that say the same, what is known of it, and what it is placed by."""

    group: Group
    evidence: Evidence
    similar: Similar
    value: float


def so_far(read: Read, top: int) -> list[Hit]:
    """The best `top` while others are still being read; they have no verdict, and their score means nothing yet."""
    groups, _ = _in_first_order(read, read.evidence())
    return [
        Hit(
            rank,
            0.0,
            read.candidates[found.first],
            _others(read, found),
            cross_encoder=read.scores[found.first],
        )
        for rank, found in enumerate(groups[:top], start=1)
    ]


def final_order(read: Read, top: int, model: "CrossEncoder", similarities: Similarities) -> list[Hit]:
    """The best `top`, best first, each with its score, its verdict and the sentence that answers best.

    `similarities` gives the similarity of texts to the question. Raises ModelUnavailable.
    """
    ranked = ranking(read, top, similarities)
    shown, sentences = with_sentences(read, ranked[:top], model)
    scores = scored(read, shown, [each.value for each in ranked])
    return [
        _hit(read, rank, score, each, own, model)
        for rank, (score, each, own) in enumerate(zip(scores, shown, sentences, strict=True), start=1)
    ]


def ranking(read: Read, top: int, similarities: Similarities) -> list[Ranked]:
    """The passages whose sentences were looked at, best first."""
    evidence = read.evidence()
    groups, values = _in_first_order(read, evidence)
    groups = groups[: max(SHORTLIST, 2 * top)]
    found = _similar(read, groups, similarities)
    groups, apart = _parted(read, groups, found)
    found += _similar(read, apart, similarities)
    ranked = []
    for each, similar in zip([*groups, *apart], found, strict=True):
        own = _with_similarities(read, each, evidence[each.first], similar)
        ranked.append(Ranked(each, own, similar, value(own, FINAL_ORDER) if read.known else values[each.first]))
    return sorted(ranked, key=lambda each: -each.value)


def scored(read: Read, shown: Sequence[Ranked], values: Sequence[float]) -> list[float]:
    """How likely each passage answers; `values` are those of all that were ranked."""
    if not shown:
        return []
    weights = BY_BOTH if read.known else BY_WORDS
    best = max(map(logit, read.scores))
    about = asking(read.question, read.matches)
    scores = confidences([each.evidence for each in shown], values, best, about, weights)
    similarities = [candidate.similarity or 0.0 for candidate in read.candidates]
    if read.known and is_far(similarities, best, about):
        return [min(score, CLOSE / 2) for score in scores]
    return scores


def _in_first_order(read: Read, evidence: Sequence[Evidence]) -> tuple[list[Group], list[float]]:
    """All candidates in the order before sentences are looked at, the alike ones together, and their values."""
    values = [value(each, FIRST_ORDER) for each in evidence] if read.known else _standardised_values(read, evidence)
    order = sorted(range(len(values)), key=lambda place: -values[place])
    return group(read.candidates, order, read.matches.present), values


def _standardised_values(read: Read, evidence: Sequence[Evidence]) -> list[float]:
    """For models whose scales are not known: scores and similarities, each by its spread over the candidates."""
    scores = _standardised([each.passage for each in evidence])
    similarities = _standardised([each.similarity for each in evidence])
    return [
        score + similarity + _WORDS * each.words
        for score, similarity, each in zip(scores, similarities, evidence, strict=True)
    ]


def _with_similarities(read: Read, found: Group, evidence: Evidence, similar: Similar) -> Evidence:
    text = read.candidates[found.first].passage.text
    sentence = text[slice(*similar.sentences[0])] if similar.sentences else text
    headed = similar.headed[0] if similar.headed else evidence.similarity
    return with_similarities(evidence, read.question, sentence, headed, similar.bare, similar.heading)


def _similar(read: Read, groups: Sequence[Group], similarities: Similarities) -> list[Similar]:
    return similar_sentences([read.candidates[each.first] for each in groups], similarities)


def _parted(read: Read, groups: Sequence[Group], found: Sequence[Similar]) -> tuple[list[Group], list[Group]]:
    """The groups, and by themselves those nearly the same passages that lack the sentence most like the question."""
    together, apart = list[Group](), list[Group]()
    for each, similar in zip(groups, found, strict=True):
        text = read.candidates[each.first].passage.text
        sentence = text[slice(*similar.sentences[0])] if similar.sentences else text
        there = tuple(place for place in each.nearly if says(read.candidates[place], sentence))
        together.append(replace(each, nearly=there))
        apart += [Group(place) for place in each.nearly if place not in there]
    return together, apart[:SHORTLIST]


def with_sentences(
    read: Read, shown: Sequence[Ranked], model: "CrossEncoder"
) -> tuple[list[Ranked], list[tuple[BestSentence, ...]]]:
    """The passages with what the cross-encoder says of their sentences, and these, best first."""
    candidates = [read.candidates[each.group.first] for each in shown]
    sentences = best_sentences(read.question, candidates, [each.similar for each in shown], model)
    logits = [max((logit(sentence.score) for sentence in own), default=None) for own in sentences]
    return [
        replace(each, evidence=replace(each.evidence, sentence=best)) for each, best in zip(shown, logits, strict=True)
    ], sentences


def _hit(read: Read, rank: int, score: float, found: Ranked, own: Sequence[BestSentence], model: "CrossEncoder") -> Hit:
    candidate = read.candidates[found.group.first]
    said = verdict(score)
    best = with_steps(candidate.passage.text, own[0], read.question.text) if own else None
    asks = parts(read.question.text) if said == "answers" and rank == 1 else []
    more = answers_to_parts(asks, candidate, own[0], model) if own else ()
    return Hit(rank, score, candidate, _others(read, found.group), best, said, read.scores[found.group.first], more)


def _others(read: Read, found: Group) -> tuple[Candidate, ...]:
    return tuple(read.candidates[place] for place in (*found.same, *found.nearly))


def _standardised(values: Sequence[float]) -> list[float]:
    """The values less their mean, by their standard deviation."""
    if not values:
        return []
    mean, spread = statistics.fmean(values), statistics.pstdev(values) or 1.0
    return [(value - mean) / spread for value in values]
