"""Conversations and turns as rows of the database, and back.

Of the near copies of a passage, as many as a library has, a row keeps where each is, not its text once more.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, func, insert, select

from ingest.store.tables import CONVERSATIONS, TURN_TEXTS, TURNS
from qa.analysis.wording import is_same_text
from qa.conversations.search import folded, searched_text
from qa.conversations.turn import Conversation, Turn

_TURN = TypeAdapter(Turn)


def turn_body(turn: Turn) -> str:
    """A turn as JSON in ASCII, so that halves of surrogate pairs, as file names may hold, stay as they are."""
    content = _TURN.dump_python(turn, mode="json")
    for text, copies in _copies(content):
        for copy in copies:
            copy["same"] = is_same_text(copy["passage"]["text"], text)
            copy["passage"]["text"] = ""
            copy["document"]["not_read"] = []
    return json.dumps(content)


def turn_of(body: str) -> Turn:
    """The turn of this JSON. Of near copies with another text the text is empty, but where an older Pinpoint kept it.

    Raises ValueError, RecursionError, LookupError, AttributeError or TypeError where it is none.
    """
    content = json.loads(body)
    for text, copies in _copies(content):
        for copy in copies:
            if copy.pop("same", False):
                copy["passage"]["text"] = text
    return _TURN.validate_python(content)


def _copies(turn: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The text of each passage that was shown, and its near copies."""
    for hit in turn["answer"]["hits"] if turn["answer"] else ():
        yield hit["candidate"]["passage"]["text"], hit.get("also", [])


def conversation_row(conversation: Conversation) -> dict[str, str]:
    """The columns of a conversation without its number and its turns."""
    return {
        "id": conversation.id,
        "name": json.dumps(conversation.name),
        "name_searched": folded(conversation.name),
        "started_at": _sortable(conversation.started_at),
        "changed_at": _sortable(conversation.changed_at),
    }


def add_conversations(connection: Connection, conversations: Sequence[Conversation], owner: int | None = None) -> None:
    """Insert conversations that are not kept yet, with their turns; they are this person's, or nobody's."""
    first = _next_number(connection, CONVERSATIONS.c.number)
    rows = [
        {"number": number, "owner": owner, **conversation_row(one)}
        for number, one in enumerate(conversations, start=first)
    ]
    if rows:
        connection.execute(insert(CONVERSATIONS), rows)
    turns = [
        (number, ordinal, turn)
        for number, conversation in enumerate(conversations, start=first)
        for ordinal, turn in enumerate(conversation.turns)
    ]
    add_turns(connection, [(number, ordinal, turn, turn_body(turn)) for number, ordinal, turn in turns])


def add_turns(connection: Connection, turns: Sequence[tuple[int, int, Turn, str]]) -> None:
    """Insert turns, each with the number of its conversation, its place in it and its body."""
    first = _next_number(connection, TURNS.c.number)
    if turns:
        connection.execute(
            insert(TURNS),
            [
                {"number": number, "conversation": conversation, "ordinal": ordinal, "body": body}
                for number, (conversation, ordinal, _, body) in enumerate(turns, start=first)
            ],
        )
        connection.execute(
            insert(TURN_TEXTS),
            [{"rowid": number, "text": searched_text(turn)} for number, (*_, turn, _) in enumerate(turns, start=first)],
        )


def _next_number(connection: Connection, column: Column[int]) -> int:
    return (connection.execute(select(func.max(column))).scalar() or 0) + 1


def _sortable(when: datetime) -> str:
    """A time of which the order of the texts is the order of the times."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")
