"""The final order: a weighted sum of the cross-encoder's score, the similarity and the words of the question.

All candidates are first ordered by their evidence. Then the sentences of the first ones are compared with the question,
and these candidates are ordered again.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.analysis.newest import age
from qa.analysis.unspaced import mostly_unspaced
from qa.answer import BestSentence, Candidate
from qa.reranking.alike import Group, group, newest_first, says
from qa.reranking.contents import contents_last
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.evidence import Evidence, code_begins, gather, logit, with_similarities
from qa.reranking.order import FINAL_ORDER, FIRST_ORDER, UNREAD_ORDER, Order, value
from qa.reranking.sentences import Similar, Similarities, best_sentences, similar_sentences
from qa.retrieval.matches import Matches
from qa.retrieval.question import Question

# The number of passages whose sentences are compared with the question. It is at least twice the number shown.
SHORTLIST = 12
# Further passages whose sentences are compared, those with most of the question's words.
BY_WORDS_ALONE = 3
# The weight of the words beside scores and similarities of models with unknown scales.
_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Read:
    """Scored candidates: each with the cross-encoder's score, in [0, 1], and the concepts that it has.

    `known` says whether both models are the bundled ones. The scales of their scores and similarities are known.
    `without_names` has the question for each candidate without the names that its document bears, where the candidate
    was read with that.
    """

    question: Question
    candidates: Sequence[Candidate]
    scores: Sequence[float]
    matches: Matches
    known: bool
    without_names: Mapping[int, str] = field(default_factory=dict)

    @property
    def similarities(self) -> list[float]:
        """The bi-encoder's similarity of each candidate; 0 where it was not computed."""
        return [candidate.similarity or 0.0 for candidate in self.candidates]

    def of(self, places: Sequence[int], scores: Sequence[float]) -> "Read":
        """The candidates at these places, in that order, with the cross-encoder's score of each."""
        return replace(
            self,
            candidates=[self.candidates[at] for at in places],
            scores=tuple(scores),
            matches=self.matches.of(places),
        )

    def evidence(self) -> list[Evidence]:
        """The evidence of each candidate before its sentences are compared with the question."""
        return gather(self.question, self.matches, self.scores, self.similarities)

    @property
    def unread(self) -> bool:
        """Whether the bundled models are asked in a script that they hardly read."""
        return self.known and mostly_unspaced(self.question.text)

    def in_order(self, order: Order) -> Order:
        """The weights for this question: `order` where the models read its script."""
        return UNREAD_ORDER if self.unread else order

    def others(self, found: Group) -> tuple[Candidate, ...]:
        """The other passages of a group, with the same or nearly the same text as the first one, newest first."""
        own = [self.candidates[place] for place in found.places]
        others = [*own[1:], *(other for each in own for other in each.alike)]
        others.sort(key=lambda each: age(each.document), reverse=True)
        return tuple(replace(each, alike=()) for each in others)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage in the final order, with the passages like it, its evidence, and the value by which it is ordered."""

    group: Group
    evidence: Evidence
    similar: Similar
    value: float


def ranking(read: Read, top: int, similarities: Similarities) -> list[Ranked]:
    """Put the best passages in their final order.

    Args:
        read: The candidates with their scores.
        top: How many passages will be shown. At least twice as many are ranked, where there are so many.
        similarities: A function from texts to their similarities to the question.

    Returns:
        The passages whose sentences were compared with the question, best first.
    """
    evidence = read.evidence()
    groups, values = first_order(read, evidence)
    groups = [_newest_first(read, each) for each in shortlist(groups, evidence, max(SHORTLIST, 2 * top))]
    found = _similar_sentences_of(read, groups, similarities)
    groups, apart = _parted(read, groups, found)
    apart = [_newest_first(read, each) for each in apart]
    found += _similar_sentences_of(read, apart, similarities)
    ranked = []
    for each, similar in zip([*groups, *apart], found, strict=True):
        own = _with_similarities_of(read, each, evidence[each.first], similar)
        ranked.append(
            Ranked(each, own, similar, value(own, read.in_order(FINAL_ORDER)) if read.known else values[each.first])
        )
    return contents_last(read.candidates, ranked)


def shortlist(groups: Sequence[Group], evidence: Sequence[Evidence], length: int) -> list[Group]:
    """The first groups, and those after them that have most of the question's words: one sentence may be the answer."""
    by_words = sorted(groups[length:], key=lambda each: -evidence[each.first].words)
    return [*groups[:length], *(each for each in by_words[:BY_WORDS_ALONE] if evidence[each.first].words > 0)]


