"""Decode text of unknown encoding: by its byte-order mark, as UTF-8, by the pattern of zeros, or by statistics."""

import codecs

# UTF-32 comes before UTF-16, because its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings of older files. Where two fit equally well, the first one is used.
_ENCODINGS = (
    "cp1252", "cp932", "euc_jis_2004", "gb18030", "cp949", "big5hkscs", "cp1251", "koi8_r", "cp1250", "cp1253",
    "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_8",
    "mac_roman", "cp850", "cp437",
)  # fmt: skip
_SAMPLE_BYTES = 65_536
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\b\x1b\x1a")
# Text has almost no control characters. Of random bytes, one in ten is one.
_MOST_CONTROLS = 0.01
_SURELY_BINARY = 0.05


def decode(data: bytes) -> str:
    """Decode `data`. Bytes that do not fit the encoding become replacement characters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_guess(data), "replace")
    wide = _wide(data[:_SAMPLE_BYTES])
    return data.decode(wide, "replace") if wide else text


def beginning(head: bytes) -> str:
    """Decode the start of a file well enough to recognise its type. Unknown bytes become replacement characters."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.decode(_wide(head) or "utf-8", "replace")


def is_text(head: bytes) -> bool:
    """Whether a file that begins with `head` is text in some encoding, and not a program, an image or sound."""
    if any(head.startswith(mark) for mark, _ in _MARKS) or _wide(head):
        text = beginning(head)
        controls = sum(1 for character in text if character < " " and ord(character) not in _TEXT_CONTROLS)
        return controls + text.count("\N{REPLACEMENT CHARACTER}") <= len(text) * _MOST_CONTROLS + 1
    return _controls(head) <= len(head) * _MOST_CONTROLS


def is_wide(head: bytes) -> bool:
    """Whether a text that begins with `head` has two or four bytes for each letter, zeros among them."""
    return any(head.startswith(mark) for mark, _ in _MARKS[1:]) or _wide(head) is not None


def is_binary(piece: bytes) -> bool:
    """Whether a piece from within a file can be no text, in no encoding that has one byte or more for each letter."""
    return _controls(piece) > len(piece) * _SURELY_BINARY


def _controls(data: bytes) -> int:
    return sum(data.count(byte) for byte in range(32) if byte not in _TEXT_CONTROLS) + data.count(0x7F)


def _wide(head: bytes) -> str | None:
    """The encoding UTF-16 without its mark. In it, every other byte of Western letters is zero."""
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if odd > half * 0.4 and even < half * 0.02:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.02:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    wide = _wide(data[:_SAMPLE_BYTES])
    if wide:
        return wide
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most files are UTF-8 and never need it

    sample = data[:_SAMPLE_BYTES]
    if len(data) > _SAMPLE_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    matches = from_bytes(sample, cp_isolation=list(_ENCODINGS), enable_fallback=False)
    if not matches:
        return _ENCODINGS[0]
    best = min((match.chaos, -match.coherence) for match in matches)
    equally_good = [match for match in matches if (match.chaos, -match.coherence) == best]
    equal = {name for match in equally_good for name in match.could_be_from_charset}
    return min(equal, key=lambda name: _ENCODINGS.index(name) if name in _ENCODINGS else len(_ENCODINGS))
