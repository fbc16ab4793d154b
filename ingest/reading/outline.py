"""Blocks of text and headings, in the order of a file, put together into sections."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.document import Section
from ingest.reading.clean import one_line

LONGEST_PATH = 120


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    held: bool = False  # whether some section names it


@dataclass(slots=True)
class _Part:
    """What stands under one heading, up to the next one."""

    above: list[_Heading]
    blocks: list[str] = field(default_factory=list)


class Outline:
    """Takes headings and blocks as they come and gives the sections under them.

    A section's heading is its own, after the one above it where both are short: `Chapter > Part`. A heading with
    nothing under it that no other section names becomes a section whose text it is.
    """

    def __init__(self) -> None:
        self._parts = [_Part([])]

    def heading(self, level: int, title: str) -> None:
        """Begin the part under this heading; 1 is the highest level."""
        title = one_line(title)
        if title:
            above = [heading for heading in self._parts[-1].above if heading.level < level]
            self._parts.append(_Part([*above, _Heading(level, title)]))

    def block(self, text: str) -> None:
        """Add a paragraph, a list or a table to the part that was begun last."""
        if text.strip():
            self._parts[-1].blocks.append(text.strip("\n").rstrip())

    def sections(self) -> Iterator[Section]:
        """The sections, none of them empty."""
        paths = [_path(part.above) if part.blocks else None for part in self._parts]
        for part, path in zip(self._parts, paths, strict=True):
            if part.blocks:
                yield Section("\n\n".join(part.blocks), heading=path)
            elif part.above and not part.above[-1].held:
                yield Section(part.above[-1].title)


def _path(above: list[_Heading]) -> str | None:
    if not above:
        return None
    path = above[-1].title
    above[-1].held = True
    if len(above) > 1 and above[-2].title != path and len(above[-2].title) + len(path) <= LONGEST_PATH:
        above[-2].held = True
        path = f"{above[-2].title} > {path}"
    return path
