"""The final order: the cross-encoder, the similarity in meaning and the words of the question, weighed together.

All candidates are first put in order by what is known of each. Then the sentences of the first ones are compared with
the question, and these are put in order again.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.answer import BestSentence, Candidate
from qa.reranking.alike import Group, group, says
from qa.reranking.evidence import Evidence, gather, logit, with_similarities
from qa.reranking.order import FINAL_ORDER, FIRST_ORDER, value
from qa.reranking.sentences import Similar, Similarities, best_sentences, similar_sentences
from qa.retrieval.lexical import Matches
from qa.retrieval.question import Question

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# Passages whose sentences are compared with the question, and twice as many as are shown where that is more.
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

    @property
    def similarities(self) -> list[float]:
        """The bi-encoder's similarity of each candidate, 0 where it was not computed."""
        return [candidate.similarity or 0.0 for candidate in self.candidates]

    def evidence(self) -> list[Evidence]:
        """What is known of each candidate before its sentences are compared with the question."""
        return gather(self.question, self.matches, self.scores, self.similarities)

    def others(self, found: Group) -> tuple[Candidate, ...]:
        """The candidates that say the same as the first of a group, or nearly the same."""
        return tuple(self.candidates[place] for place in (*found.same, *found.nearly))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in the final order, with those that say the same, its evidence, and the value that it is placed by."""

    group: Group
    evidence: Evidence
    similar: Similar
    value: float


def ranking(read: Read, top: int, similarities: Similarities) -> list[Ranked]:
    """Put the best passages in their final order.

    Args:
        read: The candidates with their scores.
        top: How many passages will be shown. At least twice as many are ranked, where there are so many.
        similarities: Gives the similarity of each of some texts to the question.

    Returns:
        The passages whose sentences were compared with the question, best first.
    """
    evidence = read.evidence()
    groups, values = first_order(read, evidence)
    groups = groups[: max(SHORTLIST, 2 * top)]
    found = _similar_sentences_of(read, groups, similarities)
    groups, apart = _parted(read, groups, found)
    found += _similar_sentences_of(read, apart, similarities)
    ranked = []
    for each, similar in zip([*groups, *apart], found, strict=True):
        own = _with_similarities_of(read, each, evidence[each.first], similar)
        ranked.append(Ranked(each, own, similar, value(own, FINAL_ORDER) if read.known else values[each.first]))
    return sorted(ranked, key=lambda each: -each.value)


def first_order(read: Read, evidence: Sequence[Evidence]) -> tuple[list[Group], list[float]]:
    """Put all candidates in order before their sentences are compared with the question.

    Returns:
        The groups of candidates that are alike, best first, and the value of each candidate.
    """
    values = [value(each, FIRST_ORDER) for each in evidence] if read.known else _standardised_values(evidence)
    order = sorted(range(len(values)), key=lambda place: -values[place])
    return group(read.candidates, order, read.matches.present), values


def with_sentences(
    read: Read, shown: Sequence[Ranked], model: "CrossEncoder"
) -> tuple[list[Ranked], list[tuple[BestSentence, ...]]]:
    """The passages with the cross-encoder's logit of their best sentence, and the sentences of each, best first."""
    candidates = [read.candidates[each.group.first] for each in shown]
    sentences = best_sentences(read.question, candidates, [each.similar for each in shown], model)
    logits = [max((logit(sentence.score) for sentence in own), default=None) for own in sentences]
    return [
        replace(each, evidence=replace(each.evidence, sentence=best)) for each, best in zip(shown, logits, strict=True)
    ], sentences


def _standardised_values(evidence: Sequence[Evidence]) -> list[float]:
    """For models whose scales are not known: scores and similarities, each by its spread over the candidates."""
    scores = _standardised([each.passage for each in evidence])
    similarities = _standardised([each.similarity for each in evidence])
    return [
        score + similarity + _WORDS * each.words
        for score, similarity, each in zip(scores, similarities, evidence, strict=True)
    ]


def _with_similarities_of(read: Read, found: Group, evidence: Evidence, similar: Similar) -> Evidence:
    sentence = similar.best_of(read.candidates[found.first].passage.text)
    headed = similar.headed[0] if similar.headed else evidence.similarity
    return with_similarities(evidence, read.question, sentence, headed, similar.bare, similar.heading)


def _similar_sentences_of(read: Read, groups: Sequence[Group], similarities: Similarities) -> list[Similar]:
    return similar_sentences([read.candidates[each.first] for each in groups], similarities)


def _parted(read: Read, groups: Sequence[Group], found: Sequence[Similar]) -> tuple[list[Group], list[Group]]:
    """The groups, and as groups of their own those nearly the same passages that lack the most similar sentence."""
    together, apart = list[Group](), list[Group]()
    for each, similar in zip(groups, found, strict=True):
        sentence = similar.best_of(read.candidates[each.first].passage.text)
        there = tuple(place for place in each.nearly if says(read.candidates[place], sentence))
        together.append(replace(each, nearly=there))
        apart += [Group(place) for place in each.nearly if place not in there]
    return together, apart[:SHORTLIST]


def _standardised(values: Sequence[float]) -> list[float]:
    """The values less their mean, divided by their standard deviation."""
    if not values:
        return []
    mean, spread = statistics.fmean(values), statistics.pstdev(values) or 1.0
    return [(value - mean) / spread for value in values]
