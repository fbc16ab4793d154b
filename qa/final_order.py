"""The final order: the cross-encoder, the similarity in meaning and the words of the question, weighed together.

All candidates are first put in order by what is known of each; then the sentences of the first ones are looked at, and
how likely each of these answers is its score, and so its place.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.alike import Group, group, says
from qa.candidate import Candidate, Hit
from qa.confidence import confidence, never_rising, verdict
from qa.evidence import Evidence, gather, logit, with_sentence
from qa.lexical import Matches
from qa.marks import with_steps
from qa.question import Question
from qa.sentences import Sentences, Similarities, best_sentences

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# Passages whose sentences are looked at: at least so many, and twice as many as are shown.
SHORTLIST = 10
# What counts in the first order, in the cross-encoder's logits: a unit of cosine similarity, all of what is asked for
# lacking, a code or date found.
_SIMILARITY, _LACKING, _CODE = 30.0, -2.0, 4.0
# Beside the scores and similarities of models whose scales are not known, each standardised over the candidates: the
# share of the words.
_BM25 = 0.5


@dataclass(frozen=True, slots=True)
class Read:
    """Candidates that were read: each with the cross-encoder's score, in [0, 1], and what the words say of it.

    `known_scores` and `known_similarities` say whether these are those of the bundled models, whose scales are known.
    """

    question: Question
    candidates: Sequence[Candidate]
    scores: Sequence[float]
    matches: Matches
    known_scores: bool
    known_similarities: bool

    def evidence(self) -> list[Evidence]:
        """What is known of each before its sentences are looked at."""
        return gather(
            self.question,
            self.matches,
            [score if self.known_scores else None for score in self.scores],
            [candidate.similarity if self.known_similarities else None for candidate in self.candidates],
        )

    def groups(self, evidence: Sequence[Evidence]) -> list[Group]:
        """All candidates in the first order, those that say the same together."""
        values = first_values(self, evidence)
        order = sorted(range(len(values)), key=lambda place: -values[place])
        return group(self.candidates, order, self.matches.present)


def first_values(read: Read, evidence: Sequence[Evidence]) -> list[float]:
    """What puts the candidates in order before their sentences are looked at: the higher, the better."""
    if read.known_scores and read.known_similarities:
        return [
            (each.passage or 0.0)
            + _SIMILARITY * (each.similarity or 0.0)
            + _LACKING * each.lacking
            + _CODE * each.code_found
            for each in evidence
        ]
    scores = _standardised([logit(score) for score in read.scores])
    similarities = _standardised([candidate.similarity or 0.0 for candidate in read.candidates])
    return [
        score + similarity + _BM25 * each.bm25
        for score, similarity, each in zip(scores, similarities, evidence, strict=True)
    ]


def so_far(read: Read, top: int) -> list[Hit]:
    """The best `top` while others are still being read; they have no verdict, and their score means nothing yet."""
    groups = read.groups(read.evidence())[:top]
    return [
        Hit(
            rank,
            0.0,
            read.candidates[found.first],
            _others(read, (*found.same, *found.nearly)),
            cross_encoder=read.scores[found.first],
        )
        for rank, found in enumerate(groups, start=1)
    ]


def final_order(read: Read, top: int, model: "CrossEncoder", similar: Similarities) -> list[Hit]:
    """The best `top`, best first, each with its score, its verdict and the sentence that answers best.

    `similar` gives the similarity of sentences to the question. Raises ModelUnavailable.
    """
    evidence = read.evidence()
    groups = read.groups(evidence)[: max(SHORTLIST, 2 * top)]
    sentences = _sentences(read, groups, model, similar)
    groups, apart = _parted(read, groups, sentences)
    sentences += _sentences(read, apart, model, similar)
    groups += apart
    sure = [
        confidence(_weighed(read, found, evidence[found.first], own))
        for found, own in zip(groups, sentences, strict=True)
    ]
    order = list(range(len(groups)))
    if read.known_scores and read.known_similarities:
        order.sort(key=lambda at: -sure[at])
    scores = never_rising([sure[at] for at in order])
    return [
        _hit(read, rank, score, groups[at], sentences[at])
        for rank, (at, score) in enumerate(zip(order[:top], scores, strict=False), start=1)
    ]


def _sentences(read: Read, groups: Sequence[Group], model: "CrossEncoder", similar: Similarities) -> list[Sentences]:
    return best_sentences(read.question, [read.candidates[found.first] for found in groups], model, similar)


def _parted(read: Read, groups: Sequence[Group], sentences: Sequence[Sentences]) -> tuple[list[Group], list[Group]]:
    """The groups without those that do not have the sentence that answers, and these, each by itself."""
    together, apart = list[Group](), list[Group]()
    for found, own in zip(groups, sentences, strict=True):
        text = read.candidates[found.first].passage.text
        answer = text[own.ranked[0].start : own.ranked[0].end] if own.ranked else text
        there = tuple(place for place in found.nearly if says(read.candidates[place], answer))
        together.append(replace(found, nearly=there))
        apart += [Group(place) for place in found.nearly if place not in there]
    return together, apart[:SHORTLIST]


def _weighed(read: Read, found: Group, evidence: Evidence, own: Sentences) -> Evidence:
    return with_sentence(
        evidence,
        read.question,
        read.candidates[found.first],
        own.ranked[0] if own.ranked else None,
        own.similarity if read.known_similarities else None,
        read.matches,
    )


def _hit(read: Read, rank: int, score: float, found: Group, own: Sentences) -> Hit:
    candidate = read.candidates[found.first]
    best = own.ranked[0] if own.ranked else None
    return Hit(
        rank,
        score,
        candidate,
        _others(read, (*found.same, *found.nearly)),
        with_steps(candidate.passage.text, best, read.question.text) if best else None,
        verdict(score),
        read.scores[found.first],
        own.more,
    )


def _others(read: Read, places: Sequence[int]) -> tuple[Candidate, ...]:
    return tuple(read.candidates[place] for place in places)


def _standardised(values: Sequence[float]) -> list[float]:
    """The values less their mean, by their standard deviation."""
    if not values:
        return []
    mean, spread = statistics.fmean(values), statistics.pstdev(values) or 1.0
    return [(value - mean) / spread for value in values]
