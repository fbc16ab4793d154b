"""The process that reads one file, started by `ingest.reading.read` and nobody else.

The job comes as JSON on standard input; the answer goes as JSON lines into the file that the job names: what the
file is, how many pages have been looked at by now, then a section a line, then `{"done": true}`; or
`{"refused": sentence}` or `{"memory": true}` in place of any of these. It never opens a connection and never starts a
program, whatever the file asks for.
"""

import ctypes
import errno
import json
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

_MEGABYTE = 1024 * 1024
# Libraries for numbers keep stacks and buffers for every thread, which counts against the memory limit.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_ARENA_MAX = -8  # of glibc's malloc.h
_NO_MEMORY = ("Cannot allocate memory", "failed to map segment", "out of memory", "bad_alloc")
_FORBIDDEN = frozenset(
    {
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
        "socket.sendto",
        "socket.sendmsg",
        "socket.bind",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.fork",
        "os.forkpty",
        "pty.spawn",
    }
)


def main() -> None:
    """Do the job on standard input. Every failure of a file becomes an answer."""
    job = json.load(sys.stdin)
    _limit(job)
    _bare_package()
    sys.addaudithook(_forbid)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    with Path(job["answer"]).open("w", encoding="ascii") as answer:
        try:
            _answer(job, answer)
        except MemoryError:
            _say(answer, {"memory": True})


def _limit(job: dict[str, Any]) -> None:
    """Set the limits before anything heavy is imported; the parent's clock is the one that counts for time."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    _one_arena()
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for which, limit in (
        (resource.RLIMIT_AS, job["megabytes"] * _MEGABYTE),
        # A character is at most two escapes of six bytes in the answer, and a section has some bytes of its own.
        (resource.RLIMIT_FSIZE, job["characters"] * 24 + 16 * _MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(which)
        resource.setrlimit(which, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
    _limit_processor_time(job, pictures=0)


def _one_arena() -> None:
    """Keep glibc from reserving memory for every thread, which counts against the limit though it is never used."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _limit_processor_time(job: dict[str, Any], pictures: int) -> None:
    """Set the limit for a file of which so many pages are read from pictures.

    It is for the case that the parent dies, so that nobody is left to look at the clock; every core counts.
    """
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    limit = (job["seconds"] + job["picture_seconds"] * pictures) * (os.cpu_count() or 1) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not allowed while a file is read")


def _bare_package() -> None:
    """Make the modules of `ingest` importable without its front door, which would bring the models along."""
    package = ModuleType("ingest")
    package.__path__ = [str(Path(__file__).resolve().parents[1])]
    sys.modules["ingest"] = package


def _answer(job: dict[str, Any], answer: TextIO) -> None:
    from ingest.errors import CannotRead  # noqa: PLC0415 - only after the limits are set
    from ingest.reading.contents import PagesRead  # noqa: PLC0415
    from ingest.reading.extract import extract  # noqa: PLC0415
    from ingest.reading.file_types import damaged, file_type_of, not_supported, too_deep  # noqa: PLC0415

    path, kind = Path(job["path"]), None
    try:
        kind = file_type_of(path, job["name"])
        contents = extract(kind, path, job["characters"], job["megabytes"])
        _say(answer, {"type": kind.name, "pages": contents.pages})
        for section in contents.sections:
            if isinstance(section, PagesRead):
                _limit_processor_time(job, section.pictures)
                _say(answer, {"pages_read": section.done, "of": section.total, "pictures": section.pictures})
                answer.flush()
            else:
                _say(answer, {"text": section.text, "page": section.page, "heading": section.heading})
        _say(answer, {"done": True})
    except CannotRead as error:
        _say(answer, {"refused": str(error)})
    except Exception as error:
        if _for_want_of_memory(error):
            raise MemoryError from error
        if kind and isinstance(error, RecursionError):
            _say(answer, {"refused": too_deep(kind)})
            return
        logging.getLogger(__name__).exception("the file could not be read")
        _say(answer, {"refused": damaged(kind) if kind else not_supported()})


def _for_want_of_memory(error: BaseException | None) -> bool:
    """Whether this, or what led to it, is a library's way of saying that it got no memory."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if any(words in str(error) for words in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


def _say(answer: TextIO, line: dict[str, object]) -> None:
    answer.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
