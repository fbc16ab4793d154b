"""Processes that the tests start: forked where that is possible, which saves the seconds of importing large libraries.

A few tests start theirs in the usual way, so that this way is tried too.
"""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

from tests.warm_process import Run

ROOT = Path(__file__).parents[1]
CAN_FORK = sys.platform == "linux" and hasattr(os, "pidfd_open")


class Forked:
    """A forked process, with those methods of `subprocess.Popen` that the tests use. `stdout` is what it says."""

    def __init__(self, pid: int, handle: int, stdout: IO[str] | None) -> None:
        self.pid = pid
        self.stdout = stdout
        self._handle = handle

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()
        if self.stdout:
            self.stdout.close()

    def __del__(self) -> None:
        os.close(self._handle)

    def poll(self) -> int | None:
        """None as long as it runs; how it ended is not known."""
        return 0 if select.select([self._handle], [], [], 0)[0] else None

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended. Raises subprocess.TimeoutExpired where it has not by then."""
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self.send_signal(signal.SIGKILL)


class Forks:
    """The process that forks, started when it is first wanted."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, run: Run, stdout: int, stderr: int) -> tuple[int, int]:
        """Fork a process that runs this; its id, and a descriptor that can be read once it has ended."""
        if self._socket is None:
            self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "tests.warm_process"], cwd=ROOT, stdin=theirs.fileno()
                )
        socket.send_fds(self._socket, [run.as_bytes()], [stdout, stderr])
        said, handles, _, _ = socket.recv_fds(self._socket, 32, 1)
        assert handles, "the process that forks has ended"
        return int(said), handles[0]

    def end(self) -> None:
        """End it and what it has forked."""
        if self._socket and self._process:
            self._socket.close()
            self._process.wait()
            self._socket = self._process = None


FORKS = Forks()


def start(
    module: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    log: IO[bytes] | None = None,
    anew: bool = False,
) -> "Forked | subprocess.Popen[str]":
    """Run a module in a process of its own, in the folder of the project, as `python -m` does.

    `environment` is added to this process's. What it says goes into `log`; without it, standard output is a pipe.
    `anew` starts it in the usual way.
    """
    variables = {**os.environ, **(environment or {})}
    if anew or not CAN_FORK:
        command = [sys.executable, "-m", module, *arguments]
        stdout = log or subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=stdout, stderr=log, text=True)
    run = Run(module, list(arguments), variables)
    if log:
        return Forked(*FORKS.start(run, log.fileno(), log.fileno()), None)
    ours, theirs = os.pipe()
    try:
        return Forked(*FORKS.start(run, theirs, 2), os.fdopen(ours))
    finally:
        os.close(theirs)
