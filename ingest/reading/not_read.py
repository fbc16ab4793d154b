"""What of a file was not read, in words."""

from collections import Counter
from collections.abc import Sequence

from ingest.document import NotRead


def not_read_sentence(not_read: Sequence[NotRead]) -> str:
    """How much of each kind was not read, as a sentence; empty where all was read.

    >>> not_read_sentence([NotRead("attachment", "a.dwg"), NotRead("attachment", "b.exe"), NotRead("chart")])
    '2 attachments and 1 chart were not read.'
    """
    counted = _counted(not_read)
    if not counted:
        return ""
    said = f"{', '.join(counted[:-1])} and {counted[-1]}" if len(counted) > 1 else counted[0]
    return f"{said} {'was' if len(not_read) == 1 else 'were'} not read."


def names_of(not_read: Sequence[NotRead]) -> list[str]:
    """What was not read by its names; of each kind without names how many there are.

    >>> names_of([NotRead("picture"), NotRead("attachment", "a.dwg"), NotRead("picture")])
    ['a.dwg', '2 pictures']
    """
    return [*(each.name for each in not_read if each.name), *_counted([each for each in not_read if not each.name])]


def _counted(not_read: Sequence[NotRead]) -> list[str]:
    kinds = Counter(each.kind for each in not_read)
    return [f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in kinds.items()]
