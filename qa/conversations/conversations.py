"""The conversations that are kept, in the database of the library: found, listed, searched, renamed and deleted.

What is deleted is gone from the disk. A conversation whose rows cannot be read is left as it is and left out.
"""

import copy
import json
import logging
import re
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, not_, select, true, update

from ingest.errors import NotAllowed
from ingest.store.database import Database
from ingest.store.tables import CONVERSATIONS, TURNS
from qa.conversations.rows import add_conversations, add_turns, conversation_row, turn_body, turn_of
from qa.conversations.search import folded, matching_conversations
from qa.conversations.take_over import take_over
from qa.conversations.turn import Conversation, Turn

logger = logging.getLogger(__name__)

_ID = re.compile(r"[0-9a-f]{16}")
_SHARED = re.compile(r"[\w-]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a conversation. `questions` is how many were asked, `shared` as in `Conversation`."""

    id: str
    name: str
    changed_at: datetime
    questions: int
    shared: str | None = None


class Conversations:
    """The conversations of one database, or one person's. Safe for several threads.

    Where nobody signs in, everybody sees all. A person sees, changes and deletes only their own, and sees what others
    share by its link. Every method raises LibraryUnavailable where the database fails; then what was kept stays whole.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Database(Path(folder)) as database:
    ...     conversations = Conversations(database)
    ...     _ = conversations.add(conversations.start(), Turn("When?", None, "There are no documents yet."))
    ...     [summary.name for summary in conversations.listed()]
    ['When?']
    """

    def __init__(self, database: Database) -> None:
        """Take over what an older version kept in files, then use the database alone."""
        take_over(database)
        self._database = database
        self._owner: int | None = None
        self._unreadable: set[str] = set()  # ids; known once one was looked for

    def of(self, person_id: int | None) -> Self:
        """The conversations of one person; with None all of them."""
        theirs = copy.copy(self)
        theirs._owner = person_id
        return theirs

    def start(self) -> Conversation:
        """A new conversation without turns, which nothing is written of yet."""
        now = datetime.now(UTC)
        return Conversation(secrets.token_hex(8), "", now, now, ())

    def find(self, conversation_id: str) -> Conversation | None:
        """The conversation of this id, which may be any text at all; None where none is kept that can be read."""
        if not _ID.fullmatch(conversation_id):
            return None
        with self._database.read() as connection:
            return self._load(connection, conversation_id)

    def questions(self, conversation_id: str) -> int:
        """How many questions are kept of a conversation; 0 where it is not here."""
        number = select(CONVERSATIONS.c.number).where(self._is(conversation_id)).scalar_subquery()
        with self._database.read() as connection:
            return connection.execute(select(func.count()).where(TURNS.c.conversation == number)).scalar_one()

    def find_shared(self, shared: str) -> Conversation | None:
        """The conversation of this link, whosever it is; None where none is shared by it."""
        if not _SHARED.fullmatch(shared):
            return None
        with self._database.read() as connection:
            found = connection.execute(select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.shared == shared)).scalar()
            return None if found is None else self._load(connection, found, anybodys=True)

    def share(self, conversation_id: str) -> str | None:
        """Let everybody who may ask see a conversation by a link; what the link has. None where there is none."""
        with self._database.write() as connection:
            kept = connection.execute(select(CONVERSATIONS.c.shared).where(self._is(conversation_id))).one_or_none()
            if kept is None or kept.shared:
                return None if kept is None else str(kept.shared)
            shared = secrets.token_urlsafe(16)
            connection.execute(update(CONVERSATIONS).where(self._is(conversation_id)).values(shared=shared))
            return shared

    def stop_sharing(self, conversation_id: str) -> None:
        """Let the link to a conversation lead nowhere."""
        with self._database.write() as connection:
            connection.execute(update(CONVERSATIONS).where(self._is(conversation_id)).values(shared=None))

    def keep(self, conversation: Conversation) -> None:
        """Write a conversation in the place of what was kept of it; nothing where it has no turn."""
        if conversation.turns:
            with self._database.write() as connection:
                self._keep(connection, conversation)
            self._unreadable.discard(conversation.id)

    def add(self, conversation: Conversation, turn: Turn) -> Conversation:
        """Add a turn to what is kept of a conversation, in one transaction, and return the whole.

        So what another window has added or renamed meanwhile stays. Where nothing is kept of it, all of `conversation`
        is. To what somebody else shares nothing is added: a copy of one's own is.
        """
        with self._database.write() as connection:
            if self._is_anothers(connection, conversation.id):
                conversation = replace(conversation, id=self.start().id, shared=None)
            longer = (self._load(connection, conversation.id) or conversation).with_turn(turn)
            self._keep(connection, longer)
        self._unreadable.discard(longer.id)
        return longer

    def rename(self, conversation_id: str, name: str) -> Conversation | None:
        """Give a kept conversation another name, its first question where that is empty; its place in the list stays.

        None where none is kept.
        """
        if not _ID.fullmatch(conversation_id):
            return None
        with self._database.write() as connection:
            found = self._load(connection, conversation_id)
            if found is None:
                return None
            renamed = found.renamed(name)
            _update_row(connection, renamed)
            return renamed

    def delete(self, conversation_id: str) -> bool:
        """Delete a conversation for good, from the disk too; False where there is none."""
        if not _ID.fullmatch(conversation_id):
            return False
        with self._database.write() as connection:
            gone = connection.execute(delete(CONVERSATIONS).where(self._is(conversation_id))).rowcount
            if gone:
                # Only then the index holds nothing of it any more.
                connection.exec_driver_sql("INSERT INTO turn_texts (turn_texts) VALUES ('optimize')")
        if gone:
            self._database.empty_log()
        return bool(gone)

    def listed(self, words: str = "", at_most: int | None = None) -> list[Summary]:
        """Those in which all these words stand, in its name, questions or passages; newest first, `at_most` so many.

        A word may be part of a longer one; letter case and accents do not matter. Those that were found to be
        unreadable are left out.
        """
        wanted = folded(words).split()
        asked = self._of_each()
        with self._database.read() as connection:
            if wanted:
                found = matching_conversations(connection, wanted)
                rows = [row for row in connection.execute(asked) if row.number in found]
            else:
                rows = list(connection.execute(asked.limit(at_most)))
        listed = [summary for row in rows if (summary := self._summary(row))]
        if at_most is not None and len(listed) < len(rows):  # one more in the place of each that cannot be read
            return self.listed(words, at_most)
        return listed[:at_most]

    def _of_each(self) -> Select[*tuple[Any, ...]]:
        """Asks for what a list shows of each conversation, newest first; without those known to be unreadable.

        The turns are counted last, so only those of the conversations that are within a limit.
        """
        turns = select(func.count()).where(TURNS.c.conversation == CONVERSATIONS.c.number).scalar_subquery()
        columns = [CONVERSATIONS.c[name] for name in ("number", "id", "name", "changed_at", "shared")]
        return (
            select(*columns, turns.label("questions"))
            .where(self._may_see(), CONVERSATIONS.c.id.not_in(list(self._unreadable)))
            .order_by(CONVERSATIONS.c.changed_at.desc(), CONVERSATIONS.c.id.desc())
        )

    def _summary(self, row: Row[*tuple[Any, ...]]) -> Summary | None:
        try:
            changed_at = datetime.fromisoformat(row.changed_at)
            return Summary(row.id, _name(row.name), changed_at, row.questions, row.shared)
        except (ValueError, TypeError, RecursionError) as error:
            _log_unreadable(row.id, error)
            self._unreadable.add(row.id)
            return None

    def _may_see(self) -> ColumnElement[bool]:
        return true() if self._owner is None else CONVERSATIONS.c.owner == self._owner

    def _is(self, conversation_id: str) -> ColumnElement[bool]:
        return and_(CONVERSATIONS.c.id == conversation_id, self._may_see())

    def _is_anothers(self, connection: Connection, conversation_id: str) -> bool:
        kept = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == conversation_id, not_(self._may_see()))
        return connection.execute(kept).first() is not None

    def _keep(self, connection: Connection, conversation: Conversation) -> None:
        if self._is_anothers(connection, conversation.id):
            raise NotAllowed("This conversation is somebody else's. Ask again; that begins one of your own.")
        _keep(connection, conversation, self._owner)

    def _load(self, connection: Connection, conversation_id: str, *, anybodys: bool = False) -> Conversation | None:
        where = CONVERSATIONS.c.id == conversation_id if anybodys else self._is(conversation_id)
        row = connection.execute(select(CONVERSATIONS).where(where)).one_or_none()
        if row is None:
            return None
        bodies = connection.execute(
            select(TURNS.c.body).where(TURNS.c.conversation == row.number).order_by(TURNS.c.ordinal)
        )
        try:
            started_at, changed_at = datetime.fromisoformat(row.started_at), datetime.fromisoformat(row.changed_at)
            turns = tuple(turn_of(body) for body in bodies.scalars().all())
            return Conversation(row.id, _name(row.name), started_at, changed_at, turns, row.shared)
        except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
            _log_unreadable(conversation_id, error)
            self._unreadable.add(conversation_id)
            return None


