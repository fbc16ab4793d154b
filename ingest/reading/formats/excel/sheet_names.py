"""Sheets as sections, and how sheets, cells and comments are named for people, for every kind of workbook."""

from collections.abc import Iterable, Iterator, Sequence

from ingest.document import Section
from ingest.reading.clean import one_line
from ingest.reading.formats import tables

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
    parts = [(title, "\n".join(found)) for title, found in tables.titled(rows)] or [("", "")]
    title, last = parts.pop()
    parts.append((title, "\n\n".join(filter(None, [last, *below]))))
    for title, text in parts:
        if text:
            head = heading(name, hidden)
            yield Section(text, page=page, heading=f"{head} > {title}" if title else head)


def cell_name(row: int, column: int) -> str:
    """The name of a cell whose row and column are counted from 1.

    >>> cell_name(7, 28)
    'AB7'
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def comment_line(cell: str, author: str, text: str, row: Sequence[str]) -> str:
    """A comment with its author and the row that it is about.

    >>> comment_line("B2", "Ada", "Ask the grower", ["Apple", "3"])
    'Comment by Ada on B2 (Apple | 3): Ask the grower'
    """
    cells = one_line(" | ".join(filter(None, row))[:_LONGEST_ROW])
    return f"Comment{f' by {author}' if author else ''} on {cell}{f' ({cells})' if cells else ''}: {text}"
