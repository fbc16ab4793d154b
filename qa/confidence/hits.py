"""Turn ranked passages into hits: each with its score, its verdict and its best sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ingest.reading.left_empty import is_left_empty
from qa.answer import BestSentence, Candidate, Hit, Verdict
from qa.confidence.confidence import ANSWERS, BY_BOTH, BY_WORDS, CLOSE, PART_FOUND, confidences, is_far, verdict
from qa.reranking.alike import Group
from qa.reranking.asked_part import is_part_asked_for
from qa.reranking.contents import are_contents
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.evidence import logit, question_evidence
from qa.reranking.highlights import parts, with_what_belongs
from qa.reranking.quotation import is_follow_up, quotation_of
from qa.reranking.ranking import Ranked, Read, with_sentences
from qa.reranking.sentences import answers_to_parts

# A sentence that was left empty is the place for the answer from this score on. Below it, it is not sure that it is.
_IS_THE_PLACE = 0.1
_NOT_SURE = ANSWERS - 0.01
# A sentence with this score may be the answer that another document left empty.
_ANSWERING = 0.5


@dataclass(frozen=True, slots=True)
class _Shown:
    """A passage that is shown, its sentences, the best answer first, and its score."""

    ranked: Ranked
    sentences: tuple[BestSentence, ...]
    score: float = 0.0

    def is_empty_place(self, read: Read) -> bool:
        """Whether the best sentence is the place for the answer, and was left empty."""
        return self._ends_empty(read) and self.sentences[0].score >= _IS_THE_PLACE

    def most(self, read: Read) -> float:
        """The highest score that the passage may have: it may be left empty, or only say where the answer is."""
        return _NOT_SURE if self._ends_empty(read) or self.is_contents(read) else 1.0

    def may_answer(self, read: Read) -> bool:
        """Whether it answers, or has a sentence that does, though another passage is before it."""
        answers = self.score >= ANSWERS or any(sentence.score >= _ANSWERING for sentence in self.sentences[:1])
        return answers and not self._ends_empty(read) and not self.is_contents(read)

    def is_contents(self, read: Read) -> bool:
        """Whether it is a table of contents."""
        return are_contents(read.candidates[self.ranked.group.first])

    def _ends_empty(self, read: Read) -> bool:
        text = read.candidates[self.ranked.group.first].passage.text
        return bool(self.sentences) and is_left_empty(self.sentences[0].words(text))


def interim_hits(read: Read, groups: Sequence[Group]) -> list[Hit]:
    """The best groups of candidates while others are still being scored. They have no verdict, and their score is 0."""
    return [
        Hit(rank, 0.0, _alone(read.candidates[found.first]), read.others(found), cross_encoder=read.scores[found.first])
        for rank, found in enumerate(groups, start=1)
    ]


def hits_of(read: Read, ranked: Sequence[Ranked], top: int, model: CrossEncoder) -> list[Hit]:
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
    found = [_Shown(*each) for each in zip(shown, sentences, scores, strict=True)]
    return [
        _hit(read, rank, each, said, model) for rank, (each, said) in enumerate(_judged(read, found, ranked), start=1)
    ]


def _judged(read: Read, found: Sequence[_Shown], ranked: Sequence[Ranked]) -> list[tuple[_Shown, Verdict]]:
    """The passages with their scores and verdicts, best first.

    A place that was left empty answers nothing. Such passages come after the others, except where the first one is such
    and no other answers: then the place for the answer is there, and this is said.
    """
    judged: list[tuple[_Shown, Verdict]]
    empty = [each for each in found if each.is_empty_place(read)]
    filled = [each for each in found if not each.is_empty_place(read)]
    if empty and empty[0] is found[0]:
        others = [each.ranked for each in filled]
        scores = passage_scores(read, others, [*others, *ranked[len(found) :]])
        filled = [replace(each, score=score) for each, score in zip(filled, scores, strict=True)]
        if not any(each.may_answer(read) for each in filled):
            judged = list(_left_empty(empty, 1.0))
            most = judged[-1][0].score
            return [*judged, *((replace(each, score=min(each.score, most)), "related") for each in filled)]
    judged, most = [], 1.0
    if any(each.may_answer(read) for each in filled):
        filled.sort(key=lambda each: each.is_contents(read))
    for each in filled:
        most = min(most, each.score, each.most(read))
        judged.append((replace(each, score=most), verdict(most)))
    return [*judged, *_left_empty(empty, most)]


def _left_empty(empty: Sequence[_Shown], most: float) -> Iterator[tuple[_Shown, Verdict]]:
    """Passages with a place that was left empty, scored below any that may answer."""
    for each in empty:
        yield replace(each, score=min(each.score, most, CLOSE / 2)), "left empty" if each.score >= CLOSE else "related"


def passage_scores(read: Read, shown: Sequence[Ranked], ranked: Sequence[Ranked]) -> list[float]:
    """How likely each of the passages `shown` answers, in [0, 1]. `ranked` are all that were ranked."""
    if not shown:
        return []
    weights = BY_BOTH if read.known and not read.unread else BY_WORDS
    best = max(map(logit, read.scores))
    about = question_evidence(read.question, read.matches)
    values = [(each.value, each.evidence.words) for each in ranked]
    scores = confidences([each.evidence for each in shown], values, best, about, weights)
    if read.known and is_far(read.similarities, best, about):
        return [min(score, CLOSE / 2) for score in scores]
    asked_for = takewhile(lambda each: is_part_asked_for(read.question, read.candidates[each.group.first]), shown)
    parts_asked_for = len(list(asked_for))
    return [max(score, PART_FOUND) if at < parts_asked_for else score for at, score in enumerate(scores)]


def _hit(read: Read, rank: int, found: _Shown, said: Verdict, model: CrossEncoder) -> Hit:
    group, own = found.ranked.group, found.sentences
    candidate = read.candidates[group.first]
    if said in {"answers", "may answer"} and not read.unread:
        best = quotation_of(candidate, own, read.question, model, read.without_names.get(group.first))
    else:
        best = with_what_belongs(candidate, own[0], read.question) if own else None
    is_answer = said == "answers" and rank == 1 and not is_follow_up(read.question)
    asks = parts(read.question.text) if is_answer else []
    more = answers_to_parts(asks, candidate, own[0], model) if own else ()
    return Hit(rank, found.score, _alone(candidate), read.others(group), best, said, read.scores[group.first], more)


def _alone(candidate: Candidate) -> Candidate:
    """A candidate without those that are like it: its hit names them."""
    return replace(candidate, alike=())
