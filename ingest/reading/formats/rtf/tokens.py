"""A rich text as tokens: groups begin and end, words that control, letters (Rich Text Format Specification 1.9.1)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|(?P<open>\{)|(?P<close>\})|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?"
    rb"(?: |\r?\n)?|\\'(?P<byte>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])|(?P<none>[\r\n\0]+|\\)",
    re.S,
)
_LARGEST = 2**31


class Token(NamedTuple):
    """One token. `kind` is "open", "close", "word", "text" or "byte"; `number` is what stands after a word."""

    kind: str
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token("open"), Token("close")


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a rich text. Binary data in it are left out. Whatever is wrong in it is taken as text."""
    place = 0
    while found := _TOKEN.match(data, place):
        place = found.end()
        kind = found.lastgroup
        if kind == "text":
            yield Token("text", data=found["text"])
        elif kind == "open":
            yield _OPEN
        elif kind == "close":
            yield _CLOSE
        elif kind == "byte":
            yield Token("byte", data=bytes([int(found["byte"], 16)]))
        elif kind == "sign":
            yield Token("word", found["sign"].decode("latin-1"))
        elif found["word"]:
            number = int(found["number"]) if found["number"] else None
            if found["word"] == b"bin":
                place += max(number or 0, 0)
            else:
                yield Token("word", found["word"].decode("ascii"), None if abs(number or 0) > _LARGEST else number)
