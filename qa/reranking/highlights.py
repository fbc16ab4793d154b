"""Which words of a passage are highlighted as the answer.

As a rule it is a sentence. It is the steps of one list where a question asks how, the beginning of a section where a
question only names its subject, and a heading together with the sentence under it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.heading_lines import looks_like_heading
from qa.analysis.concepts import Concept, Said
from qa.analysis.function_words import FUNCTION_WORDS
from qa.analysis.tokens import terms
from qa.analysis.word_forms import folded
from qa.answer import BestSentence, Candidate
from qa.reranking.answer_kinds import asks_when
from qa.reranking.evidence import stands_in
from qa.reranking.sentence_places import (
    after_label,
    asks,
    is_date_line,
    is_label,
    is_title,
    label_of,
    question_of,
    sentences,
)
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
_COLONS = (":", "：")
# The score from which a sentence answers.
_ANSWERING = 0.5
# The longest list and the longest beginning of a section, or entry of a diary, in characters.
_LONGEST_LIST, _LONGEST_BEGINNING = 1500, 350


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
    if extended == best and _is_all_asked(candidate, best, question):
        extended = _with_list(text, best)
    if extended == best and _names_only(question, candidate):
        extended = _beginning(text, best)
    if extended == best:
        extended = with_sentence_under(text, best)
    if best.score < _ANSWERING and (entry := with_entry(text, best, question)) != best:
        extended = entry
    if asks_when(question.text):
        extended = with_date_line(text, extended)
    is_answer = any(place[0] == extended.start for place in question_of(text))
    return replace(extended, start=after_label(text, extended.start)) if is_answer else extended


def with_list_asked_for(candidate: Candidate, ranked: Sequence[BestSentence], question: Question) -> BestSentence:
    """Extend an item to its list, where a question asks for the list, by its heading, and not for this item.

    Args:
        candidate: The passage.
        ranked: Its sentences that were read, the best answer first.
        question: The question. In a follow-up, only its new words count.
    """
    best, text = ranked[0], candidate.passage.text
    whole = _with_list(text, best)
    head = _head_of(candidate, whole)
    if whole == best or not _names(question.new, head):
        return best
    own, others = Said.of(best.words(text)), [each for each in ranked[1:] if _is_within(each, whole)]
    has_own_words = any(stands_in(asked, own) for asked in question.new if not stands_in(asked, Said.of(head)))
    answers_alone = best.score >= _ANSWERING and all(each.score < _ANSWERING for each in others)
    return best if has_own_words or answers_alone else whole


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
    has_entry = under is not None and label_of(text).get(under) == (best.start, best.end)
    if not under or not (has_entry or is_label(own) or is_title(own) or looks_like_heading(own)):
        return best
    return BestSentence(best.start if under == after[0] else under[0], under[1], best.score)


def with_date_line(text: str, best: BestSentence) -> BestSentence:
    """Extend a sentence to the line with a date that it is the entry of: that line says when it was.

    >>> text = "3 May 2026\\nThe roof is on. The crane has left."
    >>> with_date_line(text, BestSentence(11, 26, 0.9)).words(text)
    '3 May 2026\\nThe roof is on.'
    """
    line = _date_line_of(text, best)
    return replace(best, start=line[0]) if line else best


def with_entry(text: str, best: BestSentence, question: Question) -> BestSentence:
    """Extend a sentence to the whole entry under a line with a date, where the question names that date."""
    line = _date_line_of(text, best)
    if line is None:
        return best
    said = Said.of(text[slice(*line)])
    end = max(place[1] for place, label in label_of(text).items() if label == line)
    is_asked = any(each.kind == "date" and each.stands_in(said) for each in question.about)
    return replace(best, start=line[0], end=end) if is_asked and end - line[0] <= _LONGEST_BEGINNING else best


def _date_line_of(text: str, best: BestSentence) -> tuple[int, int] | None:
    """The place of the line with a date that a sentence is the entry of, or is itself; None where it is of none."""
    labels = label_of(text)
    label = next((label for place, label in labels.items() if best.start in {place[0], label[0]}), None)
    return label if label and is_date_line(text[slice(*label)]) else None


def _names_only(question: Question, candidate: Candidate) -> bool:
    """Whether a question is only the subject of a section, in words of its heading, and asks nothing of it."""
    words = [folded(word) for word in _WORD.findall(question.text)]
    if not candidate.passage.heading or not question.about or not FUNCTION_WORDS.isdisjoint(words):
        return False
    there = Said.of(last_heading(candidate))
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

    A line that ends with a colon, and a heading, is highlighted together with the list after it.

    >>> text = "Descaling:\\n1. Empty the tray.\\n2. Press Start.\\nCall us if it fails."
    >>> found = with_steps(text, BestSentence(28, 43, 0.9), "How do I descale it?")
    >>> text[found.start:found.end]
    'Descaling:\\n1. Empty the tray.\\n2. Press Start.'
    """
    return _with_list(text, best) if _introduces(best.words(text)) or _ASKS_FOR_STEPS.search(question) else best


