"""Jupyter notebooks: the text by heading, with the code and its output in their places."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.errors import CannotRead
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.file_types import file_type
from ingest.reading.formats import markdown
from ingest.reading.refusals import damaged

_BACKTICKS = re.compile("`+")


def read(path: Path) -> Contents:
    """Read a notebook, one section per heading. Raises CannotRead where it is not a notebook."""
    try:
        notebook = json.loads(decode(path.read_bytes()))
        cells = notebook["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise CannotRead(damaged(file_type("Notebook"))) from error
    return Contents(markdown.sections("\n\n".join(part for cell in cells for part in _parts(cell))))


def _parts(cell: dict[str, Any]) -> Iterator[str]:
    source = _joined(cell.get("source"))
    if cell.get("cell_type") == "markdown":
        yield source
        return
    yield _fenced(source)
    for output in cell.get("outputs") or ():
        text = _joined(output.get("text")) or _joined((output.get("data") or {}).get("text/plain"))
        yield _fenced(text)


def _joined(lines: object) -> str:
    return "".join(map(str, lines)) if isinstance(lines, list) else str(lines or "")


def _fenced(text: str) -> str:
    """The text in a Markdown code block, whose fence is longer than any run of backticks in it."""
    if not text.strip():
        return ""
    fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    return f"{fence}\n{text}\n{fence}"
