"""The process that forks a child for each file, so that the child need not import its libraries: most of a start.

`python -m ingest.reading.box.fork_server MODULE`: it imports the module and has it `prepare` with what the app says,
then forks whenever `ingest.reading.box.forked` asks. It never opens a file of a stranger: a forked child runs the
module's `main`, which enters the box, reads one file and ends. It ends all children, and itself, when the app ends.

It has one thread: what is forked while another thread holds a lock would wait for it for ever.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from ingest.reading.box.limits import use_one_thread

READY, FORK = b"r", b"f"
FILES = 3  # what comes with a request: standard input and output of the child, and the socket about it


@dataclass(frozen=True, slots=True)
class _Child:
    process: int
    descriptor: int  # a file that can be read when the process has ended
    about: socket.socket  # the app is told the exit status here, and closes its writing end to have the child killed


class _Server:
    def __init__(self, asked: socket.socket, main: Callable[[], None]) -> None:
        self._asked = asked
        self._main = main
        self._children: dict[int, _Child] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(asked, selectors.EVENT_READ)

    def serve(self) -> None:
        """Fork, tell how children ended, and kill them, until the app ends."""
        while True:
            for key, _ in self._selector.select():
                if key.fileobj is self._asked:
                    if not self._is_asked():
                        return
                elif key.data.descriptor == key.fileobj:
                    self._has_ended(key.data)
                else:
                    self._kill(key.data)

    def end(self) -> None:
        """Kill every child."""
        for child in self._children.values():
            self._kill(child)

    def _is_asked(self) -> bool:
        """Fork a child, as the app has asked for; False where the app has ended."""
        asked, files, _, _ = socket.recv_fds(self._asked, 1, FILES)
        if asked != FORK or len(files) != FILES:
            return False
        process = os.fork()
        if process == 0:
            self._run(files[0], files[1])
        for file in files[:2]:
            os.close(file)
        child = _Child(process, os.pidfd_open(process), socket.socket(fileno=files[2]))
        self._children[process] = child
        self._selector.register(child.descriptor, selectors.EVENT_READ, child)
        self._selector.register(child.about, selectors.EVENT_READ, child)
        return True

    def _run(self, stdin: int, stdout: int) -> NoReturn:
        """Be the child: have no file of the server, run the module, and end."""
        status = 1
        try:
            os.setsid()
            os.dup2(stdin, 0)
            os.dup2(stdout, 1)
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))
            self._main()
            status = 0
        finally:
            os._exit(status)

    def _has_ended(self, child: _Child) -> None:
        _, status = os.waitpid(child.process, 0)
        del self._children[child.process]
        for file in (child.descriptor, child.about):
            with suppress(KeyError):
                self._selector.unregister(file)
        os.close(child.descriptor)
        with child.about, suppress(OSError):
            child.about.sendall(str(os.waitstatus_to_exitcode(status)).encode())

    def _kill(self, child: _Child) -> None:
        if child.process in self._children:  # else its id may be another's by now
            with suppress(KeyError):
                self._selector.unregister(child.about)
            os.kill(child.process, signal.SIGKILL)


def main() -> None:
    """Prepare, say so, and serve."""
    use_one_thread()
    with socket.socket(fileno=os.dup(0)) as asked:
        _, (told,), _, _ = socket.recv_fds(asked, 1, 1)
        module = import_module(sys.argv[1])
        with os.fdopen(told) as file:
            module.prepare(json.load(file))
        gc.collect()
        gc.freeze()  # so that a child shares these pages of memory with the server
        asked.sendall(READY)
        server = _Server(asked, module.main)
        try:
            server.serve()
        finally:
            server.end()


if __name__ == "__main__":
    main()
