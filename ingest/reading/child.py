"""The child process that reads one file. Only `ingest.reading.read` starts it.

The job comes as JSON on standard input. The answer is written as JSON lines into the file that the job names: the type
of the file, the progress by pages, then one line per section, then `{"done": true}`. Instead of any of these there may
be `{"refused": sentence}` or `{"memory": true}`. The process never opens a connection and never starts a program,
whatever the file asks for.
"""

import errno
import json
import logging
import sys
from pathlib import Path
from typing import Any, TextIO

from ingest.reading.limits import limit_process, limit_processor_time
from ingest.units import MEGABYTE

# MarkItDown imports these for kinds of files that readers of this package read with other libraries. Without them it
# works all the same, and starts in half the time.
_NOT_NEEDED = ("pandas", "pdfminer", "pdfplumber")
_NO_MEMORY = ("Cannot allocate memory", "failed to map segment", "out of memory", "bad_alloc")


def main() -> None:
    """Read the file that the job on standard input names. Every failure of a file becomes an answer."""
    job = json.load(sys.stdin)
    # In the answer, a character takes at most two escapes of six bytes, and each section some more bytes.
    limit_process(job["megabytes"], job["characters"] * 24 + 16 * MEGABYTE, job["seconds"])
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    with Path(job["answer"]).open("w", encoding="ascii") as answer:
        try:
            _read_file(job, answer)
        except MemoryError:
            _write_line(answer, {"memory": True})


def _read_file(job: dict[str, Any], answer: TextIO) -> None:
    for name in _NOT_NEEDED:
        sys.modules[name] = None  # type: ignore[assignment] # Python's own mark of a module that is not there
    from ingest.errors import CannotRead  # noqa: PLC0415 - only after the limits are set
    from ingest.reading.contents import PagesRead  # noqa: PLC0415
    from ingest.reading.extract import extract  # noqa: PLC0415
    from ingest.reading.recognise import file_type_of  # noqa: PLC0415
    from ingest.reading.refusals import damaged, not_supported, too_deep  # noqa: PLC0415

    path, kind = Path(job["path"]), None
    try:
        kind = file_type_of(path, job["name"])
        contents = extract(kind, path, job["characters"], job["megabytes"])
        _write_line(answer, {"type": kind.name, "pages": contents.pages})
        for section in contents.sections:
            if isinstance(section, PagesRead):
                limit_processor_time(job["seconds"] + job["ocr_seconds"] * section.ocr_pages)
                _write_line(answer, {"pages_read": section.done, "of": section.total, "ocr_pages": section.ocr_pages})
                answer.flush()
            else:
                _write_line(answer, {"text": section.text, "page": section.page, "heading": section.heading})
        _write_line(answer, {"done": True})
    except CannotRead as error:
        _write_line(answer, {"refused": str(error)})
    except Exception as error:
        if _ran_out_of_memory(error):
            raise MemoryError from error
        if kind and isinstance(error, RecursionError):
            _write_line(answer, {"refused": too_deep(kind)})
            return
        logging.getLogger(__name__).exception("the file could not be read")
        _write_line(answer, {"refused": damaged(kind) if kind else not_supported()})


def _ran_out_of_memory(error: BaseException | None) -> bool:
    """Whether this error, or one that caused it, means that a library got no memory."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if any(words in str(error) for words in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


def _write_line(answer: TextIO, line: dict[str, object]) -> None:
    answer.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
