"""OpenDocument sheets (.ods): one section per sheet, its name as the heading, one line per row.

The file holds the text of each cell as it was shown when it was saved. That text is read, not the values beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.file_types import file_type
from ingest.reading.formats.excel.cells import Range, fill_merged, in_order
from ingest.reading.formats.excel.package import Element, Package, attribute, local
from ingest.reading.formats.excel.sheet_names import comment_line, sheet_sections
from ingest.reading.formats.ods_cells import cell_text, creator, paragraphs
from ingest.reading.refusals import protected
from ingest.reading.table_rows import cell_name

_SHEET_BEGINS = re.compile(rb"<table:table[\s>]")
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
# A cell or a row may be repeated a million times by one number.
_MOST_ROWS, _MOST_COLUMNS, _MOST_REPEATED = 1_048_576, 16_384, 1000
_MOST_CELLS = 50_000_000


@dataclass(slots=True)
class _Sheet:
    """What is found of a sheet until its end."""

    rows: dict[int, list[str]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    comments: list[tuple[int, int, str, str]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    last: int = 0


def read(path: Path) -> Contents:
    """Read the sheets that have text. Raises CannotRead where the file is protected with a password."""
    package = Package(path)
    if package.has(_MANIFEST) and any(True for _ in package.elements(_MANIFEST, "encryption-data")):
        raise CannotRead(protected(file_type("OpenDocument sheet")))
    return Contents(_sections(package), _count_sheets(package))


def _count_sheets(package: Package) -> int:
    """How many sheets there are. Only the marks of their beginnings are looked for, so that nothing is kept."""
    count, rest = 0, b""
    with package.open(_CONTENT) as file:
        while chunk := file.read(1 << 20):
            count += len(_SHEET_BEGINS.findall(rest + chunk))
            # The mark has 13 bytes.
            rest = (rest + chunk)[-12:]
    return count


def _sections(package: Package) -> Iterator[Section | NotRead]:
    hidden: set[str] = set()
    sheet, number = _Sheet(), 0
    for element in package.elements(_CONTENT, "style", "table-row", "shapes", "table"):
        kind = local(element)
        if kind == "style":
            if any(attribute(part, "display") == "false" for part in element):
                hidden.add(attribute(element, "name"))
        elif kind == "table-row":
            _add_row(sheet, element, package)
        elif kind == "shapes":
            _add_drawn(sheet, element, package)
        else:
            number += 1
            yield from sheet.not_read
            is_hidden = attribute(element, "style-name") in hidden
            yield from _whole(sheet, attribute(element, "name"), is_hidden, number)
            sheet = _Sheet()


def _whole(sheet: _Sheet, name: str, hidden: bool, page: int) -> Iterator[Section]:
    fill_merged(sheet.rows, sheet.merged)
    comments = [
        comment_line(cell_name(row, column), author, text, sheet.rows.get(row, ()))
        for row, column, author, text in sheet.comments
    ]
    below = [*sheet.boxes, "\n".join(comments)]
    return sheet_sections(in_order(sheet.rows), below, name, hidden, page)


def _add_row(sheet: _Sheet, element: Element, package: Package) -> None:
    number = sheet.last + 1
    cells: list[str] = []
    column = 1
    for cell in element:
        if local(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        text, repeated = cell_text(cell), _repeated(cell, "number-columns-repeated")
        if text and column <= _MOST_COLUMNS:
            cells.extend([""] * (column - 1 - len(cells)))
            cells.extend([text] * min(repeated, _MOST_REPEATED))
        right, down = _repeated(cell, "number-columns-spanned"), _repeated(cell, "number-rows-spanned")
        if right > 1 or down > 1:
            sheet.merged.append((number, column, number + down - 1, column + right - 1))
        for note in cell.iterchildren("{*}annotation"):
            sheet.comments.append((number, column, creator(note), one_line(" ".join(paragraphs(note)))))
        _add_drawn(sheet, cell, package)
        column += repeated
    repeated = _repeated(element, "number-rows-repeated")
    if cells:
        _put_rows(sheet, number, cells, min(repeated, _MOST_REPEATED))
    sheet.last += repeated


def _put_rows(sheet: _Sheet, number: int, cells: list[str], count: int) -> None:
    if number > _MOST_ROWS or (len(sheet.rows) + count) * len(cells) > _MOST_CELLS:
        raise ValueError("a sheet has more rows than a sheet can have")
    for place in range(number, number + count):
        sheet.rows[place] = list(cells)


def _add_drawn(sheet: _Sheet, element: Element, package: Package) -> None:
    """The texts of the shapes in an element, and its charts and pictures by name."""
    for shape in element.iterchildren("{*}frame", "{*}custom-shape", "{*}rect", "{*}ellipse", "{*}g"):
        text = "\n".join(filter(None, map(one_line, paragraphs(shape))))
        if text:
            sheet.boxes.append(text)
        for part in shape.iter("{*}object"):
            sheet.not_read.append(_named_object(package, attribute(part, "href")))
        if not any(True for _ in shape.iter("{*}object")):
            pictures = sum(1 for _ in shape.iter("{*}image"))
            sheet.not_read.extend(NotRead("picture", attribute(shape, "name")) for _ in range(pictures))


def _named_object(package: Package, reference: str) -> NotRead:
    part = f"{reference.removeprefix('./').rstrip('/')}/{_CONTENT}"
    if not package.has(part):
        return NotRead("object")
    root = package.root(part)
    is_chart = next(root.iter("{*}chart"), None) is not None
    title = next(root.iter("{*}title"), None)
    return NotRead(
        "chart" if is_chart else "object", one_line(" ".join(paragraphs(title))) if title is not None else ""
    )


def _repeated(element: Element, name: str) -> int:
    value = attribute(element, name)
    return max(1, min(int(value), _MOST_ROWS)) if value.isdecimal() and len(value) < 10 else 1
