"""Which words of a passage are highlighted as the answer.

As a rule it is a sentence. It is the steps of one list where a question asks how, the beginning of a section where a
question only names its subject, and a heading together with the sentence under it.
"""

import re
from dataclasses import replace

from ingest.reading.heading_lines import looks_like_heading
from qa.analysis.function_words import FUNCTION_WORDS
from qa.analysis.tokens import all_terms
from qa.analysis.word_forms import folded
from qa.answer import BestSentence, Candidate
from qa.reranking.evidence import stands_in
from qa.reranking.sentence_places import after_label, asks, question_of, sentences
from qa.reranking.sentences import last_heading
from qa.retrieval.question import Question

_ITEM = re.compile(r"[ \t]*(?:[-*•–◦▪]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t]+\S")
_ASKS_FOR_STEPS = re.compile(
    r"\b(?:how (?:do|to|can|should|does|is|are)|steps?|procedure|instructions?|"
    r"what (?:do|should|must) (?:i|we|you) do)\b",
    re.I,
)
# Where the second part of a question begins: after a question mark, or before a question word that follows "and".
_NEXT_PART = re.compile(
    r"\?\s+(?=\w)|,?\s+and\s+(?=(?:who|what|when|where|which|why|how|whom|whose|can|do|does|is|are|must|may|should)\b)",
    re.I,
)
_WORD = re.compile(r"\w+")
# The longest list and the longest beginning of a section, in characters, and the longest label, in words.
_LONGEST_LIST, _LONGEST_BEGINNING, _LABEL = 1500, 350, 3


def parts(question: str) -> list[str]:
    """The parts of a question. Most questions have one part; some ask two things.

    >>> parts("How long is the probation period and when are the reviews?")
    ['How long is the probation period', 'when are the reviews?']
    >>> parts("What is the price of bread and butter?")
    ['What is the price of bread and butter?']
    """
    return [part.strip() for part in _NEXT_PART.split(question) if part.strip(" ?")]


def with_what_belongs(candidate: Candidate, best: BestSentence, question: Question) -> BestSentence:
    """Extend a sentence of a passage to all that a person would read with it; the sentence itself where that is all."""
    text = candidate.passage.text
    extended = with_steps(text, best, question.text)
    if extended == best and _names_only(question, candidate):
        extended = _beginning(text, best)
    if extended == best:
        extended = with_sentence_under(text, best)
    is_answer = any(place[0] == extended.start for place in question_of(text))
    return replace(extended, start=after_label(text, extended.start)) if is_answer else extended


def with_sentence_under(text: str, best: BestSentence) -> BestSentence:
    """Extend a heading, or a label of a few words, to the sentence after it: alone it answers nothing.

    Where a question is between them, the sentence is taken alone.

    >>> text = "LATE FEES\\n\\nAdults pay 20p a day. Children pay nothing."
    >>> with_sentence_under(text, BestSentence(0, 9, 0.9)).words(text)
    'LATE FEES\\n\\nAdults pay 20p a day.'
    """
    after = [place for place in sentences(text) if place[0] >= best.end]
    under = next((place for place in after if not asks(text[slice(*place)])), None)
    own = best.words(text)
    is_label = len(own.split()) <= _LABEL and own.endswith((".", ":")) and not any(map(str.isdigit, own))
    if not under or not (is_label or looks_like_heading(own)):
        return best
    return BestSentence(best.start if under == after[0] else under[0], under[1], best.score)


def _names_only(question: Question, candidate: Candidate) -> bool:
    """Whether a question is only the subject of a section, in words of its heading, and asks nothing of it."""
    words = [folded(word) for word in _WORD.findall(question.text)]
    if not candidate.passage.heading or not question.about or not FUNCTION_WORDS.isdisjoint(words):
        return False
    there = all_terms(last_heading(candidate))
    return all(asked.kind == "word" and stands_in(asked, there) for asked in question.about)


def _beginning(text: str, best: BestSentence) -> BestSentence:
    """The first sentences of a text, as many as go before a question; the sentence itself where none does."""
    places = sentences(text)
    first = next((at for at, place in enumerate(places) if not asks(text[slice(*place)])), 0)
    last = next((at for at, place in enumerate(places) if at > first and asks(text[slice(*place)])), len(places))
    ends = [end for _, end in places[first:last] if end - places[first][0] <= _LONGEST_BEGINNING]
    return BestSentence(places[first][0], ends[-1], best.score) if ends else best


def with_steps(text: str, best: BestSentence, question: str) -> BestSentence:
    """Extend a sentence to all steps of its list, where the question asks how something is done.

    A line that ends with a colon is highlighted together with the list after it.

    >>> text = "Descaling:\\n1. Empty the tray.\\n2. Press Start.\\nCall us if it fails."
    >>> found = with_steps(text, BestSentence(28, 43, 0.9), "How do I descale it?")
    >>> text[found.start:found.end]
    '1. Empty the tray.\\n2. Press Start.'
    """
    lines = _line_places(text)
    here = next((at for at, (start, end) in enumerate(lines) if start <= best.start < max(end, start + 1)), None)
    if here is None:
        return best
    is_item = [_ITEM.match(text, start) is not None for start, _ in lines]
    introduces = text[best.start : best.end].rstrip().endswith(":") and here + 1 < len(lines) and is_item[here + 1]
    if not introduces and not (is_item[here] and _ASKS_FOR_STEPS.search(question)):
        return best
    first = last = here + 1 if introduces else here
    belongs = [item or _continues_item(text, line) for item, line in zip(is_item, lines, strict=True)]
    while not introduces and first > 0 and belongs[first - 1] and any(is_item[:first]):
        first -= 1
    while last + 1 < len(lines) and belongs[last + 1]:
        last += 1
    start = best.start if introduces else _start_of_words(text, lines[first][0])
    end = max(best.end, lines[last][1])
    return BestSentence(start, end, best.score) if end - start <= _LONGEST_LIST else best


def _line_places(text: str) -> list[tuple[int, int]]:
    """The place of each line that has a word, from start to before its end."""
    return [match.span() for match in re.finditer(r"[^\n]*\S", text)]


def _continues_item(text: str, line: tuple[int, int]) -> bool:
    """Whether a line continues the item before it: it is indented, or it begins with a small letter."""
    beginning = text[line[0] : line[1]]
    return beginning[:1].isspace() or beginning[:1].islower()


def _start_of_words(text: str, place: int) -> int:
    while text[place].isspace():
        place += 1
    return place
