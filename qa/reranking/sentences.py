"""The sentences of a passage: the most similar one to a question, and the one that answers it best."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.document import headed_text
from qa.analysis.concepts import Concept, Said
from qa.answer import BestSentence, Candidate
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.evidence import logit, stands_in
from qa.reranking.rerank import score_texts
from qa.reranking.sentence_places import Place, asks, is_title, label_of, question_of, sentences
from qa.retrieval.matches import said_otherwise
from qa.retrieval.question import Question

Similarities = Callable[[Sequence[str]], Sequence[float]]

# How many sentences of a passage, the most similar ones, the cross-encoder reads.
READ = 3
# Weights beside the cross-encoder's logit of a sentence: for a cosine similarity of 1, for all new words of a
# follow-up, for all codes, dates and numbers of clauses that the question names, and for all its words said in other
# words.
_SIMILARITY, _NEW_WORDS, _CODES, _SYNONYMS = 15.0, 14.0, 14.0, 8.0
# Where it begins with such a code: it is about it, and does not only mention it.
_BEGINS_WITH_CODE = 6.0
# How much a heading counts less, and a question whose answer is not in the passage.
_SAYS_NOTHING = 6.0
# Where a question asks two things: the sentences that are read for each, and the score from which one answers.
_PARTS, _MOST_FOR_PARTS, _ANSWERING = 2, 12, 0.5


@dataclass(frozen=True, slots=True)
class Similar:
    """The similarity of a passage's sentences and of its heading to the question.

    `sentences` are the places of the sentences, the most similar first, and `headed` their similarities with the
    heading before them. `bare` is the highest similarity of a sentence alone, `heading` that of the last part of the
    heading.
    """

    sentences: tuple[Place, ...]
    headed: tuple[float, ...]
    bare: float
    heading: float

    def best_of(self, text: str) -> str:
        """The most similar sentence that does not only ask; one that asks, or the whole text, where there is no other.

        `text` is the text of the passage.
        """
        return text[slice(*self._best_place(text))]

    def best_with_label_of(self, text: str) -> str:
        """The same sentence with the label before it, such as the date of an entry."""
        best = self._best_place(text)
        label = label_of(text).get(best)
        return headed_text(text[slice(*best)], text[slice(*label)] if label else None)

    def _best_place(self, text: str) -> Place:
        found = self.sentences or ((0, len(text)),)
        return next((place for place in found if not asks(text[slice(*place)])), found[0])


def similar_sentences(candidates: Sequence[Candidate], similarities: Similarities) -> list[Similar]:
    """Compare the sentences and headings of each candidate with a question. `similarities` gets each text once."""
    places = [sentences(candidate.passage.text) for candidate in candidates]
    texts: dict[str, float] = {}
    for candidate, own in zip(candidates, places, strict=True):
        for place in own:
            texts[sentence_text(candidate, place)] = texts[candidate.passage.text[slice(*place)]] = 0.0
        texts[last_heading(candidate)] = 0.0
    texts = dict(zip(texts, similarities(list(texts)), strict=True))
    found = []
    for candidate, own in zip(candidates, places, strict=True):
        headed = {place: texts[sentence_text(candidate, place)] for place in own}
        ranked = sorted(own, key=lambda place: -headed[place])
        found.append(
            Similar(
                tuple(ranked),
                tuple(headed[place] for place in ranked),
                max((texts[candidate.passage.text[slice(*place)]] for place in own), default=0.0),
                texts[last_heading(candidate)],
            )
        )
    return found


def best_sentences(
    question: Question,
    candidates: Sequence[Candidate],
    similar: Sequence[Similar],
    model: CrossEncoder,
    without_names: Sequence[str | None] = (),
) -> list[tuple[BestSentence, ...]]:
    """Let the cross-encoder read the most similar sentences of each candidate. Returns them, the best answer first.

    In a follow-up, sentences with its new words come before the others; where the question names a code, a date or a
    clause, those with it, or under it. A sentence that only asks comes after what answers it. `without_names` has, for
    each candidate, the question without the names that its document bears, or None. Raises ModelUnavailable.
    """
    read = [_to_read(question, each, own) for each, own in zip(candidates, similar, strict=True)]
    asked = [wording or question.read for wording in without_names or [None] * len(candidates)]
    pairs = [
        (wording, sentence_text(found, place))
        for wording, found, own in zip(asked, candidates, read, strict=True)
        for place in own
    ]
    scores = iter(model.score(pairs))
    return [
        _ranked(
            question, candidate, [(place, own.headed[own.sentences.index(place)], next(scores)) for place in places]
        )
        for candidate, own, places in zip(candidates, similar, read, strict=True)
    ]


def answers_to_parts(
    parts: Sequence[str], candidate: Candidate, best: BestSentence, model: CrossEncoder
) -> tuple[BestSentence, ...]:
    """The sentences that best answer the parts of a question, without `best`. None where the question has one part."""
    if len(parts) != _PARTS:
        return ()
    text = candidate.passage.text
    places = [place for place in sentences(text) if not asks(text[slice(*place)])][:_MOST_FOR_PARTS]
    texts = [sentence_text(candidate, place) for place in places]
    found = []
    for part in parts:
        scores = score_texts(part, texts, model)
        at = max(range(len(places)), key=lambda at: scores[at], default=None)
        if at is None:
            break
        start, end = places[at]
        if scores[at] >= _ANSWERING and (end <= best.start or start >= best.end):
            found.append(BestSentence(start, end, scores[at]))
    return tuple(dict.fromkeys(found))


def sentence_text(candidate: Candidate, place: Place) -> str:
    """The text that the models read: the heading of the passage, the question or label before it, then the sentence."""
    return headed_text(candidate.passage.text[slice(*place)], *headings_of(candidate, place))


def headings_of(candidate: Candidate, place: Place) -> tuple[str | None, str | None]:
    """The heading above a sentence, and the question that it answers or the label before it in the text."""
    text = candidate.passage.text
    before = question_of(text).get(place) or label_of(text).get(place)
    return candidate.passage.heading, text[slice(*before)] if before else None


def _to_read(question: Question, candidate: Candidate, similar: Similar) -> tuple[Place, ...]:
    """The sentences that are read: those that have what the question names, then the ones most like it.

    Those that only ask, and headings, are read where there are too few others.
    """
    text = candidate.passage.text
    headed = dict(zip(similar.sentences, similar.headed, strict=True))

    def value(place: Place) -> tuple[bool, float, float]:
        sentence = text[slice(*place)]
        like = _SIMILARITY * headed[place] + _SYNONYMS * said_in_other_words(question, sentence)
        return not _says_nothing(sentence), _named(question, candidate, place), like

    return tuple(sorted(similar.sentences, key=value, reverse=True))[:READ]


def _named(question: Question, candidate: Candidate, place: Place) -> float:
    """How much it counts that a sentence has the codes of the question, or stands under them."""
    begins = any(each.begins_in(candidate.passage.text[slice(*place)]) for each in question.codes)
    return _CODES * _share(question.sought, sentence_text(candidate, place)) + _BEGINS_WITH_CODE * begins


def _share(asked: Sequence[Concept], text: str) -> float:
    """The share of some concepts that a text has; 0 where there are none."""
    if not asked:
        return 0.0
    said = Said.of(text)
    return sum(stands_in(each, said) for each in asked) / len(asked)


def said_in_other_words(question: Question, text: str) -> float:
    """The share of the question's concepts that a text lacks and says in another word with the same meaning."""
    said = Said.of(text)
    present = [stands_in(each, said) for each in question.about]
    otherwise = said_otherwise([each.synonyms for each in question.about], present, said.terms)
    return sum(otherwise) / len(otherwise) if otherwise else 0.0


def _ranked(
    question: Question, candidate: Candidate, scored: Sequence[tuple[Place, float, float]]
) -> tuple[BestSentence, ...]:
    answered = set(question_of(candidate.passage.text).values())

    def value(found: tuple[Place, float, float]) -> float:
        place, similarity, score = found
        text = candidate.passage.text[slice(*place)]
        if place in answered:
            return -math.inf
        new = _share(question.new if question.new != question.about else (), text)
        known = _SIMILARITY * similarity + _SYNONYMS * said_in_other_words(question, text)
        nothing = _SAYS_NOTHING if _says_nothing(text) else 0.0
        return logit(score) + known + _NEW_WORDS * new + _named(question, candidate, place) - nothing

    return tuple(BestSentence(*place, score) for place, _, score in sorted(scored, key=value, reverse=True))


def _says_nothing(sentence: str) -> bool:
    return asks(sentence) or is_title(sentence)


def last_heading(candidate: Candidate) -> str:
    """The last part of a passage's heading, or the name of its document where it has none."""
    return (candidate.passage.heading or candidate.document.name).rpartition(">")[2].strip()
