"""Words with the same meaning: a passage says "lift" where the question says "elevator".

The data are those of WordNet 3.0, made by `tests/make_synonyms.py`; its licence stands in the file.

Source:
    Miller, "WordNet: A Lexical Database for English", Communications of the ACM, 1995. The endings that are taken off
    are those of its `morphy`.
"""

import gzip
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from qa.analysis.word_forms import folded, form

_FILE = Path(__file__).with_name("synonyms.txt.gz")
_ENDINGS = (
    ("s", ""), ("es", ""), ("es", "e"), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("men", "man"),
)  # fmt: skip


def synonyms(word: str) -> frozenset[str]:
    """The forms of the words with the same meaning in one of the word's frequent senses, without its own form.

    Args:
        word: One English word, as it was typed.

    Returns:
        Forms as `qa.analysis.word_forms.form` makes them; none where the word is unknown.

    Example:
        >>> "lift" in synonyms("Elevators"), "steal" in synonyms("stolen"), synonyms("Velmarsh")
        (True, True, frozenset())
    """
    typed = folded(word)
    found = {other for base in _bases(typed) for other in _lines().get(base, "").split()}
    return frozenset(found - {form(typed)})


def _bases(word: str) -> Iterator[str]:
    """The word, and the words of which it may be an inflection."""
    yield word
    for ending, base in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word.removesuffix(ending)
            yield stem + base
            if not base and stem[-1] == stem[-2]:
                yield stem[:-1]


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    """The words with their synonyms. The file is read when it is first needed."""
    with gzip.open(_FILE, "rt", encoding="ascii") as lines:
        parted = (line.rstrip().partition(" ") for line in lines if not line.startswith("#"))
        return {word: others for word, _, others in parted}
