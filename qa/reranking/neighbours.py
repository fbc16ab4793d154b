"""The sentence beside the best one, where only the two together answer: one names the subject, the other answers."""

from collections.abc import Sequence

from ingest.document import headed_text
from qa.answer import BestSentence, Candidate
from qa.reranking.answer_kinds import kind_asked, kind_lacking
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.evidence import logit
from qa.reranking.rerank import score_texts
from qa.reranking.sentence_places import Place, asks, sentences
from qa.reranking.sentences import headings_of

# By how much the logit of two sentences must be above that of the best one, and how much it counts that only the other
# one has the kind of answer that is asked for.
_BETTER, _KIND = 1.5, 2.5
# The score from which a sentence beside the best one answers, too, and how long all of them may be, in characters.
_ANSWERING, _LONGEST = 0.5, 420


def with_neighbour(candidate: Candidate, best: BestSentence, question: str, model: CrossEncoder) -> BestSentence:
    """Extend a sentence to the one before or after it in its paragraph, where the two answer better than it alone.

    Args:
        candidate: The passage.
        best: Its best sentence, with its score.
        question: The question as the cross-encoder read the sentence with it.
        model: The cross-encoder.
    """
    text = candidate.passage.text
    pairs = [pair for pair in _pairs(text, best) if "\n" not in text[slice(*pair)]]
    headings = headings_of(candidate, (best.start, best.end))
    texts = [headed_text(text[slice(*pair)], *headings) for pair in pairs]
    lacking = kind_lacking(question, best.words(text))
    most, found = _BETTER, best
    for score, pair in zip(score_texts(question, texts, model), pairs, strict=True):
        gain = logit(score) - logit(best.score)
        gain += _KIND if lacking and not kind_lacking(question, text[slice(*pair)]) else 0.0
        if gain > most:
            most, found = gain, BestSentence(*pair, best.score)
    return found


def with_others_that_answer(candidate: Candidate, ranked: Sequence[BestSentence], question: str) -> BestSentence:
    """Extend the best sentence to those beside it in its paragraph that answer, too, as far as it does not get long.

    Where a question asks for one time, number or name, the best sentence is all of the answer.

    Args:
        candidate: The passage.
        ranked: Its sentences that were read, the best answer first.
        question: The question as it was typed.
    """
    best, text = ranked[0], candidate.passage.text
    if kind_asked(question) or best.score < _ANSWERING:
        return best
    read = [(each.start, each.end) for each in ranked if each.score >= _ANSWERING]
    answering = {place for place in read if not asks(text[slice(*place)])}
    places = sentences(text)
    at = places.index((best.start, best.end))
    first = last = at
    while first > 0 and places[first - 1] in answering and _together(text, places[first - 1], places[last]):
        first -= 1
    while last + 1 < len(places) and places[last + 1] in answering and _together(text, places[first], places[last + 1]):
        last += 1
    return BestSentence(places[first][0], places[last][1], best.score)


def _together(text: str, first: Place, last: Place) -> bool:
    """Whether the text from one sentence to another is in one paragraph and not long."""
    between = text[first[0] : last[1]]
    return len(between) <= _LONGEST and "\n" not in between


def _pairs(text: str, best: BestSentence) -> list[Place]:
    """The places of the sentence before the best one with it, and of it with the one after it; never of a question."""
    before = [place for place in sentences(text) if place[1] <= best.start][-1:]
    after = [place for place in sentences(text) if place[0] >= best.end][:1]
    pairs = [*((start, best.end) for start, _ in before), *((best.start, end) for _, end in after)]
    beside = zip(pairs, (*before, *after), strict=True)
    return [pair for pair, other in beside if not asks(text[slice(*other)])]
