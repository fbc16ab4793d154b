"""The forms of the cells of a row of a table, which a rich text writes before or after the row."""

from ingest.reading.formats.as_word import CellShape

_MOST = 63


class RowShape:
    """Collects the words that say where the cells of a row end and which of them are merged."""

    def __init__(self) -> None:
        self.cells: list[CellShape] = []
        self._down, self._left = "", False

    def take(self, word: str, number: int | None) -> None:
        """Take a word. Those that say nothing of the form of a cell are passed over."""
        if word == "trowd":
            self.cells = []
        elif word in {"clvmgf", "clvmrg"}:
            self._down = "restart" if word == "clvmgf" else "continue"
            return
        elif word == "clmrg":
            self._left = True
            return
        elif word == "cellx" and len(self.cells) < _MOST:
            self.cells.append(CellShape(number or 0, self._down, self._left))
        self._down, self._left = "", False

    WORDS = frozenset({"trowd", "clvmgf", "clvmrg", "clmrg", "cellx"})
