"""Says when something has changed in a folder, where the system tells. What has changed is found by looking."""

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import watch

from ingest.following.left_alone import is_left_alone

logger = logging.getLogger(__name__)

_GROUPED_MILLISECONDS, _CALM_MILLISECONDS, _LISTENED_MILLISECONDS = 1_000, 200, 1_000


class Watching:
    """Watches folders in a thread of its own. What does not tell of changes, the clock has looked at."""

    def __init__(self, happened: Callable[[Path], None]) -> None:
        """Watch nothing yet; `happened` is called with a folder in which something has changed."""
        self._happened = happened
        self._watched: frozenset[tuple[Path, int, int]] = frozenset()
        self._stop = threading.Event()

    def watch(self, folders: Iterable[Path]) -> None:
        """Watch these folders and no others; one that was away and is back is watched anew."""
        wanted = frozenset(filter(None, map(_identity, folders)))
        if wanted == self._watched:
            return
        self.close()
        self._watched, self._stop = wanted, threading.Event()
        if wanted:
            roots = [path for path, _, _ in wanted]
            threading.Thread(target=self._run, args=[roots, self._stop], name="watching", daemon=True).start()

    def close(self) -> None:
        """Watch nothing any more."""
        self._stop.set()
        self._watched = frozenset()

    def _run(self, roots: list[Path], stop: threading.Event) -> None:
        try:
            for changes in watch(
                *roots,
                watch_filter=lambda _change, path: not _is_left_alone(path, roots),
                debounce=_GROUPED_MILLISECONDS,
                step=_CALM_MILLISECONDS,
                rust_timeout=_LISTENED_MILLISECONDS,
                stop_event=stop,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                for root in {root for _, path in changes if (root := _root_of(path, roots))}:
                    self._happened(root)
        except OSError:  # too many folders for the system, or one has gone: the clock does the rest
            logger.warning("followed folders are not watched; they are looked at by the clock", exc_info=True)


def _identity(folder: Path) -> tuple[Path, int, int] | None:
    """What tells a folder from another one at its place; None where there is none."""
    try:
        about = folder.stat()
    except OSError:
        return None
    return folder, about.st_dev, about.st_ino


def _root_of(path: str, roots: Iterable[Path]) -> Path | None:
    return next((root for root in roots if Path(path).is_relative_to(root)), None)


def _is_left_alone(path: str, roots: Iterable[Path]) -> bool:
    root = _root_of(path, roots)
    return root is None or any(map(is_left_alone, Path(path).relative_to(root).parts))
