"""What of a file was not read, in words."""

from collections import Counter
from collections.abc import Sequence

from ingest.document import NotRead


def not_read_sentence(not_read: Sequence[NotRead]) -> str:
    """How much of each kind was not read, as a sentence; empty where all was read.

    >>> not_read_sentence([NotRead("attachment", "a.dwg"), NotRead("attachment", "b.exe"), NotRead("chart")])
    '2 attachments and 1 chart were not read.'
    """
    kinds = Counter(each.kind for each in not_read)
    if not kinds:
        return ""
    counted = [f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in kinds.items()]
    said = f"{', '.join(counted[:-1])} and {counted[-1]}" if len(counted) > 1 else counted[0]
    return f"{said} {'was' if kinds.total() == 1 else 'were'} not read."
