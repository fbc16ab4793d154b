"""Sections from the blocks of text and the headings of a file, in its order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.document import Section
from ingest.reading.clean import one_line

LONGEST_PATH = 120


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    held: bool = False  # whether the heading of a section contains it


@dataclass(slots=True)
class _Part:
    """The blocks under one heading, up to the next heading."""

    above: list[_Heading]
    blocks: list[str] = field(default_factory=list)


class Outline:
    """Collects headings and blocks in their order and makes sections of them.

    The heading of a section is its own, after the one above it where both are short: `Chapter > Part`. A heading
    without text that is in no other section's heading becomes the text of a section.
    """

    def __init__(self) -> None:
        self._parts = [_Part([])]

    def heading(self, level: int, title: str) -> None:
        """Start the part under this heading. Level 1 is the highest."""
        title = one_line(title)
        if title:
            above = [heading for heading in self._parts[-1].above if heading.level < level]
            self._parts.append(_Part([*above, _Heading(level, title)]))

    def block(self, text: str) -> None:
        """Add a paragraph, a list or a table to the current part."""
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
