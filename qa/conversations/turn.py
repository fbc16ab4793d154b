"""A conversation: what was asked, one question after the other, and what each question was answered with."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Self

from pydantic import AwareDatetime

from qa.answer import Answer

NAME_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer.

    `error` is the sentence that says why there is no answer, None where there is one. `asked_with` is the question
    before it that it was asked together with, None where it stood alone; `of` are the names of the documents that it
    was asked of, none where it was asked of all. `asked_at` is when that was, None where an older Pinpoint kept it.
    Once kept, the near copies of a passage have no texts of their own.
    """

    question: str
    answer: Answer | None
    error: str | None
    asked_with: str | None = None
    of: tuple[str, ...] = ()
    asked_at: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in their order. `name` is the first question until somebody gives another; empty before there is one.

    `shared` is what a link has that shows it to the others; None where nobody shares it.
    """

    id: str
    name: str
    started_at: AwareDatetime
    changed_at: AwareDatetime
    turns: tuple[Turn, ...]
    shared: str | None = None

    def with_turn(self, turn: Turn) -> Self:
        """The conversation with one turn more, changed now."""
        name = self.name or short_name(turn.question)
        return replace(self, name=name, changed_at=datetime.now(UTC), turns=(*self.turns, turn))

    def renamed(self, name: str) -> Self:
        """The conversation by another name; its first question again where the name is empty."""
        first = self.turns[0].question if self.turns else ""
        return replace(self, name=short_name(name) or short_name(first))


def short_name(text: str) -> str:
    """`text` on one line of at most 80 characters, cut after a word.

    >>> short_name("How long is it?\\n")
    'How long is it?'
    >>> len(short_name("word " * 50)), short_name("word " * 50)[-6:]
    (80, ' word…')
    """
    line = " ".join(text.split())
    if len(line) <= NAME_CHARACTERS:
        return line
    words, _, _ = line[:NAME_CHARACTERS].rpartition(" ")
    # A word that takes more than half of the room, or a script without spaces, is cut itself.
    return (words if len(words) > NAME_CHARACTERS / 2 else line[: NAME_CHARACTERS - 1]) + "…"
