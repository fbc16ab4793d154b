"""The encodings of Windows and the Macintosh by their numbers, and by the numbers that fonts have for them."""

import codecs

_NAMES = {
    65001: "utf-8", 20127: "ascii", 20866: "koi8-r", 21866: "koi8-u", 50220: "iso2022_jp", 51932: "euc_jp",
    10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2", 10081: "mac_turkish",
    54936: "gb18030", 1361: "johab",
}  # fmt: skip
WESTERN, SYMBOLS = 1252, 42
# What a font says of its letters ([MS-WMF] 2.1.1.5, CharacterSet).
_OF_FONTS = {
    2: SYMBOLS, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip


def codec(number: int) -> str | None:
    """Python's name of the encoding with this number; None where there is none.

    >>> codec(1251), codec(28592), codec(7)
    ('cp1251', 'iso8859-2', None)
    """
    name = _NAMES.get(number, f"iso8859_{number - 28590}" if 28591 <= number <= 28605 else f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def of_font(character_set: int) -> int | None:
    """The number of the encoding of a font; None where the document says it, not the font."""
    return _OF_FONTS.get(character_set)
