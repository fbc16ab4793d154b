"""Clean text for display and search: one kind of line end, no control characters, no runs of blank lines."""

import re
import unicodedata

# Control characters except tab and newline, byte-order marks and other non-characters.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# With the look-behind, a run of spaces is tried only from its first space. Trying from each takes a minute.
_SPACE_AT_LINE_END = re.compile(r"(?<![^\S\n])[^\S\n]++(?=\n|\Z)")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Remove what a person cannot see. Cleaning a second time changes nothing."""
    text = _LINE_END.sub("\n", text)
    text = without_lone_surrogates(text)
    text = _UNWANTED.sub("", text)
    text = unicodedata.normalize("NFC", text)
    text = _SPACE_AT_LINE_END.sub("", text)
    return _BLANK_LINES.sub("\n\n", text).strip("\n").rstrip()


def without_lone_surrogates(text: str) -> str:
    """`text` with a replacement character for each half of a surrogate pair, which no file in UTF-8 can hold.

    >>> without_lone_surrogates("caf\\udce9.txt")
    'caf�.txt'
    """
    return _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """Put a text on one line, with single spaces."""
    return " ".join(clean(text).split()).strip(_INVISIBLE)
