"""Numbers, times and types of documents in words."""

from datetime import datetime

from ingest import Document
from ingest.reading.file_types import file_type
from ingest.reading.places import pages_label


def count(number: int, thing: str) -> str:
    """A number with its thing.

    >>> count(1, "passage"), count(1200, "passage")
    ('1 passage', '1,200 passages')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    """Bytes.

    >>> size(40), size(85_300), size(1_500_000), size(3_200_000_000)
    ('0.1 KB', '85.3 KB', '1.5 MB', '3.2 GB')
    """
    if number >= 1e9:
        return f"{number / 1e9:.1f} GB"
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{max(number / 1e3, 0.1):.1f} KB"


def duration(seconds: float) -> str:
    """A time that need not be exact.

    >>> duration(0.4), duration(50), duration(200), duration(8000)
    ('a few seconds', 'about 50 seconds', 'about 3 minutes', 'about 2 hours')
    """
    if seconds < 5:
        return "a few seconds"
    if seconds < 90:
        return f"about {round(seconds, -1) if seconds >= 10 else 5:.0f} seconds"
    return f"about {seconds / 60:.0f} minutes" if seconds < 5400 else f"about {seconds / 3600:.0f} hours"


def kind(document: Document) -> str:
    """The document's type, which says so where its text was read from a scan, or in part from one."""
    label = file_type(document.type).label
    label = label[0].upper() + label[1:]
    # A picture has no other text than what was recognised in it.
    if not document.ocr_pages or document.type == "Picture":
        return label
    # A scan may have blank pages, which get no OCR.
    return f"Scanned {label}" if 2 * document.ocr_pages >= (document.pages or 0) else f"{label}, partly scanned"


def described(document: Document) -> str:
    """What a document is, how much is in it, and since when it is there, in a line."""
    passages, since = count(document.passages, "passage"), f"added {moment(document.added_at)}"
    dated = f"of {document.dated:%-d %B %Y}" if document.dated else ""
    what = kind(document), pages_label(document), passages, size(document.bytes), dated, since
    return " · ".join(filter(None, what))


def day(when: datetime) -> str:
    """A day, by the clock of this machine.

    >>> day(datetime(2026, 3, 9, 12))
    'on 9 March 2026'
    """
    return f"on {when.astimezone():%-d %B %Y}"


def moment(when: datetime) -> str:
    """A time of day on a day, by the clock of this machine."""
    return f"{when.astimezone():%-d %B %Y, %H:%M}"
