"""A child process in the box that tries to get out of it through ctypes, as native code of a library could."""

import ctypes
import errno
import json
import os
import signal
import socket
import struct
from collections.abc import Callable

from ingest.reading.box.enter import enter

libc = ctypes.CDLL(None, use_errno=True)
_EXECVEAT, _IO_URING_SETUP, _PIDFD_OPEN, _OPENAT2 = 322, 425, 434, 437  # the same on aarch64 but for execveat
_F_SETOWN, _TIOCSTI, _PTRACE_ATTACH = 8, 0x5412, 16


def prepare(_said: object) -> None:
    """Nothing is needed before it is forked."""


def main() -> None:
    """Try everything, and answer with the name of each attempt and of the error that it met, or "done"."""
    boxed = enter()
    job = boxed.job
    with boxed.answer as answer:
        answer.write(json.dumps({name: _outcome(attempt) for name, attempt in _attempts(job)}).encode())


def _outcome(attempt: Callable[[], int]) -> str:
    ctypes.set_errno(0)
    if attempt() >= 0:
        return "done"
    return errno.errorcode.get(ctypes.get_errno(), "?")


def _attempts(job: dict[str, str]) -> list[tuple[str, Callable[[], int]]]:
    parent, port = os.getppid(), int(job["port"])
    other, own, new = job["other"].encode(), job["own"].encode(), job["new"].encode()
    program = (ctypes.c_char_p * 2)(b"/bin/true", None)
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(port), socket.inet_aton("127.0.0.1"))
    buffer = ctypes.create_string_buffer(16)
    return [
        ("read its own file", lambda: libc.open(own, os.O_RDONLY)),
        ("open another document", lambda: libc.open(other, os.O_RDONLY)),
        ("open another document by openat2", lambda: libc.syscall(_OPENAT2, -100, other, buffer, 24)),
        ("list the folder of documents", lambda: libc.open(job["folder"].encode(), os.O_RDONLY)),
        ("read the parent's memory", lambda: libc.open(f"/proc/{parent}/mem".encode(), os.O_RDONLY)),
        ("read the parent's environment", lambda: libc.open(f"/proc/{parent}/environ".encode(), os.O_RDONLY)),
        ("write a new file", lambda: libc.open(new, os.O_WRONLY | os.O_CREAT, 0o600)),
        ("write into its own file", lambda: libc.open(own, os.O_RDWR)),
        ("write into the interpreter's libraries", lambda: libc.open(job["library"].encode(), os.O_WRONLY)),
        ("delete another document", lambda: libc.unlink(other)),
        ("rename another document", lambda: libc.rename(other, new)),
        ("link another document", lambda: libc.symlink(other, new)),
        ("make a folder", lambda: libc.mkdir(new, 0o700)),
        ("change rights", lambda: libc.chmod(other, 0o777)),
        ("truncate another document", lambda: libc.truncate(other, 0)),
        ("fork", lambda: _forked(libc.fork)),
        ("vfork by clone", lambda: _forked(lambda: libc.syscall(56, signal.SIGCHLD, 0, 0, 0, 0))),
        ("clone3", lambda: libc.syscall(435, buffer, 64)),
        ("execve", lambda: libc.execve(b"/bin/true", program, None)),
        ("execveat", lambda: libc.syscall(_EXECVEAT, -100, b"/bin/true", program, None, 0)),
        ("make a socket", lambda: libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)),
        ("make a socket of this machine", lambda: libc.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)),
        ("connect", lambda: libc.connect(0, address, len(address))),
        ("io_uring", lambda: libc.syscall(_IO_URING_SETUP, 8, buffer)),
        ("ptrace the parent", lambda: libc.ptrace(_PTRACE_ATTACH, parent, None, None)),
        ("read the parent's memory by a call", lambda: libc.process_vm_readv(parent, buffer, 1, buffer, 1, 0)),
        ("take a descriptor of the parent", lambda: libc.syscall(_PIDFD_OPEN, parent, 0)),
        ("kill the parent", lambda: libc.kill(parent, signal.SIGKILL)),
        ("signal the parent by fcntl", lambda: libc.fcntl(0, _F_SETOWN, parent)),
        ("type into the terminal", lambda: libc.ioctl(0, _TIOCSTI, b"x")),
        ("outlive the parent", lambda: libc.prctl(1, 0, 0, 0, 0)),
        ("raise the limit of memory", lambda: libc.setrlimit(9, struct.pack("=QQ", 2**40, 2**40))),
        ("mount", lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)),
        ("another namespace", lambda: libc.unshare(0x10000000)),
    ]


def _forked(fork: Callable[[], int]) -> int:
    child = fork()
    if child == 0:
        os._exit(0)
    return child


if __name__ == "__main__":
    main()
