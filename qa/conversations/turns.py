"""The making of a turn: a question of a conversation is answered, step by step, or given up."""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from ingest.errors import PinpointError
from qa.answer import Answer, Interim
from qa.asker import Asker
from qa.conversations.follow_up import InContext
from qa.conversations.turn import Turn
from qa.options import Options

STOPPED = "You stopped this question. Ask it again to see its answer."


def answer_turn(
    asker: Asker, asked: InContext, options: Options, names: Sequence[str] = ()
) -> Generator[Interim | Turn, None, None]:
    """Answer a question of a conversation.

    Args:
        asker: Answers the questions of the library.
        asked: The question, with the earlier one that it is asked together with.
        options: How it is asked; `new_words` are set here.
        names: The names of the documents that it is asked of, kept with the turn; none where all are asked.

    Yields:
        The best hits so far, after each batch of candidates; last the turn. Where the question cannot be answered, the
        turn says why. Close the generator to stop the work.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from pathlib import Path
        >>> from ingest import Library, Settings
        >>> with TemporaryDirectory() as folder:
        ...     settings = Settings(library=Path(folder) / "library")
        ...     with Library(settings) as library:
        ...         *_, turn = answer_turn(Asker(library, settings), InContext("When?", "When?"), Options())
        >>> turn.answer is None
        True
    """
    asked_at = datetime.now(UTC)
    try:
        with closing(asker.asking(asked.text, replace(options, new_words=asked.new_words))) as steps:
            for step in steps:
                if isinstance(step, Answer):
                    yield Turn(asked.typed, step, None, asked.asked_with, tuple(names), asked_at)
                else:
                    yield step
    except PinpointError as error:
        yield Turn(asked.typed, None, str(error), asked.asked_with, tuple(names), asked_at)


def stopped_turn(question: str, asked_with: str | None = None) -> Turn:
    """The turn of a question that a person gave up before it was answered.

    >>> stopped_turn("When?").error
    'You stopped this question. Ask it again to see its answer.'
    """
    return Turn(question, None, STOPPED, asked_with, asked_at=datetime.now(UTC))
