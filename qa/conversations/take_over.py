"""Conversations that versions before the database kept, a JSON file each: taken into the database at the first start.

A file is removed once what it held is committed, so that a start that is interrupted goes on at the next one. A file
that cannot be read is kept aside, never removed.
"""

import json
import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from ingest.errors import LibraryUnavailable
from ingest.store.database import Database
from ingest.store.durable import sync_folder
from ingest.store.tables import CONVERSATIONS
from qa.conversations.older import NewerFormat, conversation_in
from qa.conversations.rows import add_conversations
from qa.conversations.turn import Conversation

logger = logging.getLogger(__name__)

FOLDER, ASIDE = "conversations", "conversations-not-readable"
_FILE = re.compile(r"([0-9a-f]{16})\.json")
_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.json")  # what a version before was writing when it was killed
_AT_ONCE = 100  # conversations a transaction


def take_over(database: Database) -> None:
    """Move the conversations in files of the library folder into its database; nothing where there are none.

    Raises LibraryUnavailable where the disk will not; what is done by then stays done.
    """
    folder = database.folder / FOLDER
    try:
        if not folder.is_dir():
            return
        files = sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name) and path.is_file())
        for start in range(0, len(files), _AT_ONCE):
            _take_over_files(database, files[start : start + _AT_ONCE])
        for path in list(folder.iterdir()):
            if _UNFINISHED.fullmatch(path.name):
                path.unlink()
        with suppress(OSError):  # somebody else's files are in it
            folder.rmdir()
    except OSError as error:
        raise LibraryUnavailable(
            f"The conversations of an older version, in {folder}, could not be taken over: the folder cannot be "
            "read or written to. Check who may write to it, then start again."
        ) from error
    if files:
        database.empty_log()
        logger.info("%d files of conversations taken into the database", len(files))


def _take_over_files(database: Database, files: Sequence[Path]) -> None:
    read = {path: _conversation_in(path) for path in files}
    good = {found.id: found for found in read.values() if isinstance(found, Conversation)}
    with database.write() as connection:
        ids = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id.in_(list(good)))
        there = set(connection.execute(ids).scalars())  # taken over by a start that was interrupted
        add_conversations(connection, [found for found in good.values() if found.id not in there])
    for path, found in read.items():
        if isinstance(found, Conversation):
            path.unlink()
        elif isinstance(found, OSError):  # tried again at the next start
            logger.warning("conversation %s left out: its file cannot be read (%s)", path.stem, type(found).__name__)
        else:
            _keep_aside(path, found)
    sync_folder(files[0].parent)


def _conversation_in(path: Path) -> Conversation | Exception:
    """The conversation of a file, or why it cannot be read."""
    try:
        conversation = conversation_in(json.loads(path.read_bytes()))  # which keeps halves of surrogate pairs
    except (OSError, ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        return error
    return conversation if conversation.id == path.stem else ValueError("it has another one's name")


def _keep_aside(path: Path, error: Exception) -> None:
    """The log names the kind of the error only: its words would quote the texts."""
    aside = path.parent.with_name(ASIDE)
    aside.mkdir(exist_ok=True)
    path.replace(aside / path.name)
    sync_folder(aside)
    why = "was written by a newer Pinpoint" if isinstance(error, NewerFormat) else "cannot be read"
    logger.warning("conversation %s %s (%s): its file is kept in %s", path.stem, why, type(error).__name__, aside)