def _keep(connection: Connection, conversation: Conversation, owner: int | None) -> None:
    """Write what differs from what is kept: as a rule the last turn."""
    if not _ID.fullmatch(conversation.id):
        raise ValueError("an id that was not given by Conversations.start")
    number = connection.execute(select(CONVERSATIONS.c.number).where(CONVERSATIONS.c.id == conversation.id)).scalar()
    if number is None:
        add_conversations(connection, [conversation], owner)
        return
    _update_row(connection, conversation)
    kept = select(TURNS.c.ordinal, TURNS.c.body).where(TURNS.c.conversation == number)
    before = {row.ordinal: row.body for row in connection.execute(kept)}
    now = {ordinal: (turn, turn_body(turn)) for ordinal, turn in enumerate(conversation.turns)}
    changed = [ordinal for ordinal, (_, body) in now.items() if before.get(ordinal) != body]
    gone = [ordinal for ordinal in before if ordinal in changed or ordinal not in now]
    connection.execute(delete(TURNS).where(TURNS.c.conversation == number, TURNS.c.ordinal.in_(gone)))
    add_turns(connection, [(number, ordinal, *now[ordinal]) for ordinal in changed])


def _update_row(connection: Connection, conversation: Conversation) -> None:
    row = conversation_row(conversation)
    connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation.id).values(row))


def _name(text: str) -> str:
    name = json.loads(text)
    if not isinstance(name, str):
        raise TypeError("a name that is no text")
    return name


def _log_unreadable(conversation_id: str, error: Exception) -> None:
    """The kind of the error only: its words would quote the texts."""
    logger.warning("conversation %s left out: it cannot be read (%s)", conversation_id, type(error).__name__)
