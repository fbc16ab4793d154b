"""The limits of a process that works on an untrusted file: memory, file size, processor time, and forbidden actions.

A child process sets them before it imports large libraries or opens the file. Where the system has no `resource` module
(Windows), only the parent's clock and the forbidden actions remain.
"""

import ctypes
import os
import sys
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

from ingest.units import MEGABYTE

# Numeric libraries keep stacks and buffers for every thread, which count against the memory limit.
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
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


def limit_process(memory_megabytes: int, file_bytes: int, seconds: int) -> None:
    """Limit this process permanently. It can then open no connection and start no program.

    Args:
        memory_megabytes: The largest address space of the process.
        file_bytes: The largest file that it may write.
        seconds: How long it may work; see `limit_processor_time`.
    """
    os.environ.update(dict.fromkeys(_THREAD_VARIABLES, "1"))
    _use_one_arena()
    if resource is not None:
        _set_limit(resource.RLIMIT_AS, memory_megabytes * MEGABYTE)
        _set_limit(resource.RLIMIT_FSIZE, file_bytes)
        _set_limit(resource.RLIMIT_CORE, 0)
    limit_processor_time(seconds)
    sys.addaudithook(_refuse_forbidden)


def limit_processor_time(seconds: int) -> None:
    """Let the process work for this long on every core. A later call may raise the limit.

    Normally the parent ends the process by its own clock. This limit is for the case that the parent has died.
    """
    if resource is not None:
        _set_limit(resource.RLIMIT_CPU, seconds * (os.cpu_count() or 1) + 1)


def _set_limit(which: int, limit: int) -> None:
    """Set the soft limit, at most to the hard limit of the system."""
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _use_one_arena() -> None:
    """Stop glibc from reserving memory for every thread. It would count against the limit although it is never used."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _refuse_forbidden(event: str, _arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN_EVENTS:
        raise PermissionError(f"{event} is not allowed while a file is read")
