"""The conversations that are kept: one JSON file each, in a folder of the library, written whole or not at all.

What cannot be read, damaged or written by a newer Pinpoint, is left as it is and left out. No file is ever named by
what a stranger wrote.
"""

import json
import logging
import os
import re
import secrets
import threading
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ingest.errors import LibraryUnavailable
from ingest.store.durable import write_bytes
from qa.conversations.older import with_ranks
from qa.conversations.turn import Conversation

logger = logging.getLogger(__name__)

# A file that a changed dataclass can no longer be read from gets a number of its own.
_FORMAT = 3
_ID = re.compile(r"[0-9a-f]{16}")
_ENDING = ".json"
_FULL = "The disk is full or cannot be written to."


@dataclass(frozen=True, slots=True)
class _File:
    format: int
    conversation: Conversation


_FILE = TypeAdapter(_File)
_Stamp = tuple[int, int, int]  # when a file was changed, its size, its inode


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a conversation. `questions` is how many were asked."""

    id: str
    name: str
    changed_at: datetime
    questions: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was read last. `stamp` tells whether it is still the same; `summary` is None for an unreadable one.

    `text` is all that is searched in it, folded.
    """

    stamp: _Stamp
    summary: Summary | None
    text: str


class Conversations:
    """The conversations of one folder, which is made when the first is kept. Safe for several threads.

    One object a folder; one process at a time, the one that has the library open.

    >>> from tempfile import TemporaryDirectory
    >>> from qa.conversations.turn import Turn
    >>> with TemporaryDirectory() as folder:
    ...     conversations = Conversations(Path(folder) / "conversations")
    ...     conversation = conversations.start()
    ...     conversations.keep(conversation.with_turn(Turn("When?", None, "There are no documents yet.")))
    ...     [summary.name for summary in conversations.listed()]
    ['When?']
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = threading.Lock()
        self._seen: dict[str, _Seen] = {}

    def start(self) -> Conversation:
        """A new conversation without turns, which nothing is written of yet."""
        now = datetime.now(UTC)
        return Conversation(secrets.token_hex(8), "", now, now, ())

    def find(self, conversation_id: str) -> Conversation | None:
        """The conversation of this id, which may be any text at all; None where none is kept that can be read."""
        return self._read(conversation_id) if _ID.fullmatch(conversation_id) else None

    def keep(self, conversation: Conversation) -> None:
        """Write a conversation in the place of what was kept of it; nothing where it has no turn.

        Raises LibraryUnavailable where the disk will not; then what was kept before stays whole.
        """
        if conversation.turns:
            with self._writing:
                self._write(conversation)

    def rename(self, conversation_id: str, name: str) -> Conversation | None:
        """Give a kept conversation another name, its first question where that is empty; its place in the list stays.

        None where none is kept. Raises as `keep` does.
        """
        with self._writing:
            found = self.find(conversation_id)
            if found is None:
                return None
            renamed = found.renamed(name)
            self._write(renamed)
            return renamed

    def delete(self, conversation_id: str) -> bool:
        """Delete a conversation for good; False where there is none. Raises LibraryUnavailable."""
        if not _ID.fullmatch(conversation_id):
            return False
        with self._writing:
            try:
                self._path(conversation_id).unlink()
            except FileNotFoundError:
                return False
            except OSError as error:
                raise LibraryUnavailable(f"The conversation could not be deleted. {_FULL} Try again later.") from error
            return True

    def listed(self, words: str = "") -> list[Summary]:
        """Those in which all these words stand, in its name, questions or passages; newest first.

        A word may be part of a longer one; letter case does not matter. Unreadable files are left out.
        Every file is read for the first list; later, only those that have changed. Raises LibraryUnavailable.
        """
        wanted = _folded(words).split()
        found = [
            seen.summary for seen in self._look().values() if seen.summary and all(word in seen.text for word in wanted)
        ]
        return sorted(found, key=lambda summary: (summary.changed_at, summary.id), reverse=True)

    def _look(self) -> dict[str, _Seen]:
        """Every file by the conversation's id; read again only where it is not as it was."""
        looked = {}
        for conversation_id, stamp in self._files():
            known = self._seen.get(conversation_id)
            looked[conversation_id] = known if known and known.stamp == stamp else self._see(conversation_id, stamp)
        self._seen = looked
        return looked

    def _files(self) -> list[tuple[str, _Stamp]]:
        try:
            with os.scandir(self._folder) as entries:
                files = [entry for entry in entries if entry.name.endswith(_ENDING)]
        except FileNotFoundError:  # nothing was kept yet
            return []
        except OSError as error:
            raise LibraryUnavailable(
                f"The conversations cannot be listed: the folder {self._folder} cannot be read."
            ) from error
        found = []
        for entry in files:
            conversation_id = entry.name.removesuffix(_ENDING)
            if _ID.fullmatch(conversation_id):
                with suppress(FileNotFoundError):  # deleted just now
                    status = entry.stat()
                    found.append((conversation_id, (status.st_mtime_ns, status.st_size, status.st_ino)))
        return found

    def _see(self, conversation_id: str, stamp: _Stamp) -> _Seen:
        conversation = self._read(conversation_id)
        if conversation is None:
            return _Seen(stamp, None, "")
        summary = Summary(conversation_id, conversation.name, conversation.changed_at, len(conversation.turns))
        return _Seen(stamp, summary, _searched(conversation))

    def _path(self, conversation_id: str) -> Path:
        if not _ID.fullmatch(conversation_id):
            raise ValueError("an id that was not given by Conversations.start")
        return self._folder / f"{conversation_id}{_ENDING}"

    def _read(self, conversation_id: str) -> Conversation | None:
        try:
            # Halves of surrogate pairs, as file names may hold, are kept as they are.
            content = json.loads(self._path(conversation_id).read_bytes().decode("utf-8", "surrogatepass"))
            if isinstance(content, dict) and isinstance(content.get("format"), int) and content["format"] > _FORMAT:
                logger.warning("conversation %s left out: it was written by a newer Pinpoint", conversation_id)
                return None
            conversation = _FILE.validate_python(_brought_up_to_date(content)).conversation
        except FileNotFoundError:
            return None
        except (
            OSError,
            ValueError,
            LookupError,
            AttributeError,
            TypeError,
            RecursionError,
        ) as error:  # a ValidationError's own words would quote the texts
            logger.warning("conversation %s left out: it cannot be read (%s)", conversation_id, type(error).__name__)
            return None
        if conversation.id != conversation_id:
            logger.warning("conversation %s left out: it has another one's name", conversation_id)
            return None
        return conversation

    def _write(self, conversation: Conversation) -> None:
        path = self._path(conversation.id)
        content = _FILE.dump_python(_File(_FORMAT, conversation), mode="json")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_bytes(path, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise LibraryUnavailable(
                f"The conversation could not be kept. {_FULL} Make room; what was kept of it before is still there."
            ) from error


def _brought_up_to_date(content: dict[str, Any]) -> dict[str, Any]:
    """What was written by an older version, as this one writes it.

    Format 2 had other names for the ranks of a candidate. In format 1 the score of a hit was that of the
    cross-encoder, and how likely it was to answer had a field of its own.
    """
    if content["format"] == 1:
        for turn in content["conversation"]["turns"]:
            for hit in turn["answer"]["hits"] if turn["answer"] else ():
                sure = hit.pop("confidence", None)
                hit["cross_encoder"] = hit["score"]
                hit["score"] = hit["score"] if sure is None else sure
    if content["format"] < _FORMAT:
        content["conversation"] = with_ranks(content["conversation"])
        content["format"] = _FORMAT
    return content


def _searched(conversation: Conversation) -> str:
    texts = [conversation.name]
    for turn in conversation.turns:
        texts.append(turn.question)
        texts += [hit.candidate.passage.text for hit in turn.answer.hits] if turn.answer else []
    return _folded("\n".join(dict.fromkeys(texts)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
