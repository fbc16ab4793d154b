"""A look at one followed folder: what it holds is compared with what is known, and what can be done at once is done.

A file is taken in once it has been the same at two looks; it is gone once it has been missing at two looks.
"""

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.errors import CannotFollow, CannotRead, LibraryUnavailable
from ingest.following.folders import FollowedFolder
from ingest.following.known_files import KnownFiles
from ingest.following.reconcile import Known, New, reconcile
from ingest.following.scan import NotQuiet, Scan, Stamp, hash_of, scan
from ingest.following.taking_in import TakingIn

_EMPTY = (
    "The folder {folder} is empty now, and {files} came from it. If its drive is not connected, connect it. What came "
    "from it stays in the library."
)


@dataclass(frozen=True, slots=True)
class FolderState:
    """How it is with a followed folder, for a page.

    Args:
        folder: The folder.
        held: How many of its files are in the library.
        waiting: How many are on their way, or still being written.
        refused: The files that were refused, with the reasons.
        vanished: The files that are gone from it while their documents are in the library.
        left_out: How many a person has removed from the library, so that they are left out until they change.
        unopened: The files that could not be opened.
        trouble: The sentence why it cannot be looked at, or nothing taken in.
        is_empty: Whether the trouble is that it is empty.
        looked_at: When it was looked at last; None where it was not since the start.
    """

    folder: FollowedFolder
    held: int = 0
    waiting: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    vanished: tuple[str, ...] = ()
    left_out: int = 0
    unopened: tuple[str, ...] = ()
    trouble: str | None = None
    is_empty: bool = False
    looked_at: datetime | None = None


class Looking:
    """Looks at one folder, and remembers between two looks what is not settled. For one thread."""

    def __init__(self, folder: FollowedFolder, known: KnownFiles, taking_in: TakingIn) -> None:
        """Nothing has been seen yet."""
        self.folder = folder
        self._known, self._taking_in = known, taking_in
        self._new: deque[New] = deque()
        self._unsettled: dict[str, Stamp] = {}  # other than what is known, when it was looked last
        self._missing: frozenset[str] = frozenset()
        self._hashes: dict[tuple[str, Stamp], str] = {}
        self._unopened: dict[str, Stamp] = {}
        self._trouble: str | None = None
        self._is_empty = False
        self._is_tidy = False
        self._looked_at: datetime | None = None
        self._counted: tuple[object, FolderState] | None = None
        self.looked = float("-inf")  # by the monotonic clock
        self.took = 0.0  # seconds, to list what is there
        self.unsettled = True  # whether it is to be looked at again soon
        self.holds_files = False

    def look(self) -> None:
        """Look at the folder, and do what can be done without the queue. Raises LibraryUnavailable."""
        started = time.monotonic()
        self._trouble, self._is_empty, self.unsettled = None, False, False
        try:
            found = scan(self.folder.path)
            self.took = time.monotonic() - started
            self.holds_files = bool(found.files)
            known = self._known.of(self.folder.id)
            if not found.files and not self.folder.emptied and (files := _came_from(known.values())):
                self._trouble, self._is_empty = _EMPTY.format(folder=self.folder.path, files=files), True
            else:
                self._compare(found)
        except CannotFollow as error:
            self._trouble = str(error)
            self._new.clear()
        finally:
            self.looked, self._looked_at = time.monotonic(), datetime.now(UTC)

    def fill(self, room: int) -> int:
        """Hand at most `room` files to the queue, the small ones first; how many these were."""
        put = 0
        while self._new and put < room:
            new = self._new.popleft()
            try:
                if self._taking_in.put(self.folder, new):
                    put += 1
                else:
                    self.unsettled = True
            except CannotRead:
                self._unopened[new.path] = new.stamp
            except LibraryUnavailable as error:
                self._trouble = str(error)
                self._new.clear()  # the next look by the clock plans it again
        return put

    def state(self) -> FolderState:
        """How it is now; another thread may ask. It is only counted again once something has changed."""
        now = (self._known.changes, self._looked_at, self._trouble, len(self._unopened), self.folder)
        counted = self._counted
        if counted is None or counted[0] != now:
            counted = self._counted = (now, self._count())
        return counted[1]

    def _count(self) -> FolderState:
        known = self._known.of(self.folder.id).values()
        by_state: dict[str, list[Known]] = {}
        for each in known:
            by_state.setdefault(each.state, []).append(each)
        files = {each.path: each for each in known}
        coming = {path for path, stamp in self._unsettled.items() if not _is_as_known(files.get(path), stamp)}
        waiting = {each.path for each in by_state.get("waiting", ())} | coming
        return FolderState(
            self.folder,
            len(by_state.get("in", ())),
            len(waiting - set(self._unopened)),
            tuple(sorted((each.path, each.reason or "") for each in by_state.get("refused", ()))),
            tuple(sorted(each.path for each in by_state.get("vanished", ()))),
            len(by_state.get("removed", ())),
            tuple(sorted(self._unopened)),
            self._trouble,
            self._is_empty,
            self._looked_at,
        )

    def _compare(self, found: Scan) -> None:
        self._taking_in.notice(self.folder)
        known = self._known.of(self.folder.id)
        other = {path: stamp for path, stamp in found.files.items() if not _is_as_known(known.get(path), stamp)}
        quiet = {path: stamp for path, stamp in other.items() if self._unsettled.get(path) == stamp}
        unsettled = {path: stamp for path, stamp in other.items() if path not in quiet}
        missing = frozenset(path for path in known if found.is_gone(path))
        sizes = {stamp.size for stamp in unsettled.values()}  # one of them may be the missing one by another name
        gone = {path for path in missing & self._missing if known[path].stamp.size not in sizes}
        self._unopened = {path: stamp for path, stamp in self._unopened.items() if other.get(path) == stamp}
        plan = reconcile(quiet, gone, known, self._known.elsewhere(self.folder.id), self._content)
        done = self._taking_in.apply(self.folder, plan.changes)
        if plan.changes or plan.new or any(each.state == "waiting" for each in known.values()):
            self._is_tidy = False
        elif not self._is_tidy:
            self._taking_in.tidy_names(self.folder)
            self._is_tidy = True
        self._new = deque(plan.new)
        self._unsettled, self._missing = unsettled | quiet, missing
        left = {path for path in missing - gone if known[path].state != "vanished"}
        self.unsettled = bool(unsettled or left or not done)
        planned = {(new.path, new.stamp) for new in plan.new}
        self._hashes = {key: each for key, each in self._hashes.items() if key in planned}

    def _content(self, path: str, stamp: Stamp) -> str | None:
        """The hash of a file; None where it cannot be read now."""
        known = self._hashes.get((path, stamp))
        if known is None:
            try:
                known = self._hashes[path, stamp] = hash_of(self.folder.path, path, stamp)
                self._unopened.pop(path, None)
            except NotQuiet:
                return None
            except CannotRead:
                self._unopened[path] = stamp
                return None
        return known


def _is_as_known(known: Known | None, stamp: Stamp) -> bool:
    return known is not None and known.stamp == stamp and known.state != "vanished"


def _came_from(known: Iterable[Known]) -> str:
    """How many files are known that have not vanished, in words; empty where none is."""
    number = sum(each.state != "vanished" and bool(each.documents) for each in known)
    return "" if not number else "1 file" if number == 1 else f"{number:,} files"
