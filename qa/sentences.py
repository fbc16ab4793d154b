"""The sentences of a passage, and which of them answers this question best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries

from qa.analysis import all_terms
from qa.candidate import BestSentence, Candidate
from qa.evidence import logit, stands_in
from qa.question import Question
from qa.rerank import score_texts

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Place = tuple[int, int]
Similarities = Callable[[Sequence[str]], Sequence[float]]

# The rules for where a sentence ends are those of English: abbreviations such as "Dr." do not end one. Full stops of
# other scripts end a sentence with them too.
_RULES = "en"
# Sentences of a passage, the most similar ones, that the cross-encoder reads.
READ = 3
# What a unit of cosine similarity is worth in logits, and all of a follow-up's new words: see tests.benchmarks.tune.
_SIMILARITY, _NEW_WORDS = 15.0, 6.0


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences of one passage, the best first, and the similarity of the most similar one; None where there is none.

    `more` are sentences that answer the other parts of a question that asks two things.
    """

    ranked: tuple[BestSentence, ...]
    similarity: float | None
    more: tuple[BestSentence, ...] = ()


def sentences(text: str) -> list[Place]:
    """Where each sentence stands, from start to before end, without the white space around it.

    >>> [slice(*place) for place in sentences("Dr. Ames pays. We do not.")]
    [slice(0, 14, None), slice(15, 25, None)]
    >>> sentences("Part: valve\\nPart: seal") == [(0, 11), (12, 22)]
    True
    """
    places = []
    for found in get_sentence_boundaries(_RULES, text):
        for start, end in _rows(text, int(found["start_index"]), int(found["end_index"])):
            stretch = text[start:end]
            if any(character.isalnum() for character in stretch):
                start_of_words = start + len(stretch) - len(stretch.lstrip())
                places.append((start_of_words, start_of_words + len(stretch.strip())))
    return places


def sentence_text(candidate: Candidate, place: Place) -> str:
    """What the models read of a sentence: the heading of its passage, where it has one, before it."""
    passage = candidate.passage
    sentence = passage.text[place[0] : place[1]]
    return f"{passage.heading}\n{sentence}" if passage.heading else sentence


def best_sentences(
    question: Question, candidates: Sequence[Candidate], model: "CrossEncoder", similar: Similarities
) -> list[Sentences]:
    """The sentences of each candidate that answer best.

    Each sentence is compared with the question by `similar`, and the cross-encoder reads the most similar ones of each
    passage. In a follow-up those that have its new words come before the others. Raises ModelUnavailable.
    """
    each = [sentences(candidate.passage.text) for candidate in candidates]
    texts = [sentence_text(candidate, place) for candidate, own in zip(candidates, each, strict=True) for place in own]
    likeness = iter(similar(texts))
    read = [_most_similar([(place, next(likeness)) for place in own]) for own in each]
    scores = iter(
        score_texts(
            question.read,
            [sentence_text(found, place) for found, own in zip(candidates, read, strict=True) for place, _ in own],
            model,
        )
    )
    return [
        _ranked(question, candidate, [(place, value, next(scores)) for place, value in own])
        for candidate, own in zip(candidates, read, strict=True)
    ]


def _most_similar(own: list[tuple[Place, float]]) -> list[tuple[Place, float]]:
    return sorted(own, key=lambda pair: -pair[1])[:READ]


def _ranked(question: Question, candidate: Candidate, scored: Sequence[tuple[Place, float, float]]) -> Sentences:
    def value(found: tuple[Place, float, float]) -> float:
        place, similarity, score = found
        terms = all_terms(candidate.passage.text[place[0] : place[1]])
        new = [stands_in(asked, terms) for asked in question.new] if question.new != question.about else []
        return logit(score) + _SIMILARITY * similarity + _NEW_WORDS * (sum(new) / len(new) if new else 0.0)

    ranked = [BestSentence(*place, score) for place, _, score in sorted(scored, key=value, reverse=True)]
    return Sentences(tuple(ranked), max((similarity for _, similarity, _ in scored), default=None))


def _rows(text: str, start: int, end: int) -> list[Place]:
    """The rows of a table or a list, each a sentence of its own; a sentence that only runs over lines stays whole."""
    lines = text[start:end].splitlines(keepends=True)
    if any(line.lstrip()[:1].islower() for line in lines):
        return [(start, end)]
    rows = []
    for line in lines:
        rows.append((start, start + len(line)))
        start += len(line)
    return rows