def _is_all_asked(candidate: Candidate, best: BestSentence, question: Question) -> bool:
    """Whether a question is that of a list of questions, or of a heading, which the list with the sentence answers."""
    above = next((of for place, of in question_of(candidate.passage.text).items() if place[0] == best.start), None)
    head = candidate.passage.text[slice(*above)] if above else last_heading(candidate)
    there = Said.of(head)
    return asks(head) and bool(question.about) and all(stands_in(asked, there) for asked in question.about)


def _head_of(candidate: Candidate, found: BestSentence) -> str:
    """The line over the list `found`, which may begin with it, or else the heading of the passage."""
    text = candidate.passage.text
    first = found.words(text).partition("\n")[0]
    before = text[: found.start].rstrip().rpartition("\n")[2]
    if not _ITEM.match(first):
        return first
    return before if looks_like_heading(before) else last_heading(candidate)


def _names(about: Sequence[Concept], head: str) -> bool:
    """Whether at least half of the words of a heading, and one of them, are asked for, or words that mean the same."""
    words = set(terms(head)) - FUNCTION_WORDS
    asked = {
        word
        for word in words
        for each in about
        if stands_in(each, Said(word, frozenset([word]))) or word in each.synonyms
    }
    return bool(asked) and 2 * len(asked) >= len(words)


def _is_within(sentence: BestSentence, found: BestSentence) -> bool:
    return found.start <= sentence.start and sentence.end <= found.end


def _with_list(text: str, best: BestSentence) -> BestSentence:
    """Extend a line to the list after it, and an item to its list with the line that introduces it."""
    lines = _line_places(text)
    here = next((at for at, (start, end) in enumerate(lines) if start <= best.start < max(end, start + 1)), None)
    if here is None:
        return best
    is_item = [_ITEM.match(text, start) is not None and not asks(text[start:end]) for start, end in lines]
    belongs = [item or _continues_item(text, line) for item, line in zip(is_item, lines, strict=True)]
    if not is_item[here] and not (_introduces(best.words(text)) and any(is_item[here : here + 2])):
        return best
    first = last = here if is_item[here] else here + 1
    while first > 0 and belongs[first - 1] and any(is_item[:first]):
        first -= 1
    while last + 1 < len(lines) and belongs[last + 1]:
        last += 1
    if first > 0 and text[slice(*lines[first - 1])].endswith(_COLONS):
        first -= 1
    start = min(best.start, _start_of_words(text, lines[first][0]))
    end = max(best.end, lines[last][1])
    return BestSentence(start, end, best.score) if end - start <= _LONGEST_LIST else best


def _introduces(line: str) -> bool:
    """Whether a line may introduce the list after it."""
    return line.endswith(_COLONS) or looks_like_heading(line)


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
