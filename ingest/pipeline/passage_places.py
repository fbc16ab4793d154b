"""Where a passage stands on its page: a look-up. For a document of a version before, its file is read again once."""

import logging
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.document import Document, Passage, Place
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import CannotRead, PinpointError
from ingest.pipeline.read_again import read_again
from ingest.settings import Settings
from ingest.store.library import Library

logger = logging.getLogger(__name__)

# How long a page waits for a document that is read again.
_SECONDS = 8.0
# Fewer letters may stand in a text by chance.
_SHORTEST_LINE = 6


@dataclass(frozen=True, slots=True)
class Found:
    """Where a passage stands on its page. `waiting` says that its document is still being read again."""

    places: tuple[Place, ...] = ()
    waiting: bool = False


class PlaceFinder:
    """Finds the places of passages. One document is read again at a time. Safe for several threads."""

    def __init__(self, library: Library, settings: Settings) -> None:
        """Read nothing yet."""
        self._library, self._settings = library, settings
        self._changing, self._reading = threading.Lock(), threading.Lock()
        self._waiting: dict[str, threading.Event] = {}

    def find(self, document: Document, passage: Passage, seconds: float | None = None) -> Found:
        """Find where a passage stands on its page.

        Args:
            document: The document of the passage. It must be of the kind that has pages.
            passage: The passage.
            seconds: How long to wait where the document has to be read again. It is read to its end all the same. By
                default, only who begins it waits some seconds: a page that is drawn again meanwhile is there at once.

        Returns:
            The places; none where the passage is not on the page, such as a comment, or cannot be found any more.
        """
        places = self._library.home.places.of(passage)
        if places is not None:
            return Found(places)
        done, begun_now = self._started(document)
        if not done.wait((_SECONDS if begun_now else 0) if seconds is None else seconds):
            return Found(waiting=True)
        return Found(self._library.home.places.of(passage) or ())

    def known(self, document: Document, passages: Sequence[Passage]) -> list[tuple[Place, ...]]:
        """The places of several passages of a document, as far as they are kept; nothing is waited for."""
        return self._library.home.places.of_several(document.id, passages) or [() for _ in passages]

    def _started(self, document: Document) -> tuple[threading.Event, bool]:
        """What is set as soon as the document is read, and whether this has begun just now."""
        with self._changing:
            done = self._waiting.get(document.id)
            begun_now = done is None
            if done is None:
                done = self._waiting[document.id] = threading.Event()
                threading.Thread(target=self._read, args=[document, done.set], name="places", daemon=True).start()
            return done, begun_now

    def _read(self, document: Document, told: Callable[[], None]) -> None:
        try:
            with self._reading:
                places = self._places_now(document)
                if self._library.home.kept.document(document.id):
                    self._library.home.places.write(document.id, places)
        except PinpointError:
            logger.info("the places of document %s could not be made", document.id, exc_info=True)
        finally:
            told()
            with self._changing:
                self._waiting.pop(document.id, None)

    def _places_now(self, document: Document) -> list[tuple[Place, ...]]:
        """The places of the passages as they are stored: those that the file still has, word for word."""
        stored = list(self._library.passages([document]))
        try:
            _, read = read_again(document, self._library.home, load_bi_encoder(self._settings))
        except CannotRead as error:
            logger.info("document %s could not be read again: %s", document.id, error)
            return []  # nor could it be the next time
        return _placed_as(stored, read)


def _placed_as(stored: Sequence[Passage], read: Sequence[Passage]) -> list[tuple[Place, ...]]:
    """The places of stored passages, by the same words on the same page; those of a text that recurs in their order.

    Where passages are cut in another way by now, as at headings that were text before, their lines are found.
    """
    places: dict[tuple[int | None, str], deque[tuple[Place, ...]]] = defaultdict(deque)
    lines: dict[int | None, list[tuple[str, Place]]] = defaultdict(list)
    for passage in read:
        places[passage.page, passage.text].append(passage.places)
        lines[passage.page] += [(passage.text[place.start : place.end], place) for place in passage.places]
    found = []
    for passage in stored:
        same = places[passage.page, passage.text]
        found.append(same.popleft() if same else _by_lines(passage.text, lines[passage.page]))
    return found


def _by_lines(text: str, lines: Sequence[tuple[str, Place]]) -> tuple[Place, ...]:
    """The places of the lines that a text has of a page, in their order. A line that the page has twice is left out."""
    counted = Counter(line for line, _ in lines)
    found: list[Place] = []
    end = 0
    for line, place in lines:
        start = text.find(line, end) if counted[line] == 1 and len(line) >= _SHORTEST_LINE else -1
        if start >= 0:
            end = start + len(line)
            found.append(place._replace(start=start, end=end))
    return tuple(found)
