"""What the app hears of a child process while it reads a file: how far it is, and how much more time it is given."""

import json
import os
from collections.abc import Callable
from typing import IO

from ingest.units import MEGABYTE

# The time for OCR of one page, added to the time of the file. It is ten times what OCR usually takes.
OCR_SECONDS = 30
# The characters that add a second to the time of the file: a tenth of what are usually cut into passages in a second.
CHARACTERS_PER_SECOND = 40_000


class ChildProgress:
    """Reads the progress that the child writes while it works."""

    def __init__(self, answer: IO[bytes], progress: Callable[[int, int, int], object]) -> None:
        self._answer = answer
        self._progress = progress
        self._position = 0
        self._line = b""  # the beginning of a line whose end is not there yet
        self._pages = 0, 0, 0
        self._characters = 0

    @property
    def more_seconds(self) -> int:
        """The time for OCR and for cutting a long text, in seconds, that is added to the time of the file."""
        return OCR_SECONDS * self._pages[2] + self._characters // CHARACTERS_PER_SECOND

    def look(self) -> None:
        """Pass on the progress of the child. The sections are read when it has ended."""
        while piece := os.pread(self._answer.fileno(), MEGABYTE, self._position):
            self._position += len(piece)
            *lines, self._line = (self._line + piece).split(b"\n")
            for line in lines:
                self._read_progress(line)
        self.tell()

    def tell(self) -> None:
        """Say once more how far the child is, so that whoever does not want the file any more can say so."""
        self._progress(*self._pages)

    def _read_progress(self, line: bytes) -> None:
        if line.startswith(b'{"pages_read"'):
            found = json.loads(line)
            self._pages = found["pages_read"], found["of"], found["ocr_pages"]
        elif line.startswith(b'{"characters"'):
            self._characters = json.loads(line)["characters"]
