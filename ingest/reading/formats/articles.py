"""JSON lines, one article per line, as in the Simple Wikipedia file of the sentence-transformers examples.

A line is `{"id": …, "title": …, "paragraphs": […]}`; most such files are gzipped. `text` in place of `paragraphs` is
read as well. Any other record becomes a line of its names and values. The file is read line by line, never as a whole.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.document import Section
from ingest.errors import CannotRead
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.formats.json import outline

_DAMAGED = "This file of articles is damaged: line {line} is cut off or is not JSON. Get a new copy and add that."


def read_packed(path: Path) -> Contents:
    """Read a gzipped file of articles, one section per article."""
    return Contents(_unpacked(path))


def read(path: Path) -> Contents:
    """Read a file of articles, one section per article."""
    return Contents(_opened(path))


def _unpacked(path: Path) -> Iterator[Section]:
    with gzip.open(path) as lines:
        yield from _articles(lines)


def _opened(path: Path) -> Iterator[Section]:
    with path.open("rb") as lines:
        yield from _articles(lines)


def _articles(lines: Iterable[bytes]) -> Iterator[Section]:
    number = 1
    try:
        for number, line in enumerate(lines, 1):  # noqa: B007 - the number of a damaged one is told
            if line.strip():
                yield from _article_section(json.loads(line))
    except (ValueError, RecursionError, EOFError, OSError, zlib.error) as error:
        raise CannotRead(_DAMAGED.format(line=number)) from error


def _article_section(article: object) -> Iterator[Section]:
    if isinstance(article, dict):
        body = article.get("paragraphs", article.get("text"))
        paragraphs = [body] if isinstance(body, str) else body
        if isinstance(paragraphs, list):
            heading = one_line(str(article.get("title") or "")) or None
            text = "\n\n".join(str(paragraph) for paragraph in paragraphs)
            yield Section(text if text.strip() else heading or "", heading=heading if text.strip() else None)
            return
    yield Section("\n".join(outline(article)))
