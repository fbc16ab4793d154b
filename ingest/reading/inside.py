"""The files inside a file, on their way from the child that reads it to the app: lines of the answer, within limits.

A file is a line with its name, then lines with its bytes in base64, then one that says whether it is whole. The app
writes the bytes to a file of its own and never looks into them.
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.reading.contents import Embedded


class BrokenFileError(Exception):
    """A file inside a file cannot be unpacked, or is over a limit."""


@dataclass(frozen=True, slots=True)
class FileInside:
    """The name of a file inside a file, as that has it, and what people call it, such as "attachment"."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Inside:
    """How many files inside a file are wanted, how many bytes of all and of each, and what is done with one.

    `keep` gets the bytes in pieces. What these raise passes through it, and nothing of that file is to stay.
    """

    most_files: int
    most_bytes: int
    most_bytes_each: int
    keep: Callable[[FileInside, Iterator[bytes]], None]

    def limits(self) -> dict[str, int]:
        """The limits as the child is told them."""
        return {"files": self.most_files, "bytes": self.most_bytes, "bytes_each": self.most_bytes_each}

    def answer_bytes(self) -> int:
        """How long the lines of the files may be in all: base64 takes four bytes for three, and each line some more."""
        return self.most_bytes * 3 // 2

    def take(self, file: FileInside, lines: Iterator[dict[str, Any]]) -> bool:
        """Keep a file of which these are the next lines; False where the child could not give all of it."""
        try:
            self.keep(file, self._pieces(lines))
        except BrokenFileError:
            return False
        return True

    def _pieces(self, lines: Iterator[dict[str, Any]]) -> Iterator[bytes]:
        taken = 0
        for line in lines:
            if "piece" not in line:
                if line["whole"] is not True:
                    raise BrokenFileError
                return
            piece = base64.b64decode(line["piece"])
            taken += len(piece)
            if taken > self.most_bytes_each:
                raise ValueError("The child gives more than it may.")
            yield piece
        raise ValueError("The end of a file is missing.")


class HandedOver:
    """The child's side: makes lines of the files that a reader hands over."""

    def __init__(self, limits: dict[str, int] | None) -> None:
        """Take the limits that the app gives; with None it wants no file, only the names."""
        self._limits = limits
        self._files, self._bytes = (limits["files"], limits["bytes"]) if limits else (0, 0)

    def lines(self, file: "Embedded") -> Iterator[dict[str, object]]:
        """The lines for a file: it, or that it is not read where there are too many or too many bytes."""
        if self._limits is not None and (self._files <= 0 or self._bytes <= 0):
            yield {"not_read": file.kind, "name": file.name}
            return
        yield {"file": file.name, "kind": file.kind}
        if self._limits is not None:
            self._files -= 1
            yield from self._pieces(file, min(self._bytes, self._limits["bytes_each"]))

    def _pieces(self, file: "Embedded", most: int) -> Iterator[dict[str, object]]:
        given, whole = 0, False
        try:
            for piece in file.pieces():
                given += len(piece)
                if given > most:
                    break
                yield {"piece": base64.b64encode(piece).decode("ascii")}
            else:
                whole = given > 0
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S110 - whatever is wrong with one file, the others are handed over
            pass
        self._bytes -= given
        yield {"whole": whole}
