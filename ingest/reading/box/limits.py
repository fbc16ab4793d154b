"""The limits of every child process: time, memory, output, and forbidden actions.

A child sets them before it imports large libraries or opens the file. Where the system has no `resource` module
(Windows), only the parent's clock and the forbidden actions remain.
"""

import ctypes
import os
import sys
from contextlib import suppress
from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

from ingest.units import MEGABYTE

# Numeric libraries keep stacks and buffers for every thread, which count against the memory limit.
_ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_FORBIDDEN_EVENTS = frozenset(
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


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take.

    `seconds` is the time by the clock, which the parent keeps; on every core the child may work as long. `megabytes` is
    its largest address space, `output_bytes` the largest answer that it may write.
    """

    seconds: int
    megabytes: int
    output_bytes: int


def limit_process(limits: Limits) -> None:
    """Limit this process for good. It can then open no connection and start no program from Python."""
    use_one_thread()
    if resource is not None:
        _set_limit(resource.RLIMIT_AS, limits.megabytes * MEGABYTE)
        _set_limit(resource.RLIMIT_FSIZE, limits.output_bytes)
        _set_limit(resource.RLIMIT_CORE, 0)
    limit_processor_time(limits.seconds)
    sys.addaudithook(_refuse_forbidden)


def use_one_thread() -> None:
    """Let numeric libraries that are imported from now on have one thread, and glibc reserve no memory for others."""
    os.environ.update(_ONE_THREAD)
    _use_one_arena()


def limit_processor_time(seconds: int) -> None:
    """Let the process work for this long on every core. A later call may raise the limit.

    Normally the parent ends the process by its own clock. This limit is for the case that the parent has died.
    """
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = seconds * (os.cpu_count() or 1) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (_at_most(limit, hard), hard))


def _set_limit(which: int, limit: int) -> None:
    """Set the soft and the hard limit, at most to the hard limit of the system. It cannot be raised again."""
    lowered = _at_most(limit, resource.getrlimit(which)[1])
    resource.setrlimit(which, (lowered, lowered))


def _at_most(limit: int, hard: int) -> int:
    return limit if hard == resource.RLIM_INFINITY else min(limit, hard)


def _use_one_arena() -> None:
    """Stop glibc from reserving memory for every thread. It would count against the limit although it is never used."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _refuse_forbidden(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN_EVENTS:
        raise PermissionError(f"{event} is not allowed while a file is read")
