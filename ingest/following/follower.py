"""Followed folders: looked at when the system tells of a change, and by the clock. Nothing is removed by itself."""

import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from ingest import priority
from ingest.errors import PinpointError
from ingest.following.folders import FollowedFolders
from ingest.following.known_files import KnownFiles
from ingest.following.looking import FolderState, Looking
from ingest.following.taking_in import TakingIn
from ingest.following.watching import Watching
from ingest.queue.worker import Worker
from ingest.settings import Settings
from ingest.store.library import Library

logger = logging.getLogger(__name__)

_QUIET_SECONDS = 2.0  # at least, between two looks at one folder
_STEP_SECONDS = 0.5  # between two steps while the queue has files of ours
_IDLE_SECONDS = 5.0  # between two steps otherwise: a folder may have been named on the command line
_REST = 10  # times as long as listing a folder took passes at least until the next look at it
_AT_THE_QUEUE = 50  # files; the others wait in their folder, so that a person's upload need not wait for all of them
_QUESTION_SECONDS = 0.5  # how long a step waits at most while questions are answered


class Follower:
    """Follows the folders of one library, in a thread of its own. Safe for several threads.

    What is known is in the database. In memory are only what the last look saw, and that somebody waits for a look.
    """

    def __init__(self, library: Library, settings: Settings, worker: Worker) -> None:
        """Start the thread. It ends with the process or with `close`; the next start goes on where it stopped."""
        self._settings, self._worker = settings, worker
        self._folders = FollowedFolders(library.database, settings)
        self._known = KnownFiles(library.database)
        self._taking_in = TakingIn(library, settings, self._known, self._folders)
        # Beside a Chroma server several processes may have the folder of one library; one of them follows.
        self._alone = FileLock(library.home.folder / "following.lock", thread_local=False)
        self._looks: dict[int, Looking] = {}
        self._wrong: tuple[str, ...] = ()
        self._happened: set[Path] = set()
        self._watching = Watching(self._something_happened)
        self._woken, self._closed = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Follow no more, once the step that is being done is over."""
        self._closed.set()
        self._woken.set()
        self._thread.join()
        self._watching.close()
        self._alone.release()

    # --- for the pages

    def folders(self) -> list[FolderState]:
        """How it is with each folder."""
        looks = dict(self._looks)
        return [looks[each.id].state() if each.id in looks else FolderState(each) for each in self._folders.all()]

    def wrong_settings(self) -> tuple[str, ...]:
        """The sentences why folders that a setting names are not followed."""
        return self._wrong

    def follow(self, path: str, *, as_collections: bool = False) -> None:
        """Follow a folder from now on, on request each folder in it as a collection. Raises CannotFollow."""
        self._folders.follow(path, as_collections=as_collections)
        self._woken.set()

    def stop(self, path: str) -> None:
        """Follow a folder no more; what came from it stays in the library. Raises CannotFollow."""
        self._folders.stop(path)
        self._woken.set()

    def remove(self, folder: int, paths: Sequence[str]) -> int:
        """Put into the trash what came from these files, which have vanished; how many documents that were."""
        return self._taking_in.remove(folder, paths)

    def keep(self, folder: int, paths: Sequence[str]) -> None:
        """Keep what came from these files, which have vanished; the folder has nothing to do with it any more."""
        self._taking_in.keep(folder, paths)

    def retry(self, folder: int) -> None:
        """Try the files again that were refused."""
        self._taking_in.forget_refused(folder)
        self._look_soon(folder)

    def is_really_empty(self, folder: int) -> None:
        """A person says that a folder is empty because its files were deleted: they count as vanished."""
        self._folders.set_emptied(folder, emptied=True)
        self._look_soon(folder)

    # --- the thread

    def _run(self) -> None:
        started = False
        while not self._closed.is_set():
            wait = _IDLE_SECONDS
            try:
                if not self._alone.is_locked:
                    self._alone.acquire(timeout=0)
                if not started:
                    self._wrong = tuple(self._folders.follow_setting())
                    started = True
                wait = self._step()
            except Timeout:
                pass  # another process follows
            except PinpointError:
                logger.warning("followed folders could not be looked at", exc_info=True)
            except Exception:  # the edge of the thread: the next step may go well
                logger.exception("followed folders could not be looked at")
            self._woken.wait(wait)
            self._woken.clear()

    def _step(self) -> float:
        """Do what is to be done now; how many seconds until the next step at most."""
        self._open_looks()
        going = self._taking_in.settle()
        for look in self._looks.values():
            if self._is_due(look):
                self._happened.discard(look.folder.path)
                look.look()
                if look.folder.emptied and look.holds_files:
                    self._folders.set_emptied(look.folder.id, emptied=False)
        for look in self._looks.values():
            going += self._fill(look, _AT_THE_QUEUE - going)
        return _STEP_SECONDS if going or any(self._soon(look) for look in self._looks.values()) else _IDLE_SECONDS

    def _open_looks(self) -> None:
        folders = self._folders.all()
        self._looks = {
            each.id: self._looks.get(each.id) or Looking(each, self._known, self._taking_in) for each in folders
        }
        for each in folders:
            self._looks[each.id].folder = each
        self._known.keep_only(self._looks)
        self._watching.watch(each.path for each in folders)

    def _fill(self, look: Looking, room: int) -> int:
        put = 0
        while put < room and not self._closed.is_set() and not self._worker.needs_update():
            priority.questions.wait_until_idle(_QUESTION_SECONDS)
            if not look.fill(1):
                break
            put += 1
            self._worker.wake()
        return put

    def _is_due(self, look: Looking) -> bool:
        passed = time.monotonic() - look.looked
        if passed < max(_QUIET_SECONDS, _REST * look.took):
            return False
        return self._soon(look) or passed >= self._settings.folders_seconds

    def _soon(self, look: Looking) -> bool:
        return look.unsettled or look.folder.path in self._happened

    def _look_soon(self, folder: int) -> None:
        if folder in self._looks:
            self._looks[folder].unsettled = True
        self._woken.set()

    def _something_happened(self, folder: Path) -> None:
        self._happened.add(folder)
        self._woken.set()
