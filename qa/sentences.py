"""The sentences of a passage, and which of them answers best: scored by the cross-encoder, all hits in one batch."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries

from qa.candidate import BestSentence, Candidate
from qa.rerank import score_texts

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

# The rules for where a sentence ends are those of English: abbreviations such as "Dr." do not end one. Full stops of
# other scripts end a sentence with them too.
_RULES = "en"


def sentences(text: str) -> list[tuple[int, int]]:
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


def _rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The rows of a table or a list, each a sentence of its own; a sentence that only runs over lines stays whole."""
    lines = text[start:end].splitlines(keepends=True)
    if any(line.lstrip()[:1].islower() for line in lines):
        return [(start, end)]
    rows = []
    for line in lines:
        rows.append((start, start + len(line)))
        start += len(line)
    return rows


def best_sentences(question: str, candidates: Sequence[Candidate], model: "CrossEncoder") -> list[BestSentence | None]:
    """For each candidate the sentence that scores best with its heading before it; None where there is no sentence.

    Raises ModelUnavailable as `rerank` does.
    """
    places = [sentences(candidate.passage.text) for candidate in candidates]
    texts = [
        _read_text(candidate, *place) for candidate, found in zip(candidates, places, strict=True) for place in found
    ]
    scores = iter(score_texts(question, texts, model))
    best = []
    for found in places:
        scored = [BestSentence(start, end, next(scores)) for start, end in found]
        best.append(max(scored, key=lambda sentence: sentence.score, default=None))
    return best


def _read_text(candidate: Candidate, start: int, end: int) -> str:
    passage = candidate.passage
    sentence = passage.text[start:end]
    return f"{passage.heading}\n{sentence}" if passage.heading else sentence
