"""One file in memory in which a child keeps what it unpacks: readers want a path, and a child may write no file.

It is made before the filter of system calls, which refuses to make others, and never runs as a program. Where a system
has no such files, a temporary file on the disk takes its place; a box that forbids those raises OSError.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PosixPath

_NO_PROGRAM = 0x8  # MFD_NOEXEC_SEAL of linux/memfd.h, which Linux has since 6.3
_free: list[int] = []


class _InMemory(PosixPath):
    """The path of a file in memory. What its link points to is no path, so it is its own last one."""

    def resolve(self, strict: bool = False) -> "_InMemory":
        return self


def make_scratch_file() -> None:
    """Make the file in memory of this process, where the system has such files."""
    if sys.platform == "linux":
        for flags in (os.MFD_CLOEXEC | _NO_PROGRAM, os.MFD_CLOEXEC):
            with suppress(OSError):
                _free.append(os.memfd_create("unpacked", flags))
                return


@contextmanager
def scratch_file(data: bytes) -> Iterator[Path]:
    """A file with this content, for as long as the context lasts. A second one inside it is written to the disk.

    Raises:
        OSError: No file can be written here.

    Example:
        >>> with scratch_file(b"Dear Ada") as path:
        ...     path.read_text()
        'Dear Ada'
    """
    if not _free:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "unpacked"
            path.write_bytes(data)
            yield path
        return
    number = _free.pop()
    try:
        _overwrite(number, data)
        yield _InMemory(f"/proc/self/fd/{number}")
    finally:
        os.ftruncate(number, 0)
        _free.append(number)


def _overwrite(number: int, data: bytes) -> None:
    os.ftruncate(number, 0)
    written = 0
    while written < len(data):
        written += os.pwrite(number, memoryview(data)[written:], written)
