"""The child process that reads one file. Only `ingest.reading.read` starts it, in the box of `ingest.reading.box`.

The answer is JSON lines: the type of the file, the progress by pages and by characters, one line per section, or per
piece of a section where the job says how to cut them, one for what is not read, some for each file inside the file
(`ingest.reading.inside`), then `{"done": true}`. Instead of any of these there may be `{"refused": sentence}` or
`{"memory": true}`. What went wrong in a damaged file comes before as `{"trace": places}`, without the message of the
error, which may hold the text of the file.
"""

import errno
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ingest.reading.box.enter import enter
from ingest.reading.box.limits import limit_processor_time

if TYPE_CHECKING:
    from ingest.document import NotRead, Section
    from ingest.reading.contents import Embedded, PagesRead

# MarkItDown imports these for kinds of files that readers of this package read with other libraries. Without them it
# works all the same, and starts in half the time.
_NOT_NEEDED = ("pandas", "pdfminer", "pdfplumber")
# What is imported before there is a file. None of it may start a thread, as ONNX Runtime and with it MarkItDown do.
_NEEDED = (
    "PIL.Image",
    "bs4",
    "charset_normalizer",
    "lxml.html",
    "mammoth",
    "markdown_it",
    "markdownify",
    "pptx",
    "requests",
    "ingest.errors",
    "ingest.logs",
    "ingest.reading.dated",
    "ingest.reading.extract",
    "ingest.reading.formats.docx",
    "ingest.reading.formats.pdf.reader",
    "ingest.reading.formats.sheets",
    "ingest.reading.formats.slides",
    "ingest.reading.formats.text",
    "ingest.reading.inside",
    "ingest.reading.recognise",
    "ingest.reading.section_places",
    "ingest.reading.split",
)
_NO_MEMORY = ("Cannot allocate memory", "failed to map segment", "out of memory", "bad_alloc")
_prepared: list[tuple[dict[str, Any], Any]] = []  # how sections are cut, and the function that does
# Characters between two lines of progress.
_TOLD_EVERY = 200_000


def prepare(cut: dict[str, Any]) -> None:
    """Import what most readers need, and make what cuts their sections, before there is a file.

    A child that is forked after this has it already.
    """
    _leave_out()
    for name in _NEEDED:
        import_module(name)
    from ingest.reading.split import Cut, cutter  # noqa: PLC0415

    _prepared.append((cut, cutter(Cut(**cut))))


def main() -> None:
    """Read the file of the job. Every failure of a file becomes an answer."""
    boxed = enter()
    with boxed.answer:
        try:
            _read_file(boxed.job, boxed.answer)
        except MemoryError:
            _write_line(boxed.answer, {"memory": True})


def _read_file(job: dict[str, Any], answer: BinaryIO) -> None:
    _leave_out()
    from ingest.errors import CannotRead  # noqa: PLC0415 - only after the limits are set
    from ingest.logs import trace  # noqa: PLC0415
    from ingest.reading.dated import date_of  # noqa: PLC0415
    from ingest.reading.extract import extract  # noqa: PLC0415
    from ingest.reading.recognise import file_type_of  # noqa: PLC0415
    from ingest.reading.refusals import damaged, not_supported, too_deep  # noqa: PLC0415

    path, kind = Path(job["path"]), None
    try:
        kind = file_type_of(path, job["name"])
        contents = extract(kind, path, job["characters"], job["megabytes"])
        dated = date_of(kind, path)
        _write_line(answer, {"type": kind.name, "pages": contents.pages, "dated": dated.isoformat() if dated else None})
        for line in _content_lines(contents.sections, job):
            _write_line(answer, line)
            if "text" not in line:
                answer.flush()
        _write_line(answer, {"done": True})
    except CannotRead as error:
        _write_line(answer, {"refused": str(error)})
    except Exception as error:
        if _ran_out_of_memory(error):
            raise MemoryError from error
        if kind and isinstance(error, RecursionError):
            _write_line(answer, {"refused": too_deep(kind)})
            return
        _write_line(answer, {"trace": trace(error)})
        _write_line(answer, {"refused": damaged(kind) if kind else not_supported()})


def _leave_out() -> None:
    for name in _NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment] # Python's own mark of a module that is not there


def _content_lines(
    sections: "Iterable[Section | PagesRead | NotRead | Embedded]", job: dict[str, Any]
) -> Iterator[dict[str, object]]:
    """The lines for what the reader gives: progress, and sections or their pieces. Progress raises the time allowed."""
    from ingest.document import NotRead  # noqa: PLC0415 - only after the limits are set
    from ingest.reading.contents import Embedded, PagesRead  # noqa: PLC0415
    from ingest.reading.inside import HandedOver  # noqa: PLC0415

    cut, files_inside = _cutter(job), HandedOver(job["inside"])
    characters, told, ocr_pages = 0, 0, 0
    for section in sections:
        if isinstance(section, NotRead):
            yield {"not_read": section.kind, "name": section.name}
            continue
        if isinstance(section, Embedded):
            yield from files_inside.lines(section)
            continue
        if isinstance(section, PagesRead):
            ocr_pages = section.ocr_pages
            yield {"pages_read": section.done, "of": section.total, "ocr_pages": ocr_pages}
        else:
            characters += len(section.text)
        seconds = job["ocr_seconds"] * ocr_pages + characters // job["characters_per_second"]
        limit_processor_time(job["seconds"] + seconds)
        if isinstance(section, PagesRead):
            continue
        if characters >= told + _TOLD_EVERY:
            told = characters
            yield {"characters": characters}
        for piece in cut(section):
            yield asdict(piece)


def _cutter(job: dict[str, Any]) -> "Callable[[Section], Iterator[Section]]":
    """What makes pieces of a section, or leaves it whole where the job does not want pieces."""
    from ingest.reading.section_places import by_line  # noqa: PLC0415 - only after the limits are set
    from ingest.reading.table_rows import as_one  # noqa: PLC0415

    if job["cut"] is None:
        return lambda section: iter([replace(section, places=by_line(section.places), cells=as_one(section.cells))])
    from ingest.reading.split import Cut, cutter  # noqa: PLC0415

    return next((ready for cut, ready in _prepared if cut == job["cut"]), None) or cutter(Cut(**job["cut"]))


def _ran_out_of_memory(error: BaseException | None) -> bool:
    """Whether this error, or one that caused it, means that a library got no memory."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if any(words in str(error) for words in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


def _write_line(answer: BinaryIO, line: dict[str, object]) -> None:
    answer.write(json.dumps(line).encode("ascii") + b"\n")


if __name__ == "__main__":
    main()
