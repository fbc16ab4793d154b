"""The system calls of Linux that a child may make, and those that it may make with certain arguments only.

What is not here is refused: sockets, programs, processes, tracing, keys, mounts, clocks, modules, io_uring and so on.

Source: `asm/unistd_64.h` and `asm-generic/unistd.h` of the Linux headers. A number is None where the machine has no
such call, because a newer one took its place.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass

MACHINES = ("x86_64", "aarch64")

# What a program needs that computes, reads files and has threads. Name: x86_64, aarch64.
ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # files that are open, and reading others
    "read": (0, 63),
    "readv": (19, 65),
    "pread64": (17, 67),
    "write": (1, 64),
    "writev": (20, 66),
    "pwrite64": (18, 68),
    "lseek": (8, 62),
    "close": (3, 57),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "stat": (4, None),
    "lstat": (6, None),
    "fstat": (5, 80),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "statfs": (137, 43),
    "fstatfs": (138, 44),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getdents": (78, None),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "ftruncate": (77, 46),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "fadvise64": (221, 223),
    # pipes and events within the process
    "pipe": (22, None),
    "pipe2": (293, 59),
    "eventfd2": (290, 19),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, None),
    "epoll_pwait": (281, 22),
    # memory
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "msync": (26, 227),
    "mincore": (27, 232),
    "mbind": (237, 235),
    "get_mempolicy": (239, 236),
    "set_mempolicy": (238, 237),
    "membarrier": (324, 283),
    # threads and signals
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "get_robust_list": (274, 100),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "arch_prctl": (158, None),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigsuspend": (130, 133),
    "rt_sigtimedwait": (128, 137),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "exit": (60, 93),
    "exit_group": (231, 94),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "sched_getparam": (143, 121),
    "sched_getscheduler": (145, 120),
    "sched_get_priority_max": (146, 125),
    "sched_get_priority_min": (147, 126),
    "getcpu": (309, 168),
    # what the process is, and the time
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getgroups": (115, 158),
    "getrlimit": (97, 163),
    "getrusage": (98, 165),
    "times": (100, 153),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "time": (201, None),
    "gettimeofday": (96, 169),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "getrandom": (318, 278),
}

# The C library tries these first and takes an older call where the system does not know them. Their arguments are in
# memory, where no filter can look.
UNKNOWN: dict[str, tuple[int, int]] = {"clone3": (435, 435), "openat2": (437, 437)}

_CLONE_THREAD = 0x10000
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True, slots=True)
class Check:
    """The condition that an argument, counted from 0, has this value in the bits of the mask.

    `high` looks at the upper 32 bits instead of the lower.
    """

    argument: int
    value: int
    mask: int = 0xFFFF_FFFF
    high: bool = False


@dataclass(frozen=True, slots=True)
class Conditional:
    """A call that passes where all checks of one of the alternatives hold."""

    numbers: tuple[int | None, int | None]
    alternatives: tuple[tuple[Check, ...], ...]


def conditional_calls(process: int) -> Sequence[Conditional]:
    """The calls that pass with certain arguments. `process` is the id of the process that is boxed."""

    def one_of(argument: int, *values: int) -> tuple[tuple[Check, ...], ...]:
        return tuple((Check(argument, value),) for value in values)

    return (
        # A thread, not a process.
        Conditional((56, 220), ((Check(0, _CLONE_THREAD, _CLONE_THREAD),),)),
        # open and openat: to read only.
        Conditional((2, None), ((Check(1, 0, _WRITES),),)),
        Conditional((257, 56), ((Check(2, 0, _WRITES),),)),
        # kill and tgkill: this process itself, as `abort` does.
        Conditional((62, 129), one_of(0, process)),
        Conditional((234, 131), one_of(0, process)),
        # prlimit64: to ask, and to set the processor time of this process within its hard limit.
        Conditional((302, 261), ((Check(2, 0), Check(2, 0, high=True)), (Check(0, 0), Check(1, 0)))),
        # fcntl: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC.
        Conditional((72, 25), one_of(1, 0, 1, 2, 3, 4, 1030)),
        # ioctl: TCGETS, TIOCGWINSZ, FIONBIO, FIONCLEX, FIOCLEX.
        Conditional((16, 29), one_of(1, 0x5401, 0x5413, 0x5421, 0x5450, 0x5451)),
        # prctl: PR_SET_NAME and PR_GET_NAME for threads, PR_SET_VMA for the names of memory.
        Conditional((157, 167), one_of(0, 15, 16, 0x53564D41)),
        # sched_setaffinity: of this process and its threads, which libraries place on cores.
        Conditional((203, 122), one_of(0, 0, process)),
    )