def first_order(read: Read, evidence: Sequence[Evidence]) -> tuple[list[Group], list[float]]:
    """Order all candidates before their sentences are compared with the question.

    Returns:
        The groups of candidates that are alike, best first, and the value of each candidate.
    """
    values = (
        [value(each, read.in_order(FIRST_ORDER)) for each in evidence] if read.known else _standardised_values(evidence)
    )
    order = sorted(range(len(values)), key=lambda place: -values[place])
    return group(read.candidates, order, read.matches.present), values


def with_sentences(
    read: Read, shown: Sequence[Ranked], model: CrossEncoder
) -> tuple[list[Ranked], list[tuple[BestSentence, ...]]]:
    """Add the cross-encoder's logit of the best sentence to each passage. Returns the sentences, too, best first."""
    candidates = [read.candidates[each.group.first] for each in shown]
    wordings = [read.without_names.get(each.group.first) for each in shown]
    sentences = best_sentences(read.question, candidates, [each.similar for each in shown], model, wordings)
    logits = [max((logit(sentence.score) for sentence in own), default=None) for own in sentences]
    return [
        replace(each, evidence=replace(each.evidence, sentence=best)) for each, best in zip(shown, logits, strict=True)
    ], sentences


def _standardised_values(evidence: Sequence[Evidence]) -> list[float]:
    """The values for models with unknown scales: scores and similarities, standardised over the candidates."""
    scores = _standardised([each.passage for each in evidence])
    similarities = _standardised([each.similarity for each in evidence])
    return [
        score + similarity + _WORDS * each.words
        for score, similarity, each in zip(scores, similarities, evidence, strict=True)
    ]


def _with_similarities_of(read: Read, found: Group, evidence: Evidence, similar: Similar) -> Evidence:
    passage = read.candidates[found.first].passage
    sentence = similar.best_with_label_of(passage.text)
    headed = similar.headed[0] if similar.headed else evidence.similarity
    evidence = replace(evidence, code_begins=code_begins(read.question, passage))
    return with_similarities(evidence, read.question, sentence, headed, similar.bare, similar.heading)


def _similar_sentences_of(read: Read, groups: Sequence[Group], similarities: Similarities) -> list[Similar]:
    return similar_sentences([read.candidates[each.first] for each in groups], similarities)


def _newest_first(read: Read, found: Group) -> Group:
    return newest_first(found, read.candidates, read.matches.present)


def _parted(read: Read, groups: Sequence[Group], found: Sequence[Similar]) -> tuple[list[Group], list[Group]]:
    """Split the groups: the nearly equal passages without the most similar sentence become one more group.

    They are one, not one each: otherwise circulars that differ in this sentence would take all places.
    """
    together, apart = list[Group](), list[Group]()
    for each, similar in zip(groups, found, strict=True):
        sentence = similar.best_of(read.candidates[each.first].passage.text)
        there = tuple(place for place in each.nearly if says(read.candidates[place], sentence))
        others = [place for place in each.nearly if place not in there]
        together.append(replace(each, nearly=there))
        apart += [Group(others[0], nearly=tuple(others[1:]))] if others else []
    return together, apart[:SHORTLIST]


def _standardised(values: Sequence[float]) -> list[float]:
    """The values minus their mean, divided by their standard deviation."""
    if not values:
        return []
    mean, spread = statistics.fmean(values), statistics.pstdev(values) or 1.0
    return [(value - mean) / spread for value in values]
