"""JSON files as readable outlines: `name: value`, one line per record, indented by depth."""

import json
from collections.abc import Iterator
from pathlib import Path

from ingest.document import Section
from ingest.reading.contents import Contents
from ingest.reading.decode import decode
from ingest.reading.formats import tables


def read(path: Path) -> Contents:
    """Read the whole file as one section. A file that is not valid JSON is read as plain text.

    Raises RecursionError where values are nested too deeply.
    """
    text = decode(path.read_bytes())
    try:
        return Contents([Section("\n".join(outline(json.loads(text))))])
    except ValueError:
        return Contents([Section(text)])


def outline(value: object, depth: int = 0) -> Iterator[str]:
    """The lines of a JSON value: a flat record on one line, a nested value below its name."""
    indent = "  " * depth
    if isinstance(value, dict):
        for name, inner in value.items():
            if _is_plain(inner):
                if inner not in ("", None):
                    yield f"{indent}{name}: {_shown(inner)}"
            elif inner:
                yield f"{indent}{name}:"
                yield from outline(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _item(inner, depth)
    else:
        yield indent + _shown(value)


def record_line(record: dict[str, object]) -> str:
    """A record without nested values on one line."""
    return tables.row_line([_shown(value) for value in record.values()], [str(name) for name in record])


def is_record(value: object) -> bool:
    """Whether this is an object without nested values, so that it fits on one line."""
    return isinstance(value, dict) and all(map(_is_plain, value.values()))


def _item(value: object, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, dict) and is_record(value):
        yield f"{indent}- {record_line(value)}"
    elif _is_plain(value):
        yield f"{indent}- {_shown(value)}"
    else:
        lines = outline(value, depth + 1)
        # The dash replaces the indent of the first line.
        first = next(lines, "")
        yield f"{indent}- {first.strip()}"
        yield from lines


def _is_plain(value: object) -> bool:
    return not isinstance(value, dict | list)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value)
