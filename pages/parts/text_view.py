"""The text of a document in the viewer, as it is ordered: headings, tables as tables, the passage highlighted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from ingest import Document, Passage
from ingest.reading.places import cells_label, page_label
from pages.parts.plain import plain_html

_BETWEEN, _BETWEEN_BARE, _AFTER_NAME = " · ", " | ", ": "
_LONGEST_NAME = 80

Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a line: its name, empty where its column has none, and where it stands in the text."""

    name: str
    start: int
    end: int


def text_html(document: Document, passages: Sequence[Passage], target: int, marks: Sequence[Mark], before: str) -> str:
    """Passages that follow each other, as HTML.

    Args:
        document: Their document.
        passages: The passages, in order.
        target: The ordinal of the passage to highlight.
        marks: What to mark in it: from which to before which character, and the class of the mark.
        before: What was the heading above the first one, so that it is not said again.
    """
    pieces = ['<div class="pp-running" tabindex="0" role="group" aria-label="Text of the document">']
    label, heading = "", before
    for passage in passages:
        if page_label(document, passage) != label:
            label = page_label(document, passage)
            pieces.append(f'<div class="pp-quiet pp-sheet-name">{plain_html(label[:1].upper() + label[1:])}</div>')
        if passage.heading and passage.heading != heading:
            pieces.append(f'<h3 dir="auto">{escape(passage.heading)}</h3>')
        heading = passage.heading or ""
        if cells := cells_label(document, passage):
            pieces.append(f'<div class="pp-quiet">{plain_html(cells[:1].upper() + cells[1:])}</div>')
        is_target = passage.ordinal == target
        kind = ' class="pp-target pp-here-text"' if is_target else ""
        pieces.append(f"<div{kind}>{_blocks(passage.text, marks if is_target else ())}</div>")
    return "".join([*pieces, "</div>"])


def _blocks(text: str, marks: Sequence[Mark]) -> str:
    """A passage as paragraphs and tables."""
    lines, start = list[tuple[int, list[_Cell]]](), 0
    for line in text.split("\n"):
        lines.append((start, _cells(line, start)))
        start += len(line) + 1
    found = []
    for is_table, group in groupby(lines, key=lambda line: bool(line[1])):
        run = list(group)
        if is_table:
            found += [_table(text, [cells for _, cells in rows], marks) for rows in _alike(run)]
        else:
            end = next((first - 1 for first, _ in lines if first > run[-1][0]), len(text))
            words = marked(text, run[0][0], end, marks)
            found.append(f'<p dir="auto">{words}</p>' if text[run[0][0] : end].strip() else "")
    return "".join(found)


def _alike(run: Sequence[tuple[int, list[_Cell]]]) -> Iterator[list[tuple[int, list[_Cell]]]]:
    """Rows that make one table: all with names, or all without and of one width."""
    for _, rows in groupby(run, key=lambda line: 0 if line[1][0].name else len(line[1])):
        yield list(rows)


def _cells(line: str, start: int) -> list[_Cell]:
    """The cells of a line that is a row of a table, as `ingest.reading.formats.tables` writes them; else none.

    >>> [cell.name for cell in _cells("City: Oslo · Degrees: 12", 0)], _cells("At six: tea.", 0)
    (['City', 'Degrees'], [])
    """
    between = _BETWEEN if _BETWEEN in line else _BETWEEN_BARE
    texts = line.split(between)
    if len(texts) < 2:
        return []
    cells = list[_Cell]()
    for text in texts:
        name, separator, _ = text.partition(_AFTER_NAME)
        is_named = between == _BETWEEN and bool(separator) and len(name) <= _LONGEST_NAME
        inner = len(name) + len(separator) if is_named else 0
        cells.append(_Cell(name if is_named else "", start + inner, start + len(text)))
        start += len(text) + len(between)
    return cells if between == _BETWEEN_BARE or cells[0].name else []


def _table(text: str, rows: Sequence[list[_Cell]], marks: Sequence[Mark]) -> str:
    names = list(dict.fromkeys(cell.name for row in rows for cell in row if cell.name))
    if not names:
        body = "".join(f"<tr>{''.join(_cell(text, cell, marks) for cell in row)}</tr>" for row in rows)
        return f'<table dir="auto"><tbody>{body}</tbody></table>'
    head = "".join(f'<th scope="col" dir="auto">{escape(name)}</th>' for name in names)
    body = "".join(f"<tr>{_row(text, row, names, marks)}</tr>" for row in rows)
    return f'<table dir="auto"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(text: str, row: Sequence[_Cell], names: Sequence[str], marks: Sequence[Mark]) -> str:
    """A row under these names; what belongs to no name, or to one that the row has twice, is in the cell before it."""
    under: dict[str, list[str]] = {name: [] for name in names}
    name = names[0]
    for cell in row:
        name = cell.name or name
        under[name].append(marked(text, cell.start, cell.end, marks))
    return "".join(f'<td dir="auto">{"<br>".join(under[name])}</td>' for name in names)


def _cell(text: str, cell: _Cell, marks: Sequence[Mark]) -> str:
    return f'<td dir="auto">{marked(text, cell.start, cell.end, marks)}</td>'


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """The stretch of a text with what is marked in it. It goes into an element with `dir=auto`, which isolates it.

    Marks are in order and do not overlap.
    """
    pieces, done = [], start
    for first, last, kind in marks:
        first, last = max(first, done), min(last, end)  # noqa: PLW2901 - within the stretch
        if first < last:
            pieces += [escape(text[done:first]), f'<mark class="{kind}">{escape(text[first:last])}</mark>']
            done = last
    return "".join([*pieces, escape(text[done:end])])
