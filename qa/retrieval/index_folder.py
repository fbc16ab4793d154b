"""Where the segments of the lexical index are kept, beside the library. What is lost there is read again."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from qa.retrieval.held import Held
from qa.retrieval.segment_file import ENDING, load, save

logger = logging.getLogger(__name__)

FOLDER = "lexical"


class IndexFolder:
    """The folder of the segments of one library.

    Args:
        library: The library's folder.
        has_room: Whether the disk has room for more than what must be written.
    """

    def __init__(self, library: Path, has_room: Callable[[], bool]) -> None:
        self._folder = library / FOLDER
        self._has_room = has_room

    def segments(self) -> list[Held]:
        """The segments that are there, mapped. One that is damaged, or of another version, is deleted."""
        found = list[Held]()
        for path in sorted(self._folder.glob(f"*{ENDING}")):
            segment = load(path)
            if segment is None:
                _delete(path)
            else:
                found.append(Held.of(segment, path))
        return found

    def keep(self, segments: Sequence[Held]) -> list[Held]:
        """Save those that were not saved, and delete the files of all others. Returns them as they are kept.

        Where the disk is full or cannot be written to, they stay in memory.
        """
        kept = [each if each.path else self._saved(each) for each in segments]
        if all(each.path for each in kept):
            names = {each.path.name for each in kept if each.path}
            for path in self._folder.glob("*"):
                if path.name not in names:
                    _delete(path)
        return kept

    def _saved(self, held: Held) -> Held:
        try:
            if not self._has_room():
                return held
            self._folder.mkdir(parents=True, exist_ok=True)
            path = save(held.segment, self._folder)
        except OSError:
            logger.warning("the lexical index could not be saved; the next start reads the texts again", exc_info=True)
            return held
        segment = load(path)
        return replace(held, segment=segment, path=path) if segment else held


def _delete(path: Path) -> None:
    with suppress(OSError):  # another program reads it: the next start deletes it
        path.unlink()
