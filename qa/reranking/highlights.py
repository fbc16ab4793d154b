"""Which words of a passage are highlighted as the answer: a sentence, or the steps of one list."""

import re

from qa.answer import BestSentence

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
_LONGEST_LIST = 1500  # characters


def parts(question: str) -> list[str]:
    """The parts of a question. Most questions have one part; some ask two things.

    >>> parts("How long is the probation period and when are the reviews?")
    ['How long is the probation period', 'when are the reviews?']
    >>> parts("What is the price of bread and butter?")
    ['What is the price of bread and butter?']
    """
    return [part.strip() for part in _NEXT_PART.split(question) if part.strip(" ?")]


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
