"""Where a passage is in its document, in words: the page, slide or sheet, its cells or rows, and the heading."""

import re

from ingest.document import Document, Passage
from ingest.reading.file_types import SHEET, file_type

_DIGITS = re.compile(r"[0-9]+")


def page_label(document: Document, passage: Passage) -> str:
    """The page, slide or sheet that a passage is on, in words; empty where its document has none.

    A sheet is known by its name, which is the heading of what is on it, and by its number where it has none. A page is
    known as the file itself calls it.

    >>> from datetime import UTC, datetime
    >>> manual, prices = (
    ...     Document("0" * 64, "file", name, 3, 9, 1000, datetime.now(UTC)) for name in ("PDF", "Excel")
    ... )
    >>> passage = Passage("0" * 64, 0, "The Otter costs 60.", 3, "Prices")
    >>> page_label(manual, passage), page_label(prices, passage)
    ('page 3', 'sheet Prices')
    """
    if passage.page is None:
        return ""
    word = file_type(document.type).page_word or "page"
    name = passage.heading if word == SHEET and passage.heading else passage.page_name or passage.page
    return f"{word} {name}"


def cells_label(document: Document, passage: Passage) -> str:
    """The cells or rows that a passage was read from, in words; empty where that is not known.

    A sheet has cells; of a table file, such as CSV, people count the rows.

    >>> from datetime import UTC, datetime
    >>> prices, table = (
    ...     Document("0" * 64, "file", name, None, 9, 1000, datetime.now(UTC)) for name in ("Excel", "CSV")
    ... )
    >>> passage = Passage("0" * 64, 0, "Otter: 60", cells="A2:D17")
    >>> cells_label(prices, passage), cells_label(table, passage)
    ('A2:D17', 'rows 2 to 17')
    """
    if not passage.cells or file_type(document.type).page_word == SHEET:
        return passage.cells or ""
    rows = list(dict.fromkeys(_DIGITS.findall(passage.cells)))
    return f"rows {rows[0]} to {rows[-1]}" if len(rows) > 1 else f"row {''.join(rows)}"


def pages_label(document: Document) -> str:
    """How many pages, slides or sheets a document has, in words; empty where its type has none."""
    word = file_type(document.type).page_word
    if word is None or document.pages is None:
        return ""
    return f"{document.pages:,} {word}{'' if document.pages == 1 else 's'}"


def passages_label(number: int) -> str:
    """So many passages, in words.

    >>> passages_label(1), passages_label(1200)
    ('1 passage', '1,200 passages')
    """
    return f"{number:,} passage{'' if number == 1 else 's'}"


def place_of(document: Document, passage: Passage) -> tuple[str, ...]:
    """Where a passage is in its document, in words, from the outside in: ("page 3", "Warranty")."""
    label, heading = page_label(document, passage), passage.heading
    is_said = heading is not None and label == f"{SHEET} {heading}"
    return tuple(part for part in (label, cells_label(document, passage), None if is_said else heading) if part)
