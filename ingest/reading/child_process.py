"""Start a child process that works on an untrusted file, wait for it, and end it.

The child is a module of this package. It gets its job as JSON on standard input. What it writes to standard error goes
to the log.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]  # the folder that `ingest` is imported from
_POLL_SECONDS = 0.1
_LOGGED_BYTES = 20_000


def run_child(
    module: str, job: Mapping[str, object], seconds: Callable[[], int], poll: Callable[[], None] = lambda: None
) -> int | None:
    """Run a module as a child process until it ends or its time is over. Then end it with all processes it started.

    Args:
        module: The module's full name, such as `ingest.reading.child`.
        job: What the child shall do, as values that JSON can hold.
        seconds: Gives how long the child may take. It is called repeatedly, so the time may grow.
        poll: Called several times a second while the child works. An exception from it ends the child and is raised.

    Returns:
        The exit status, which is negative where a signal ended the child; None where its time was over.

    Raises:
        OSError: The child cannot be started.
    """
    # The job is a file and not a pipe, because the child may read it after the first poll.
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as errors:
        stdin.write(json.dumps(job).encode())
        stdin.seek(0)
        child = _start_child(module, stdin, errors)
        started = time.monotonic()
        try:
            while time.monotonic() < started + seconds():
                with suppress(subprocess.TimeoutExpired):
                    return child.wait(_POLL_SECONDS)
                poll()
            return None
        finally:
            _kill_child(child)
            _log_errors(module, errors)


def _start_child(module: str, stdin: IO[bytes], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    search_path = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 - a module of ours; the file's name goes in as data
        # -P: nothing is imported from the folder that the app was started in.
        [sys.executable, "-P", "-m", module],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(search_path)},
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        start_new_session=True,
    )


def _kill_child(child: subprocess.Popen[bytes]) -> None:
    """End the child and all processes that it started, unless the child has already ended."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
        child.wait()


def _log_errors(module: str, errors: IO[bytes]) -> None:
    """Log the end of what the child wrote to its standard error."""
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _LOGGED_BYTES))
    written = errors.read().decode(errors="replace").strip()
    if written:
        logger.debug("%s wrote: %s", module, written)
