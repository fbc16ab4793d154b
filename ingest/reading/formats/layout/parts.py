"""The parts of pages under their headings, wherever the headings are known from."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from ingest.reading.formats.layout.columns import Item
from ingest.reading.outline import LONGEST_PATH


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading: its title, its page, counted from 1, and its level, which is 0 at the top."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A heading that is printed on a page: the index of its first line among the items, and of what follows it."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a page under one heading, without the heading itself.

    `empty_titles` are titles directly above that have no text of their own and are not in the heading.
    """

    heading: str | None
    items: list[Item]
    empty_titles: tuple[str, ...] = ()


class Parts:
    """Follows the headings through the pages. The pages must come in their order."""

    def __init__(self) -> None:
        """Start before the first page."""
        self._above: list[Entry] = []
        self._empty_titles: list[str] = []

    def empty_titles(self) -> list[str]:
        """The titles at the end of the document that have no text."""
        return self._empty_titles

    def enter(self, *entries: Entry) -> None:
        """Go on under these headings, which are not printed here."""
        for entry in entries:
            self._above = [*(upper for upper in self._above if upper.level < entry.level), entry]

    def begin(self, entry: Entry) -> None:
        """Go on under this heading, which is printed here."""
        self.enter(entry)
        self._empty_titles.append(entry.title)

    def part(self, items: Sequence[Item]) -> Iterator[Part]:
        """These items under the heading that was begun last. Nothing where there are none."""
        if items:
            heading = heading_path(self._above[-2:])
            empty_titles = tuple(title for title in self._empty_titles if heading is None or title not in heading)
            self._empty_titles = []
            yield Part(heading, list(items), empty_titles)


class PrintedHeadings:
    """The parts of pages under headings whose places are known."""

    def __init__(self, printed: Sequence[Sequence[Printed]], running: Set[int] = frozenset()) -> None:
        """Start before the first page.

        Args:
            printed: The headings of each page, in their order.
            running: The ids of lines that are running heads. Above the first heading of a page, they stay on top of
                what is below it: alone, they would be a part of the page before.
        """
        self._printed, self._running = printed, running
        self._parts = Parts()

    def parts(self, page: int, items: Sequence[Item]) -> Iterator[Part]:
        """Split a page, counted from 1, into its parts, in their order. No part is empty."""
        done, held = 0, list[Item]()
        for heading in self._printed[page - 1]:
            above = [*held, *items[done : heading.start]]
            held = above if all(id(item) in self._running for item in above) else []
            if not held:
                yield from self._parts.part(above)
            self._parts.begin(heading.entry)
            done = heading.end
        yield from self._parts.part([*held, *items[done:]])

    def empty_titles(self) -> list[str]:
        """The titles at the end of the document that have no text."""
        return self._parts.empty_titles()


def heading_path(named: Sequence[Entry]) -> str | None:
    """The heading of a part: its own title, after the title above it where both are short.

    >>> heading_path([Entry("One", 1, 0), Entry("Part", 3, 1)])
    'One > Part'
    """
    if not named:
        return None
    titles = list(dict.fromkeys(entry.title for entry in named[-2:]))
    return joined if len(joined := " > ".join(titles)) <= LONGEST_PATH else titles[-1]
