"""Conversations and turns as rows of the database, and back."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, func, insert, select

from ingest.store.tables import CONVERSATIONS, TURN_TEXTS, TURNS
from qa.conversations.search import folded, searched_text
from qa.conversations.turn import Conversation, Turn

_TURN = TypeAdapter(Turn)


def turn_body(turn: Turn) -> str:
    """A turn as JSON in ASCII, so that halves of surrogate pairs, as file names may hold, stay as they are."""
    return json.dumps(_TURN.dump_python(turn, mode="json"))


def turn_of(body: str) -> Turn:
    """The turn of this JSON. Raises ValueError, RecursionError or TypeError where it is none."""
    return _TURN.validate_python(json.loads(body))


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
