"""The signs of Word's symbol fonts as ordinary characters. Their codes mean nothing in any other font."""

# Where symbol fonts have their signs.
_PRIVATE = range(0xF000, 0xF100)
_FONTS = {name.lower(): name for name in ("Symbol", "Webdings", "Wingdings", "Wingdings 2", "Wingdings 3")}
# Signs that most fonts have, where the table has rarer ones. Word itself writes some of them, for --> and :-).
_COMMON = {
    "Wingdings": dict(zip(b"\x4a\x4c\xa8\xdf\xe0\xe1\xe2\xfb\xfc\xfd\xfe", "☺☹☐←→↑↓✗✓☒☑", strict=True)),
    "Wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xA3: "☐"},
}


def sign(code: int, font: str) -> str:
    """The character with this code in this font; empty where there is none.

    >>> sign(0xF0FE, "Wingdings"), sign(0x61, "Symbol")
    ('☑', 'α')
    """
    name = _FONTS.get(font.strip().lower())
    if name is not None:
        return _of_symbol_font(code - _PRIVATE.start if code in _PRIVATE else code, name)
    if code in _PRIVATE or not 0x20 <= code <= 0x10FFFF:
        return ""
    return chr(code)


def in_font(text: str, font: str) -> str:
    """A text of this font whose signs have private codes, with the characters that a person sees."""
    if font.strip().lower() not in _FONTS:
        return text
    return "".join(sign(ord(one), font) if ord(one) in _PRIVATE else one for one in text)


def _of_symbol_font(code: int, name: str) -> str:
    from mammoth.docx.dingbats import dingbats  # type: ignore[import-untyped] # noqa: PLC0415 - few documents need it

    common = _COMMON.get(name, {}).get(code)
    found: int | None = dingbats.get((name, code))
    return common or (chr(found) if found is not None else "")
