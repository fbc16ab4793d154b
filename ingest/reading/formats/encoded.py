"""Data written as letters inside a text, such as a picture in base64: nobody reads it, so it is kept out.

What is taken out leaves a short line in its place, and is counted.
"""

import re
from itertools import pairwise

LEFT_OUT = "[encoded data left out]"

# An address that carries its data. In a Markdown file it stands in a link, in others it may be quoted.
_DATA_ADDRESS = re.compile(
    r"data:[\w.+-]{1,60}/[\w.+-]{1,80}(?:;[\w.+-]{1,40}(?:=[\w.+-]{1,80})?){0,4};?base64,[A-Za-z0-9+/=%_-]{40,}+"
)
# Keys, certificates and signed or encrypted messages, by the lines around them (RFC 7468, RFC 9580).
_ARMOUR = re.compile(r"^-----BEGIN ([A-Z0-9 ]{1,60})-----[ \t]*$", re.M)
# A file by uuencode: each line begins with the letter of its length, then the letters from space to grave.
_UUENCODED = re.compile(r"^begin [0-7]{3,4} [^\n]{1,255}\n(?:[!-M][ -`]{1,84}\n)++(?:[ `]\n)?end[ \t]*$", re.M)
_TOKEN = re.compile(r"\S{40,}+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{40,}+={0,2}")
_END_OF_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{1,200}={0,2}")
_HEX_LINE = re.compile(r"[0-9A-Fa-f \t:]{40,}+")
# A place in the file, then bytes, then what they are as letters.
_DUMP_LINE = re.compile(r"[0-9A-Fa-f]{6,16}:?[ \t]{1,3}(?:[0-9A-Fa-f]{2,8}[ \t]{1,3}){4,}+.{0,80}")
# Lines of data that come one after the other, and letters of one that stands alone.
_LINES, _ALONE, _SHORTEST_LINE = 3, 200, 40
_LOOKED_AT = 2000
_MIXED = 0.45  # of letters at random, 0.6 are followed by one of another kind; of names like getUserName, 0.3


def without_encoded(text: str, address: str = LEFT_OUT) -> tuple[str, int]:
    """The text without encoded data, and how many pieces were taken out.

    Args:
        text: The text.
        address: What takes the place of an address that carries its data.

    >>> without_encoded("Logo: data:image/png;base64," + "iVBORw0KGgo" * 9)
    ('Logo: [encoded data left out]', 1)
    """
    text, addresses = _DATA_ADDRESS.subn(address, text)
    text, files = _UUENCODED.subn(LEFT_OUT, text)
    text, armours = _without_armour(text)
    text, blocks = _without_lines(text)
    return text, addresses + files + armours + blocks


def _without_armour(text: str) -> tuple[str, int]:
    """Take out what stands between `-----BEGIN KEY-----` and its end. A signed text itself stays."""
    parts, place, count = list[str](), 0, 0
    for begin in _ARMOUR.finditer(text):
        if begin.start() < place or begin[1] == "PGP SIGNED MESSAGE":
            continue
        end = text.find(f"-----END {begin[1]}-----", begin.end())
        if end < 0:
            break
        parts += [text[place : begin.end()], f"\n{LEFT_OUT}\n"]
        place, count = end, count + 1
    return "".join([*parts, text[place:]]), count


def _without_lines(text: str) -> tuple[str, int]:
    """Take out runs of lines that are only data, and very long tokens of data within lines."""
    kept, run, count = list[str](), list[str](), 0
    for line in text.split("\n"):
        if _is_data(line, run):
            run.append(line)
            continue
        found = _is_block(run)
        kept += [LEFT_OUT] if found else run
        count += found
        # The last line of a block is shorter.
        if not (found and _is_end(line, run[-1])):
            shorter = _TOKEN.sub(_shortened, line)
            count += shorter.count(LEFT_OUT) - line.count(LEFT_OUT)
            kept.append(shorter)
        run = []
    found = _is_block(run)
    return "\n".join([*kept, *([LEFT_OUT] if found else run)]), count + found


def _is_block(run: list[str]) -> bool:
    return len(run) >= _LINES or sum(map(len, run)) >= _ALONE


def _is_data(line: str, run: list[str]) -> bool:
    line = line.strip("> \t")
    if len(line) < _SHORTEST_LINE:
        return False
    if _BASE64.fullmatch(line):
        return _is_mixed(line) or bool(run and len(line) == len(run[-1].strip("> \t")))
    return bool((_HEX_LINE.fullmatch(line) and _is_hex(line)) or _DUMP_LINE.fullmatch(line))


def _is_end(line: str, above: str) -> bool:
    line = line.strip("> \t")
    fits = len(line) < len(above) and _END_OF_BASE64.fullmatch(line) is not None
    return fits and (line.endswith("=") or (len(line) % 4 == 0 and _is_mixed(line)))


def _is_mixed(token: str) -> bool:
    """Whether letters large and small and digits are mixed as in no word, no name and no address."""
    kinds = [_kind(letter) for letter in token[:_LOOKED_AT] if letter.isalnum()]
    changes = sum(one != two for one, two in pairwise(kinds))
    return changes >= len(token[:_LOOKED_AT]) * _MIXED or _is_hex(token)


def _is_hex(line: str) -> bool:
    """Whether this is no row of numbers and no word: digits and the letters A to F, many of both."""
    looked_at = line[:_LOOKED_AT]
    if looked_at.strip("0123456789abcdefABCDEF \t:"):
        return False
    letters, digits = sum(map(str.isalpha, looked_at)), sum(map(str.isdigit, looked_at))
    return min(letters, digits) * 8 >= letters + digits


def _kind(letter: str) -> int:
    return 0 if letter.islower() else 1 if letter.isupper() else 2


def _shortened(found: re.Match[str]) -> str:
    token = found[0]
    is_data = len(token) >= _ALONE and _BASE64.fullmatch(token.strip("\"'(),;<>")) is not None and _is_mixed(token)
    return LEFT_OUT if is_data else token
