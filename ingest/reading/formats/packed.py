"""Gzipped files: an archive (.tar.gz), articles in JSON lines (.jsonl.gz), or any one file."""

import gzip
import json
import zlib
from pathlib import Path

from ingest.errors import CannotRead
from ingest.reading.contents import Contents
from ingest.reading.file_types import TAR
from ingest.reading.formats import archives, articles
from ingest.reading.refusals import DAMAGED_PACKED

_HEAD_BYTES = 1 << 20  # the first article is within these


def read(path: Path) -> Contents:
    """Read what is packed. Raises CannotRead where it cannot be unpacked."""
    try:
        with gzip.open(path) as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        raise CannotRead(DAMAGED_PACKED) from error
    if TAR.match(head):
        return archives.read_tar(path)
    return articles.read_packed(path) if _begins_with_article(head) else archives.read_single(path)


def _begins_with_article(head: bytes) -> bool:
    line = head.lstrip().split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        # An article that is longer than what is looked at is cut off.
        return len(head) == _HEAD_BYTES and line == head.lstrip() and line.startswith(b'{"')
