"""Many short texts in two arrays, which can be mapped from a file: their bytes in a row, and where each one ends."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Ends = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Packed(Sequence[bytes]):
    """Texts as UTF-8. `ends` has one more entry than there are texts; the first one is 0."""

    data: Bytes
    ends: Ends

    @classmethod
    def of(cls, texts: Iterable[str | bytes]) -> "Packed":
        """Pack texts in their order."""
        encoded = [text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass") for text in texts]
        ends = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in encoded], out=ends[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.ends) - 1

    def __getitem__(self, row: int) -> bytes:  # type: ignore[override]
        """One text."""
        return self.data[self.ends[row] : self.ends[row + 1]].tobytes()

    def __iter__(self) -> Iterator[bytes]:
        """All texts, in order."""
        data, start = self.data.tobytes(), 0
        for end in self.ends[1:].tolist():
            yield data[start:end]
            start = end

    def text(self, row: int) -> str:
        """One text as it was."""
        return self[row].decode("utf-8", "surrogatepass")

    def row_of(self, text: str) -> int:
        """The row of a text, where the texts are sorted by their bytes; -1 where it is not among them."""
        wanted, low, high = text.encode("utf-8", "surrogatepass"), 0, len(self)
        data, ends = self.data, self.ends
        while low < high:
            middle = (low + high) // 2
            there = data[ends[middle] : ends[middle + 1]].tobytes()
            if there == wanted:
                return middle
            if there < wanted:
                low = middle + 1
            else:
                high = middle
        return -1

    def rows_with(self, piece: bytes) -> Iterator[int]:
        """The rows of the texts that have this piece, ascending. No piece may be part of two texts in a row."""
        data = self.data.tobytes()
        at = data.find(piece)
        while at >= 0:
            row = int(np.searchsorted(self.ends, at, side="right")) - 1
            yield row
            at = data.find(piece, int(self.ends[row + 1]))
