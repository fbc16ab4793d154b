"""The styles of a rich text: their names and what they are based on, which tell headings from text."""

from ingest.reading.formats.as_word import paragraph_properties, style

_MOST = 5000
_NO_BASE = 222


class Styles:
    """Collects the table of styles, word by word."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._based_on: dict[int, int] = {}
        self._outlines: dict[int, int] = {}
        self._last = 0

    def define(self, word: str, number: int | None) -> None:
        """Take a word. A style without a number is the usual one."""
        if word == "s":
            self._last = number or 0
        elif word in {"cs", "ds", "ts"}:
            self._last = -1
        elif word == "sbasedon" and number != _NO_BASE:
            self._based_on[self._last] = number or 0
        elif word == "outlinelevel":
            self._outlines[self._last] = max(number or 0, 0)

    def name(self, text: str) -> None:
        """Take a piece of the name of the style that was last defined. After it, the next one begins."""
        name, end, _ = text.partition(";")
        if len(self._names) < _MOST and self._last >= 0:
            self._names[self._last] = (self._names.get(self._last, "") + name)[:100]
        if end:
            self._last = 0 if 0 not in self._names else -1

    def markup(self) -> str:
        """The styles as those of a Word document."""
        return "".join(
            style(
                f"s{number}",
                name,
                f"s{self._based_on[number]}" if self._based_on.get(number, number) != number else "",
                paragraph_properties(outline=self._outlines.get(number)),
            )
            for number, name in self._names.items()
        )
