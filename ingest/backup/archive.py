"""Writing the ZIP file of a backup, member by member: none is held in memory whole, each is hashed on the way."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from ingest.backup.manifest import Member

PIECE = 1 << 20  # bytes at a time


class Archive:
    """A ZIP file that is being written. `members` are those that are whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self.members: dict[str, Member] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, is_text: bool = False) -> None:
        """Write one member, of which the pieces are made as they are needed. Text is compressed. Raises OSError."""
        info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self.members[name] = Member(bytes=size, sha256=digest.hexdigest())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write the list of members. Raises OSError, but where something else went wrong before."""
        with suppress(OSError, ValueError) if error else nullcontext():
            self._zip.close()


def file_pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an open file, piece by piece."""
    while piece := file.read(PIECE):
        yield piece


def path_pieces(path: Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    with path.open("rb") as file:
        yield from file_pieces(file)
