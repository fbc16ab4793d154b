"""The signs of Word's symbol fonts as ordinary characters. Their codes mean nothing in any other font."""

# Where symbol fonts have their signs.
_PRIVATE = range(0xF000, 0xF100)
# The Symbol font from 0x20 to 0x7E and from 0xA1 to 0xFE, as Adobe and Unicode map it.
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
_SYMBOL = {0x20 + place: sign for place, sign in enumerate(_SYMBOL_LOW)} | {
    0xA1 + place: sign for place, sign in enumerate(_SYMBOL_HIGH)
}
# What documents use of the others: boxes, ticks, arrows, circled numbers. The rest are ornaments.
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑",
    0x72: "❒", 0x75: "◆", 0x76: "❖", 0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF3: "⇔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑", **{0x81 + place: chr(0x2460 + place) for place in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def sign(code: int, font: str) -> str:
    """The character with this code in this font; empty where it is an ornament that no text has.

    >>> sign(0xF0FE, "Wingdings"), sign(0x61, "Symbol")
    ('☑', 'α')
    """
    signs = _FONTS.get(font.strip().lower())
    if signs is not None:
        return signs.get(code - _PRIVATE.start if code in _PRIVATE else code, "")
    if code in _PRIVATE or not 0x20 <= code <= 0x10FFFF:
        return ""
    return chr(code)


def in_font(text: str, font: str) -> str:
    """A text of this font whose signs have private codes, with the characters that a person sees."""
    if font.strip().lower() not in _FONTS:
        return text
    return "".join(sign(ord(one), font) if ord(one) in _PRIVATE else one for one in text)
