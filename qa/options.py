"""How to ask a question: the same object for all callers, and the only place of the defaults."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = ("hybrid", "dense", "lexical")


@dataclass(frozen=True, slots=True)
class Options:
    """How to ask a question.

    Args:
        mode: How candidates are retrieved: by meaning (`dense`), by words (`lexical`), or both (`hybrid`).
        candidates: The most passages to retrieve and re-rank.
        top: The most hits to return.
        documents: The ids of the documents to search; None for all of them.
        mend: Whether to correct typing errors. Otherwise the question stays as it was typed.
        new_words: The newest words of a follow-up that is asked together with the question before it.

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
