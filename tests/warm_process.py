"""A process that has imported the large libraries, which takes seconds, and forks whatever the tests start.

`python -m tests.warm_process`, with a socket as its standard input. It imports nothing of Pinpoint: what is forked does
that itself, in its own environment, as a process that is started anew. ONNX Runtime starts threads of its own as it is
imported, and a fork would not have them, so it is not imported here either.
"""

import gc
import json
import os
import runpy
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass

LARGEST = 150_000  # bytes that say what is to be run; Linux takes this much at once


@dataclass(frozen=True, slots=True)
class Run:
    """A module to be run as `python -m` does it, with these arguments and this environment."""

    module: str
    arguments: list[str]
    environment: dict[str, str]

    def as_bytes(self) -> bytes:
        """This, to be sent."""
        return json.dumps(asdict(self)).encode()


def main() -> None:
    """Import, then fork; each child runs its module and ends as any process of Python does."""
    import chromadb  # noqa: F401
    import streamlit.starlette
    import streamlit.web.cli  # noqa: F401

    gc.collect()
    gc.freeze()  # so that a child shares these pages of memory with this process
    with socket.socket(fileno=os.dup(0)) as asked:
        run = next_run(asked)
    if run:
        os.environ.clear()
        os.environ.update(run.environment)
        sys.argv[1:] = run.arguments
        runpy.run_module(run.module, run_name="__main__", alter_sys=True)


def next_run(asked: socket.socket) -> Run | None:
    """What this process is to run: it is a child by then. None at the end, when all children are killed."""
    children = set[int]()

    def reap(*_: object) -> None:
        for child in list(children):
            with suppress(ChildProcessError):
                if os.waitpid(child, os.WNOHANG)[0]:
                    children.discard(child)

    signal.signal(signal.SIGCHLD, reap)
    try:
        while True:
            said, files, _, _ = socket.recv_fds(asked, LARGEST, 2)
            if not said:
                break
            child = os.fork()
            if child == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                children.clear()
                take(files)
                return Run(**json.loads(said))
            children.add(child)
            handle = os.pidfd_open(child)
            socket.send_fds(asked, [str(child).encode()], [handle])
            for file in (*files, handle):
                os.close(file)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
    return None


def take(files: list[int]) -> None:
    """Have these files as standard output and standard error, and nothing as standard input."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for file, place in ((nothing, 0), (files[0], 1), (files[1], 2)):
        os.dup2(file, place)
        os.close(file)


if __name__ == "__main__":
    main()
