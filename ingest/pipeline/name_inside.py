"""What a file inside a file is called: the name of the file around it, then its own, made harmless."""

import re
from collections.abc import Collection

from ingest.reading.clean import one_line
from ingest.store.free_name import free_name

_LONGEST, _LONGEST_PART, _LONGEST_ENDING = 200, 100, 20
_MOST_LOOKED_AT = 4000  # characters
# Marks that turn the direction of what comes after them, and those that nobody sees.
_TURNING_OR_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_DRIVE = re.compile(r"[A-Za-z]:")


def name_inside(outer: str, own: str, kind: str, taken: Collection[str] = ()) -> str:
    r"""The name of a document for a file inside another one.

    Args:
        outer: The name of the file around it.
        own: Its name as the file around it says it, perhaps with folders. It is a stranger's.
        kind: What people call it, for one without a name.
        taken: Names that it cannot have.

    Example:
        >>> name_inside("a.zip", "rules\\key.docx", "file"), name_inside("a.zip", "/../../etc/passwd", "file")
        ('a.zip/rules/key.docx', 'a.zip/etc/passwd')
        >>> name_inside("notes.txt.gz", "", "file"), name_inside("a.eml", "", "attachment", ["a.eml/attachment"])
        ('notes.txt.gz/notes.txt', 'a.eml/attachment (2)')
    """
    text = one_line(_TURNING_OR_UNSEEN.sub("", own[:_MOST_LOOKED_AT])).replace("\\", "/")
    parts = [_shortened(part) for part in map(str.strip, text.split("/")) if part not in {"", ".", ".."}]
    if parts and _DRIVE.fullmatch(parts[0]):
        del parts[0]
    while len("/".join(parts)) > _LONGEST:
        del parts[0]
    return free_name(f"{outer}/{'/'.join(parts) or _without_name(outer, kind)}", taken)


def _shortened(part: str) -> str:
    """A part of a path with its ending, by which its type may go."""
    if len(part) <= _LONGEST_PART:
        return part
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return part[:_LONGEST_PART]
    return f"{stem[: _LONGEST_PART - len(ending) - 2]}….{ending}"


def _without_name(outer: str, kind: str) -> str:
    """A file that is compressed alone has the name of the compressed one."""
    last = outer.rpartition("/")[2]
    return last[: -len(".gz")] if last.lower().endswith(".gz") and len(last) > len(".gz") else kind
