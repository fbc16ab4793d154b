"""Let this process open only a few files and folders, to read, by Landlock of Linux (5.13 and later).

The package `landlock` on PyPI has had no release but development ones, so the three system calls are made through
ctypes.

Source: landlock(7); `linux/landlock.h` of the Linux headers.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every machine
_VERSION_ONLY = 1
_RULE_PATH_BENEATH = 1

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many of the actions on files, from the lowest bit on, each version of Landlock knows. Later ones know all.
_ACTIONS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}
_MOST_ACTIONS = 16
_NET, _NET_FROM = 0b11, 4  # to bind and to connect by TCP
_SCOPE, _SCOPE_FROM = 0b11, 6  # sockets without a file, and signals, to processes outside


class _Ruleset(ctypes.Structure):
    """struct landlock_ruleset_attr"""

    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    """struct landlock_path_beneath_attr"""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """The version of Landlock that the system has, 0 where it has none or it is switched off."""
    if sys.platform != "linux":
        return 0
    return max(0, int(ctypes.CDLL(None, use_errno=True).syscall(_CREATE_RULESET, None, 0, _VERSION_ONLY)))


def allow_reading_only(paths: Iterable[Path]) -> bool:
    """Let this thread, and those it starts, read these files and folders with all in them, and open nothing else.

    Files that are open stay open. Call `refuse_new_privileges` before.

    Args:
        paths: Files and folders. Those that do not exist are left out.

    Returns:
        Whether the system can do this.
    """
    version = landlock_version()
    if not version:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    rules = _Ruleset(
        (1 << _ACTIONS_OF_VERSION.get(version, _MOST_ACTIONS)) - 1,
        _NET if version >= _NET_FROM else 0,
        _SCOPE if version >= _SCOPE_FROM else 0,
    )
    ruleset = int(library.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0))
    if ruleset < 0:
        return False
    try:
        for path in paths:
            with suppress(OSError):
                _add(library, ruleset, path)
        return int(library.syscall(_RESTRICT_SELF, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _add(library: ctypes.CDLL, ruleset: int, path: Path) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        allowed = _READ_FILE | _READ_DIR if path.is_dir() else _READ_FILE
        rule = _PathBeneath(allowed, opened)
        library.syscall(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)
