"""The letters of a rich text: bytes in the encoding of their font, and others by their number."""

from dataclasses import dataclass, field

from ingest.reading.formats.code_pages import SYMBOLS, WESTERN, codec, of_font

_OF_BEGINNING = {"mac": 10000, "pc": 437, "pca": 850}
# Where the signs of symbol fonts have their numbers.
_PRIVATE = 0xF000


@dataclass(slots=True)
class _Font:
    name: str = ""
    code_page: int | None = None


@dataclass(slots=True)
class Letters:
    """The fonts and the encoding of a document, and the letters that wait to become text."""

    code_page: int = WESTERN
    default: int = 0
    _fonts: dict[int, _Font] = field(default_factory=dict)
    _last: _Font = field(default_factory=_Font)
    _bytes: bytearray = field(default_factory=bytearray)
    _text: list[str] = field(default_factory=list)

    def encoding(self, word: str, number: int | None) -> None:
        """Take the word that says which encoding the document has."""
        if word == "ansicpg":
            self.code_page = number if number and codec(number) else WESTERN
        else:
            self.code_page = _OF_BEGINNING.get(word, self.code_page)

    def define(self, word: str, number: int | None) -> None:
        """Take a word of the table of fonts."""
        if word == "f":
            self._last = self._fonts.setdefault(number or 0, _Font())
        elif word == "fcharset":
            self._last.code_page = of_font(number or 0)
        elif word == "cpg" and number and codec(number):
            self._last.code_page = number

    def name(self, text: str) -> None:
        """Take a piece of the name of the font that was last defined."""
        self._last.name = (self._last.name + text).partition(";")[0][:100]

    def add_bytes(self, data: bytes) -> None:
        """Add letters in the encoding of their font."""
        self._bytes += data

    def add_text(self, text: str, font: int) -> None:
        """Add letters that are known."""
        self._decode(font)
        self._text.append(text)

    def take(self, font: int) -> str:
        """The letters that waited, as text."""
        self._decode(font)
        text, self._text = "".join(self._text), []
        return text

    def symbol_font(self, font: int) -> str:
        """The name of a font that has signs in place of letters; empty for any other."""
        found = self._fonts.get(self.default if font < 0 else font)
        return found.name if found is not None and found.code_page == SYMBOLS else ""

    def _decode(self, font: int) -> None:
        if not self._bytes:
            return
        found = self._fonts.get(self.default if font < 0 else font)
        page = found.code_page if found is not None and found.code_page is not None else self.code_page
        if page == SYMBOLS:
            self._text.append("".join(chr(_PRIVATE + byte) if byte > 32 else chr(byte) for byte in self._bytes))
        else:
            self._text.append(self._bytes.decode(codec(page) or "cp1252", "replace"))
        self._bytes.clear()
