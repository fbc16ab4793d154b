"""Start a child process in the box, wait for it, and end it.

The child is a module of this package that calls `ingest.reading.box.enter` first. What it writes to standard error is
thrown away, because it may hold the text of a document.
"""

import compileall
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import IO

from ingest.reading.box.forked import ForkedChild, ForkServer
from ingest.reading.box.limits import Limits

_ROOT = Path(__file__).resolve().parents[3]  # the folder that `ingest` is imported from
_POLL_SECONDS = 0.1
# Where the interpreter and its libraries are, what a file's name is encoded in, and the time zone.
_KEPT_VARIABLES = ("PYTHONHOME", "PYTHONUTF8", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SYSTEMROOT")


def run_child(
    module: str,
    job: Mapping[str, object],
    limits: Limits,
    readable: Sequence[Path],
    answer: IO[bytes],
    more_seconds: Callable[[], int] = lambda: 0,
    poll: Callable[[], None] = lambda: None,
    server: ForkServer | None = None,
) -> int | None:
    """Run a module as a child process until it ends or its time is over. Then end it with all processes it started.

    Args:
        module: The module's full name, such as `ingest.reading.child`.
        job: What the child shall do, as values that JSON can hold.
        limits: What the child may take.
        readable: The files that it may read. It may read its libraries as well, and write only its answer.
        answer: The file that it writes its answer into. While it works, read it with `os.pread`: both have one place.
        more_seconds: Gives the time beyond that of the limits. It is called repeatedly, so the time may grow.
        poll: Called several times a second while the child works. An exception from it ends the child and is raised.
        server: What forks the child, where it is ready. By default, and else, the child is started anew.

    Returns:
        The exit status, which is negative where a signal ended the child; None where its time was over.

    Raises:
        OSError: The child cannot be started.
    """
    _compile_modules()
    with _life_line() as pipe:

        def described(parent: int) -> IO[bytes]:
            paths = [str(path.resolve()) for path in readable]
            box = {"limits": asdict(limits), "readable": paths, "parent": parent, "pipe": pipe}
            return written({"job": job, **box})

        child: ForkedChild | _StartedChild | None = server.fork(described, answer) if server else None
        if child is None:
            with described(os.getpid()) as stdin:
                child = _StartedChild(_start([module], stdin, answer, pipe))
        started = time.monotonic()
        try:
            while time.monotonic() < started + limits.seconds + more_seconds():
                with suppress(subprocess.TimeoutExpired):
                    return child.wait(_POLL_SECONDS)
                poll()
            return None
        finally:
            child.kill()


class _StartedChild:
    """A child that this process has started."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.wait = process.wait
        self._process = process

    def kill(self) -> None:
        """End the child and all processes that it started, unless the child has already ended."""
        if self._process.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
            self._process.wait()


def fork_server(module: str) -> ForkServer:
    """What forks children that run this module, once it is warmed up."""
    return ForkServer(module, lambda arguments, asked: _start(arguments, asked.fileno(), subprocess.DEVNULL, None))


def written(described: Mapping[str, object]) -> IO[bytes]:
    """A file that has this as JSON, for a child to read from its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever asked for it
    file.write(json.dumps(described).encode())
    file.seek(0)
    return file


@contextmanager
def _life_line() -> Iterator[int | None]:
    """A pipe that tells the child that this process has ended; None on Linux, where the child gets a signal."""
    if sys.platform in {"linux", "win32"}:
        yield None
        return
    ours, own = os.pipe()
    try:
        yield ours
    finally:
        os.close(ours)
        os.close(own)


def _start(
    arguments: Sequence[str], stdin: IO[bytes] | int, stdout: IO[bytes] | int, pipe: int | None
) -> subprocess.Popen[bytes]:
    """Start a module of ours, with its arguments, with hardly any environment and no file but these."""
    search_path = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - a module of ours; the file's name goes in as data
        # -P: nothing is imported from the folder that the app was started in.
        [sys.executable, "-P", "-m", *arguments],
        env={**kept, "PYTHONPATH": os.pathsep.join(search_path)},
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        pass_fds=() if pipe is None else (pipe,),
        start_new_session=True,
    )


@cache
def _compile_modules() -> None:
    """Compile the package once, as a child cannot: it may write nothing, and would compile every module anew."""
    with suppress(OSError):
        compileall.compile_dir(_ROOT / "ingest", quiet=2)
