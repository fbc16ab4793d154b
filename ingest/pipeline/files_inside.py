"""The files inside a file while it is added: written to files of the library, counted, and let go of at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ingest.reading.contents import MOST_FILES
from ingest.reading.inside import FileInside, Inside
from ingest.settings import Settings
from ingest.store.files import Files, WrittenFile
from ingest.units import MEGABYTE

# An attachment of an attachment of an attachment becomes a document, nothing below it.
DEEPEST = 3


@dataclass(slots=True)
class Allowance:
    """What may still come out of one file that a person adds, at all depths together."""

    files: int
    bytes: int

    @classmethod
    def of(cls, settings: Settings) -> "Allowance":
        """That of a file that has not been opened. Its files may have as many bytes as reading may take memory."""
        return cls(MOST_FILES, settings.read_megabytes * MEGABYTE)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file from inside another one: its name there, and where its bytes lie."""

    name: str
    kind: str
    file: WrittenFile


@dataclass(slots=True)
class FilesInside:
    """Takes the files inside one file, and has them until they are dropped."""

    _files: Files
    _allowance: Allowance
    taken: list[Taken] = field(default_factory=list)

    def wanted(self, depth: int, settings: Settings) -> Inside:
        """What reading hands over of a file that lies so deep in the one that a person adds; nothing at the bottom."""
        allowed = self._allowance
        most = settings.file_megabytes * MEGABYTE
        return Inside(allowed.files if depth < DEEPEST else 0, allowed.bytes, most, self._keep)

    def _keep(self, file: FileInside, pieces: Iterator[bytes]) -> None:
        written = self._files.write(self._counted(pieces))
        self.taken.append(Taken(file.name, file.kind, written))
        self._allowance.files -= 1

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._allowance.bytes -= len(piece)
            yield piece


@contextmanager
def files_inside(files: Files, allowance: Allowance) -> Iterator[FilesInside]:
    """What takes the files inside one file. In the end, those that have got no place in the library are deleted."""
    inside = FilesInside(files, allowance)
    try:
        yield inside
    finally:
        for taken in inside.taken:
            files.drop(taken.file)
