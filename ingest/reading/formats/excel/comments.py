"""The comments and notes of a sheet, each in one line with its author and the row that it is about."""

from collections.abc import Iterator, Mapping, Sequence

from ingest.reading.clean import one_line
from ingest.reading.formats.excel.cells import cell_range
from ingest.reading.formats.excel.package import Element, Link
from ingest.reading.formats.excel.sheet_names import comment_line
from ingest.reading.formats.excel.workbook import Workbook, string_text


def comment_lines(book: Workbook, links: Sequence[Link], rows: Mapping[int, Sequence[str]]) -> Iterator[str]:
    """One line a comment, from the upper to the lower: `Comment by Ada on B2 (Apple | 3): Ask the grower`."""
    found = dict.fromkeys(comment for comment in _comments(book, links) if comment[2])
    for cell, author, text in sorted(found, key=lambda comment: _place(comment[0])):
        yield comment_line(cell, author, text, rows.get(_place(cell)[0], ()))


def _comments(book: Workbook, links: Sequence[Link]) -> Iterator[tuple[str, str, str]]:
    """The cell, the author and the text of each comment. What is in a thread is not read from the copy beside it."""
    threaded = list(_threaded(book, links))
    yield from threaded
    cells = {cell for cell, _, _ in threaded}
    for root in _roots(book, links, "comments"):
        authors = [one_line(author.text or "") for author in root.iter("{*}author")]
        for comment in root.iter("{*}comment"):
            cell, number = comment.get("ref", ""), comment.get("authorId", "")
            if cell not in cells:
                author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
                text = one_line("".join(map(string_text, comment.iterchildren("{*}text"))))
                # Excel writes the author's name above the text, too.
                yield cell, author, text.removeprefix(f"{author}:").strip() if author else text


def _threaded(book: Workbook, links: Sequence[Link]) -> Iterator[tuple[str, str, str]]:
    people: dict[str, str] | None = None
    for root in _roots(book, links, "threadedComment"):
        people = book.people() if people is None else people
        for comment in root.iter("{*}threadedComment"):
            text = "".join(piece.text or "" for piece in comment.iterchildren("{*}text"))
            yield comment.get("ref", ""), one_line(people.get(comment.get("personId", ""), "")), one_line(text)


def _roots(book: Workbook, links: Sequence[Link], kind: str) -> Iterator[Element]:
    return (book.package.root(link.part) for link in links if link.type == kind and book.package.has(link.part))


def _place(cell: str) -> tuple[int, int]:
    try:
        return cell_range(cell)[:2]
    except ValueError:
        return 0, 0
