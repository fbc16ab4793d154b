"""Children that are forked from a process which has imported their libraries already. The app's side.

Only on Linux, where a system may fork a process with large libraries safely. Where the server is not there, or not yet
ready, a child is started in the usual way (`run.py`).
"""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO

from ingest.reading.box.fork_server import FORK, READY

_KILLED = -int(getattr(signal, "SIGKILL", 9))
_PATIENCE = 10.0  # seconds until a killed child must have ended


class ForkedChild:
    """A child that the server has forked. It is waited for and killed as one that this process has started."""

    def __init__(self, about: socket.socket) -> None:
        self._about = about
        self._status: int | None = None

    def wait(self, timeout: float) -> int:
        """The exit status. Raises subprocess.TimeoutExpired where the child has not ended by then."""
        if self._status is None:
            if not select.select([self._about], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("child", timeout)
            said = self._about.recv(16)
            self._status = int(said) if said else _KILLED  # the server is gone, and its children with it
            self._about.close()
        return self._status

    def kill(self) -> None:
        """End the child, unless it has ended."""
        if self._status is None:
            with self._about, suppress(OSError, subprocess.TimeoutExpired):
                self._about.shutdown(socket.SHUT_WR)
                self.wait(_PATIENCE)


class ForkServer:
    """The server of one module. Safe for several threads; it is started once, when it is first wanted.

    Args:
        module: The module of the child, which has `prepare` and `main`.
        start: Starts a process of Python: a module of ours and its argument, and its standard input.
    """

    def __init__(self, module: str, start: Callable[[Sequence[str], socket.socket], "subprocess.Popen[bytes]"]) -> None:
        self._module = module
        self._start = start
        self._asking = threading.Lock()
        self._socket: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False

    def warm_up(self, said: Callable[[], IO[bytes]]) -> None:
        """Start the server, which is ready some moments later; nothing where it was started.

        `said` gives a file of JSON: what the module shall prepare.
        """
        with self._asking, suppress(OSError):
            if self._socket is None and sys.platform == "linux" and hasattr(os, "pidfd_open"):
                self._socket, theirs = socket.socketpair()
                with theirs, said() as file:
                    self._process = self._start(["ingest.reading.box.fork_server", self._module], theirs)
                    socket.send_fds(self._socket, [FORK], [file.fileno()])

    def is_ready(self) -> bool:
        """Whether children can be forked."""
        with self._asking:
            return self._socket is not None and self._can_ask(self._socket)

    def fork(self, described: Callable[[int], IO[bytes]], answer: IO[bytes]) -> ForkedChild | None:
        """Fork a child; None where that cannot be.

        Args:
            described: Gives the child's standard input, for the id of the process that forks it.
            answer: The child's standard output.
        """
        with self._asking:
            if self._socket is None or self._process is None or not self._can_ask(self._socket):
                return None
            about, theirs = socket.socketpair()
            try:
                with theirs, described(self._process.pid) as stdin:
                    socket.send_fds(self._socket, [FORK], [stdin.fileno(), answer.fileno(), theirs.fileno()])
            except OSError:
                about.close()
                self._stop()
                return None
            return ForkedChild(about)

    def _can_ask(self, asked: socket.socket) -> bool:
        if not self._is_ready and select.select([asked], [], [], 0)[0]:
            self._is_ready = asked.recv(1) == READY
            if not self._is_ready:
                self._stop()
        return self._is_ready

    def _stop(self) -> None:
        """The server has ended: the next `warm_up` starts another."""
        if self._socket:
            self._socket.close()
        self._socket, self._is_ready = None, False
