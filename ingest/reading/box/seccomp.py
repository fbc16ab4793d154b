"""A filter of system calls for this process, by seccomp of Linux. What is not allowed fails with EPERM.

The filter is a program in classic BPF, built here and handed to the kernel through ctypes. The packages on PyPI either
need a library of the system or are not kept.

Source: seccomp(2); `linux/seccomp.h`, `linux/filter.h` and `linux/audit.h` of the Linux headers.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator

from ingest.reading.box.system_calls import ALLOWED, MACHINES, UNKNOWN, Check, Conditional, conditional_calls

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP = {"x86_64": 317, "aarch64": 277}  # the number of seccomp(2) itself
_X32_CALLS = 0x4000_0000  # numbers from here on are the x32 way to call on x86_64

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _EVERY_THREAD = 1, 1
_ALLOW, _KILL, _FAIL = 0x7FFF_0000, 0x8000_0000, 0x0005_0000

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06  # BPF_LD|BPF_W|BPF_ABS, BPF_ALU|BPF_AND|BPF_K, BPF_RET|BPF_K
_IF_EQUAL, _IF_AT_LEAST = 0x15, 0x35  # BPF_JMP|BPF_JEQ|BPF_K, BPF_JMP|BPF_JGE|BPF_K
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data

_Step = tuple[int, int, int, int]  # code, steps to skip where true and where false, constant


class _Program(ctypes.Structure):
    """struct sock_fprog"""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def refuse_new_privileges() -> bool:
    """Never gain privileges from a program that is started, for good. Returns whether the system can do this."""
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    return int(library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) == 0


def filter_system_calls() -> bool:
    """Refuse most system calls in every thread of this process, for good. Returns whether the system can do this.

    Call `refuse_new_privileges` before.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in MACHINES or struct.calcsize("P") != 8:
        return False
    steps = _packed(machine, os.getpid())
    program = _Program(len(steps) // 8, steps)
    library = ctypes.CDLL(None, use_errno=True)
    return int(library.syscall(_SECCOMP[machine], _SET_MODE_FILTER, _EVERY_THREAD, ctypes.byref(program))) == 0


def _packed(machine: str, process: int) -> bytes:
    """The program as the kernel takes it, an array of struct sock_filter."""
    return b"".join(struct.pack("=HBBI", *step) for step in _program(machine, process))


def _program(machine: str, process: int) -> Iterator[_Step]:
    place = MACHINES.index(machine)
    yield from _load(_ARCHITECTURE)
    yield from ((_IF_EQUAL, 1, 0, _AUDIT_ARCH[machine]), _return(_KILL))
    yield from _load(_NUMBER)
    if machine == "x86_64":
        yield from ((_IF_AT_LEAST, 0, 1, _X32_CALLS), _return(_FAIL | errno.EPERM))
    for numbers in ALLOWED.values():
        yield from _rule(numbers[place], [_return(_ALLOW)])
    for unknown in UNKNOWN.values():
        yield from _rule(unknown[place], [_return(_FAIL | errno.ENOSYS)])
    for call in conditional_calls(process):
        yield from _rule(call.numbers[place], list(_conditions(call)))
    yield _return(_FAIL | errno.EPERM)


def _rule(number: int | None, steps: list[_Step]) -> Iterator[_Step]:
    """The steps for one call, skipped where the call has another number. The last of them returns."""
    if number is not None:
        yield (_IF_EQUAL, 0, len(steps), number)
        yield from steps


def _conditions(call: Conditional) -> Iterator[_Step]:
    """Allow where all checks of one alternative hold."""
    for checks in call.alternatives:
        for place, check in enumerate(checks):
            left = 3 * (len(checks) - place - 1) + 1  # the steps of the alternative that come after this check
            yield from _load(_offset(check))
            yield (_AND, 0, 0, check.mask)
            yield (_IF_EQUAL, 0, left, check.value)
        yield _return(_ALLOW)
    yield _return(_FAIL | errno.EPERM)


def _offset(check: Check) -> int:
    return _ARGUMENTS + 8 * check.argument + (4 if check.high else 0)  # both machines are little-endian


def _load(offset: int) -> Iterator[_Step]:
    yield (_LOAD, 0, 0, offset)


def _return(action: int) -> _Step:
    return _RETURN, 0, 0, action
