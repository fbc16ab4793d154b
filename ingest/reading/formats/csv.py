"""Tables as text files (CSV, TSV): one line per row, each value after the name of its column."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from ingest.document import Section
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.formats import tables
from ingest.reading.formats.csv_rows import LINE_END, csv_rows
from ingest.reading.table_rows import TableRow, joined_lines, line_of

_SEPARATORS = ",;\t|"
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 200, 100_000
# Excel writes the separator into a first line of its own.
_SEPARATOR_LINE = re.compile(r"\A\ufeff?\"?sep=(.)\"?\s*(?:\r\n?|\n)", re.IGNORECASE)
_COMMENT = "#"


def read(path: Path) -> Contents:
    """Read the whole table as one section. Lines of comments above it stay lines.

    Rows are counted as a spreadsheet counts them: a line that only names the separator is none.
    """
    text = decode(path.read_bytes()).replace("\0", "")
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line:
        text = text[separator_line.end() :]
    comments, text = _comments_apart(text)
    separator = separator_line[1] if separator_line else _separator(text)
    rows = (TableRow(row, number) for number, row in enumerate(csv_rows(text, separator), len(comments) + 1))
    found, cells = joined_lines([*(line_of(row[0], row) for row in comments), *tables.lines(rows)])
    return Contents([Section(found, cells=cells)])


def _comments_apart(text: str) -> tuple[list[TableRow], str]:
    """The lines of comments above the table, a row each, and the table."""
    comments, start = list[TableRow](), 0
    for end in LINE_END.finditer(text):
        line = text[start : end.start()].strip()
        # A head may begin with the sign, too: "#,Name".
        if not line.startswith(_COMMENT) or any(mark in line for mark in _SEPARATORS):
            break
        comments.append(TableRow([line.lstrip(_COMMENT).strip()], len(comments) + 1))
        start = end.end()
    return comments, text[start:]


def _separator(text: str) -> str:
    """The character that separates the values: it occurs equally often in most lines, and at least once."""
    lines = text[:_SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_LINES]

    def evenness(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
        plain = [line.count(separator) + 1 for line in lines if line]
        return max(_common(widths), _common(plain))

    return max(_SEPARATORS, key=evenness)


def _common(widths: Sequence[int]) -> tuple[int, int]:
    """How many lines have the most common number of cells, and that number."""
    common = max(set(widths), key=widths.count, default=1)
    return (widths.count(common) if common > 1 else 0, common)
