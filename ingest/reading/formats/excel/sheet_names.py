"""Sheets as sections, and how sheets, cells and comments are named for people, for every kind of workbook."""

from collections.abc import Iterable, Iterator, Sequence

from ingest.document import Section
from ingest.reading.clean import one_line
from ingest.reading.formats import tables
from ingest.reading.table_rows import joined_lines

_LONGEST_ROW = 200


def heading(name: str, hidden: bool) -> str:
    """The heading of a sheet. Nobody sees a hidden one when the file is opened, so the heading says it.

    >>> heading("Prices", hidden=True)
    'Prices (hidden sheet)'
    """
    return f"{name} (hidden sheet)" if hidden else name


def sheet_sections(
    rows: Iterable[Sequence[str]], below: Iterable[str], name: str, hidden: bool, page: int
) -> Iterator[Section]:
    """The sections of a sheet: one for each table with a title, which goes into the heading.

    So every passage of a long table is found by its title. `below` is what lies over the cells: text boxes, comments.
    """
    found = list(tables.titled(rows)) or [("", [])]
    for number, (title, lines) in enumerate(found, 1):
        text, cells = joined_lines(lines, below if number == len(found) else ())
        if text:
            head = heading(name, hidden)
            yield Section(text, page=page, heading=f"{head} > {title}" if title else head, cells=cells)


def comment_line(cell: str, author: str, text: str, row: Sequence[str]) -> str:
    """A comment with its author and the row that it is about.

    >>> comment_line("B2", "Ada", "Ask the grower", ["Apple", "3"])
    'Comment by Ada on B2 (Apple | 3): Ask the grower'
    """
    cells = one_line(" | ".join(filter(None, row))[:_LONGEST_ROW])
    return f"Comment{f' by {author}' if author else ''} on {cell}{f' ({cells})' if cells else ''}: {text}"
