"""How a question is asked: one object for every way of asking, and the only place of its defaults."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = ("hybrid", "dense", "lexical")


@dataclass(frozen=True, slots=True)
class Options:
    """How a question is asked.

    Args:
        mode: How candidates are retrieved: by meaning (`dense`), by words (`lexical`), or both (`hybrid`).
        candidates: How many passages are retrieved and re-ranked, at most.
        top: How many hits are returned, at most.
        documents: The ids of the documents that are asked; None for all of them.
        mend: Whether typing errors are corrected. Without it, the question is taken as it was typed.
        new_words: The newest words of a follow-up whose question was put together with the one before it.

    Example:
        >>> Options(mode="lexical").candidates
        100
    """

    mode: Mode = "hybrid"
    candidates: int = 100
    top: int = 5
    documents: Collection[str] | None = None
    mend: bool = True
    new_words: str | None = None


DEFAULTS = Options()
