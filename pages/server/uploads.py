"""Uploads bounded: what one person, and what everybody may have in memory at once; what is left behind is freed.

Streamlit keeps a file in memory from its upload until the page has taken it, and as long as its session may come back.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pages.server.answers import refuse
from pages.server.rules import rules
from pages.server.visits import VISITS

logger = logging.getLogger(__name__)

MOST_FILES = 2000  # of one person at once
_FREED_AFTER_SECONDS = 15.0  # after a window has gone; a connection that only broke is back by then
_PATH = "/_stcore/upload_file/"
_TOO_MUCH = "Too much is being added at once. Wait until what is on its way has been taken, then add the rest."
_NO_LENGTH = "An upload must say how long it is."


class Uploads:
    """Refuses an upload that would be too much, before it is read; frees what a window that has gone has left."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before another layer."""
        self._app = app
        self._coming: Counter[str] = Counter()  # bytes on their way, by whose they are
        self._sent_by: dict[str, str] = {}  # whose each session is that something was uploaded into
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with a sentence, or hand on."""
        if scope["type"] == "websocket":
            try:
                await self._app(scope, receive, send)
            finally:
                self._free_soon()
            return
        if scope["type"] != "http" or scope["method"] != "PUT" or _PATH not in scope["path"]:
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            await refuse(scope, receive, send, 411, _NO_LENGTH)
            return
        session = scope["path"].partition(_PATH)[2].partition("/")[0]
        person, (address, *_) = VISITS.person(session), scope.get("client") or ("",)
        whose = f"address {address}" if person is None else f"person {person}"
        if Runtime.exists() and Runtime.instance().is_active_session(session):  # Streamlit refuses any other
            self._sent_by[session] = whose
        with self._counted(whose, int(length)) as fits:
            if fits:
                await self._app(scope, receive, send)
            else:
                logger.warning("refused an upload: too much at once")
                await _throw_away(receive, int(length))
                await refuse(scope, receive, send, 413, _TOO_MUCH)

    @contextmanager
    def _counted(self, whose: str, length: int) -> Iterator[bool]:
        """Count an upload while it comes; whether it fits."""
        most = rules().settings.upload_megabytes * 1_000_000
        files, of_person, of_all = self._held(whose)
        of_person, of_all = of_person + self._coming[whose], of_all + self._coming.total()
        if files >= MOST_FILES or of_person + length > most or of_all + length > 2 * most:
            yield False
            return
        self._coming[whose] += length
        try:
            yield True
        finally:
            self._coming[whose] -= length

    def _held(self, whose: str) -> tuple[int, int, int]:
        """How many files of this person are in memory, how many bytes they have, and how many all have."""
        manager, files, of_person, of_all = _manager(), 0, 0, 0
        for session, held in list(manager.file_storage.items()) if manager else ():
            length = sum(len(file.data) for file in list(held.values()))
            of_all += length
            if self._sent_by.get(session) == whose:
                files, of_person = files + len(held), of_person + length
        return files, of_person, of_all

    def _free_soon(self) -> None:
        task = asyncio.create_task(self._free_what_is_left())
        self._tasks.add(task)  # asyncio itself keeps no hold of it
        task.add_done_callback(self._tasks.discard)

    async def _free_what_is_left(self) -> None:
        """Free the uploads of every window that has gone and has not come back."""
        await asyncio.sleep(_FREED_AFTER_SECONDS)
        manager = _manager()
        for session in {*(manager.file_storage if manager else ()), *self._sent_by}:
            if manager and not Runtime.instance().is_active_session(session):
                manager.remove_session_files(session)
                self._sent_by.pop(session, None)


async def _throw_away(receive: Receive, length: int) -> None:
    """Let a browser send to the end, so that it hears the sentence; one that sends more than any file has does not."""
    if length > 2 * rules().settings.file_megabytes * 1_000_000:
        return
    while True:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            return


def _manager() -> MemoryUploadedFileManager | None:
    if not Runtime.exists():
        return None
    manager = Runtime.instance().uploaded_file_mgr
    return manager if isinstance(manager, MemoryUploadedFileManager) else None
