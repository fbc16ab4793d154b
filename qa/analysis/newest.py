"""Which of several documents is the newest: by the date in its name, otherwise by the day when it was added."""

import re
from datetime import datetime

from ingest.document import Document
from qa.analysis.dates import dates

_YEAR_AND_MONTH = re.compile(r"(?<!\d)(20\d\d|19\d\d)[-_. ]?(0[1-9]|1[0-2])(?!\d)")


def age(document: Document) -> tuple[str, datetime, str]:
    """A key that sorts documents from the oldest to the newest.

    A folder is added at once. There, only the names tell which circular is the newest.
    """
    return day_in_name(document.name) or document.added_at.date().isoformat(), document.added_at, document.name


def day_in_name(name: str) -> str | None:
    """The last day, or month, with a year in a name; None without one.

    >>> day_in_name("Circular_March_2026.docx"), day_in_name("2025-11 notice.txt"), day_in_name("notice.txt")
    ('2026-03', '2025-11', None)
    """
    for written in (name.replace("_", " "), re.sub(r"[-_]", " ", name)):
        found = [date.forms[0] for date in dates(written) if date.has_year]
        if found:
            return max(found)
    return max((f"{year}-{month}" for year, month in _YEAR_AND_MONTH.findall(name)), default=None)
