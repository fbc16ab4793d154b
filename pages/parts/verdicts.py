"""What the word on a card means, in a list."""

from qa import Verdict
from qa.confidence.verdict_words import VERDICT_WORDS

_MEANING: dict[Verdict, str] = {
    "answers": "The passage very likely answers your question. Its best sentence stands on top.",
    "may answer": "It may answer: read it before you rely on it.",
    "left empty": "It has the place for what you ask, such as a field of a form, but nothing is filled in.",
    "related": "It only touches what you ask about.",
}


def verdict_list() -> str:
    """Each word with its meaning, as HTML."""
    rows = "".join(f"<dt>{VERDICT_WORDS[verdict]}</dt><dd>{meaning}</dd>" for verdict, meaning in _MEANING.items())
    return f'<dl class="pp-list">{rows}</dl>'
