"""Tables as text files (CSV, TSV): one line per row, each value after the name of its column."""

import csv
import io
from pathlib import Path

from ingest.document import Section
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.formats import tables

_SEPARATORS = ",;\t|"
_SAMPLE = 20_000


def read(path: Path) -> Contents:
    """Read the whole table as one section."""
    text = decode(path.read_bytes()).replace("\0", "")
    # A cell may be as long as the text itself.
    csv.field_size_limit(max(len(text), 1024))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    return Contents([Section("\n".join(tables.lines(rows)))])


def _separator(text: str) -> str:
    """The character that separates the values: it occurs equally often in every line, and at least once."""
    rows = text[:_SAMPLE].splitlines()[:50]

    def evenness(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(rows, delimiter=separator) if row]
        common = max(set(widths), key=widths.count, default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(_SEPARATORS, key=evenness)
