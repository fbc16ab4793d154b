"""Read a file in a child process, so that no file can stop the app or do harm.

The child is in the box of `ingest.reading.box`: it has a time limit and a memory limit, is killed when it exceeds one,
and reaches no other file, no network and no program.
"""

import json
import logging
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from ingest.document import Cells, NotRead, Place, Section
from ingest.errors import CannotRead
from ingest.logs import is_trace
from ingest.reading.box.limits import Limits
from ingest.reading.box.run import fork_server, run_child, written
from ingest.reading.child_progress import CHARACTERS_PER_SECOND, OCR_SECONDS, ChildProgress
from ingest.reading.inside import FileInside, Inside
from ingest.reading.refusals import EMPTY
from ingest.reading.split import Cut
from ingest.settings import Settings
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

_CHILD = "ingest.reading.child"
_server = fork_server(_CHILD)
# In the answer, a character takes at most two escapes of six bytes and a place of forty, and each section some more
# bytes.
_BYTES_PER_CHARACTER, _MORE_BYTES = 52, 16 * MEGABYTE
_TELL_EVERY = 100  # lines of an answer
_MOST_NOT_READ = 1000  # things of one file that are named

_TOO_MUCH_MEMORY = (
    "This file needs too much memory to read (more than {megabytes} MB). Split it into parts and add those."
)
_TOO_LONG = "This file took too long to read (more than {seconds} seconds). Split it into parts and add those."
_BROKE_OFF = (
    "This file could not be read to the end: it is damaged or needs too much memory. Save a new copy or split it into "
    "parts, and add that."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read. `type` is the name of a row of `FILE_TYPES`; `pages` is None where the type has none.

    `ocr_pages` is the number of pages without text of their own, whose text OCR recognised. `sections` are the file's
    sections, or their pieces where `read` was asked to cut them. `not_read` is what is in the file and not in these.
    `files` are the files inside it that were handed over, or that nobody wanted. A file that has only files inside,
    such as an archive, has no sections. `dated` is the day that the file says that it is of, None where it does not.
    """

    type: str
    pages: int | None
    sections: tuple[Section, ...]
    ocr_pages: int = 0
    not_read: tuple[NotRead, ...] = ()
    files: tuple[FileInside, ...] = ()
    dated: date | None = None


def read(
    path: Path,
    name: str,
    settings: Settings,
    progress: Callable[[int, int, int], object] = lambda _done, _total, _ocr_pages: None,
    cut: Cut | None = None,
    inside: Inside | None = None,
) -> Reading:
    """Read a file in a child process, within the limits of the settings.

    Args:
        path: Where the file is.
        name: The file's name for people. Its ending helps to recognise the type.
        settings: The limits: `file_megabytes`, `read_seconds`, `read_megabytes`, `read_characters`.
        progress: Called several times a second with the number of pages that are done, the number of all pages (0 of
            0 where pages are not counted), and the number of pages that need OCR. An exception from it ends the reading
            and is raised.
        cut: How the child cuts the sections into pieces. By default it leaves them whole.
        inside: What is done with the files inside the file, and their limits. By default only their names are told.

    Returns:
        The file's type, its number of pages and its sections. Each page that needs OCR adds to the time allowed, and so
        does a long text.

    Raises:
        CannotRead: The file cannot be read. The message is a sentence about "this file".

    Example:
        >>> from ingest import example_documents, load_settings, read
        >>> handbook = next(path for path in example_documents() if path.suffix == ".md")
        >>> reading = read(handbook, handbook.name, load_settings())
        >>> reading.type, reading.pages
        ('Markdown', None)
    """
    check_readable(path, settings)
    most_bytes = settings.read_characters * _BYTES_PER_CHARACTER + _MORE_BYTES
    most_bytes += inside.answer_bytes() if inside else 0
    limits = Limits(settings.read_seconds, settings.read_megabytes, most_bytes)
    with tempfile.TemporaryFile() as answer:
        heard = ChildProgress(answer, progress)
        job = _reading_job(path, name, settings, cut, inside)
        status = run_child(_CHILD, job, limits, [path], answer, lambda: heard.more_seconds, heard.look, _server)
        _check_status(status, settings.read_seconds + heard.more_seconds, settings.read_megabytes)
        answer.seek(0)
        return _reading(answer, settings, inside, heard.tell)


def warm_up(cut: Cut) -> None:
    """Import ahead what children need, in a process of its own, so that many files are read sooner.

    `cut` is how the sections of these files will be cut. Nothing happens where this was done already.
    """
    _server.warm_up(lambda: written(asdict(cut)))


def check_readable(path: Path, settings: Settings) -> None:
    """Raise CannotRead where a file is missing, forbidden, empty or too large. Its content is not read."""
    try:
        if path.is_dir():
            raise CannotRead("This is a folder, not a file. Add the files in it.")
        size = path.stat().st_size
        if not path.is_file():
            raise CannotRead("This is not an ordinary file, so it cannot be read.")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise CannotRead("This file was not found. It may have been moved, renamed or deleted.") from error
    except (OSError, ValueError) as error:
        raise CannotRead("This file cannot be opened. Check that you have permission to read it.") from error
    if size == 0:
        raise CannotRead(EMPTY)
    if size > settings.file_megabytes * MEGABYTE:
        raise CannotRead(
            f"This file is too large: it has {size / MEGABYTE:,.0f} MB, and the limit is {settings.file_megabytes} "
            "MB. Split it into parts and add those."
        )


def _reading_job(
    path: Path, name: str, settings: Settings, cut: Cut | None, inside: Inside | None
) -> dict[str, object]:
    """What the child process is told."""
    return {
        "path": str(path.resolve()),
        "name": name,
        "seconds": settings.read_seconds,
        "ocr_seconds": OCR_SECONDS,
        "characters_per_second": CHARACTERS_PER_SECOND,
        "megabytes": settings.read_megabytes,
        "characters": settings.read_characters,
        "cut": None if cut is None else asdict(cut),
        "inside": None if inside is None else inside.limits(),
    }


def _check_status(status: int | None, seconds: int, megabytes: int) -> None:
    """Raise CannotRead where the child process did not end by itself, saying which limit it met.

    Args:
        status: Its exit status; the number of a signal below 0; None where the time was over.
        seconds: The time that it had.
        megabytes: The memory that it had.
    """
    if status is None or status == -getattr(signal, "SIGXCPU", 24):
        raise CannotRead(_TOO_LONG.format(seconds=seconds))
    if status == -getattr(signal, "SIGKILL", 9):
        # Only the system kills it, when memory has run out.
        raise CannotRead(_TOO_MUCH_MEMORY.format(megabytes=megabytes))
    if status != 0:
        raise CannotRead(_BROKE_OFF)


def _reading(answer: IO[bytes], settings: Settings, inside: Inside | None, tell: Callable[[], None]) -> Reading:
    try:
        lines = _without_traces(answer, tell)
        head = next(lines)
        if "type" not in head:
            raise _refusal(head, settings)
        dated = date.fromisoformat(head["dated"]) if head["dated"] else None
        return _told(lines, Reading(str(head["type"]), head["pages"], (), dated=dated), settings, inside)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        logger.exception("the reading process gave an answer that cannot be understood")
        raise CannotRead(_BROKE_OFF) from error


def _without_traces(answer: IO[bytes], tell: Callable[[], None]) -> Iterator[dict[str, Any]]:
    """The lines of the answer, `tell` called now and then. Where in the code a damaged file was given up is logged."""
    for number, line in enumerate(answer):
        if number % _TELL_EVERY == 0:
            tell()
        found = json.loads(line)
        if "trace" not in found:
            yield found
        elif is_trace(found["trace"]):
            logger.info("a file was given up: %s", found["trace"])


def _told(lines: Iterator[dict[str, Any]], head: Reading, settings: Settings, inside: Inside | None) -> Reading:
    """What the lines after the first one tell. The last line of the answer says whether the file was read."""
    sections, not_read, files, ocr_pages = list[Section](), list[NotRead](), list[FileInside](), 0
    for found in lines:
        if "text" in found:
            sections.append(_section(found))
        elif "not_read" in found:
            not_read.append(NotRead(str(found["not_read"]), str(found["name"])))
        elif "file" in found:
            file = FileInside(str(found["file"]), str(found["kind"]))
            if inside is None or inside.take(file, lines):
                files.append(file)
            else:
                not_read.append(NotRead(file.kind, file.name))
        elif "pages_read" in found:
            ocr_pages = int(found["ocr_pages"])
        elif "done" in found:
            named = tuple(not_read[:_MOST_NOT_READ])
            return replace(head, sections=tuple(sections), ocr_pages=ocr_pages, not_read=named, files=tuple(files))
        elif "characters" not in found:
            raise _refusal(found, settings)
    raise CannotRead(_BROKE_OFF)


def _section(found: dict[str, Any]) -> Section:
    places = tuple(Place(*map(int, place)) for place in found["places"])
    return Section(**(found | {"places": places, "cells": tuple(Cells(*map(int, each)) for each in found["cells"])}))


def _refusal(line: dict[str, Any], settings: Settings) -> CannotRead:
    if "memory" in line:
        return CannotRead(_TOO_MUCH_MEMORY.format(megabytes=settings.read_megabytes))
    return CannotRead(str(line["refused"]))
