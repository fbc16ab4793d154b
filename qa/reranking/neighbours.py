"""The sentence beside the best one, where only the two together answer: one names the subject, the other answers."""

from typing import TYPE_CHECKING

from ingest.document import headed_text
from qa.answer import BestSentence, Candidate
from qa.reranking.answer_kinds import kind_lacking
from qa.reranking.evidence import logit
from qa.reranking.rerank import score_texts
from qa.reranking.sentence_places import Place, asks, sentences
from qa.reranking.sentences import headings_of

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# By how much the logit of two sentences must be above that of the best one, and how much it counts that only the other
# one has the kind of answer that is asked for.
_BETTER, _KIND = 1.5, 2.5


def with_neighbour(candidate: Candidate, best: BestSentence, question: str, model: "CrossEncoder") -> BestSentence:
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


def _pairs(text: str, best: BestSentence) -> list[Place]:
    """The places of the sentence before the best one with it, and of it with the one after it; never of a question."""
    before = [place for place in sentences(text) if place[1] <= best.start][-1:]
    after = [place for place in sentences(text) if place[0] >= best.end][:1]
    pairs = [*((start, best.end) for start, _ in before), *((best.start, end) for _, end in after)]
    beside = zip(pairs, (*before, *after), strict=True)
    return [pair for pair, other in beside if not asks(text[slice(*other)])]
