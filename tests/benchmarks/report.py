"""What every benchmark prints beside its numbers: a table, and the machine that they hold for."""

import os
import platform
import re
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


def timed(do: Callable[[], T], milliseconds: list[float]) -> T:
    """What `do` gives; the time it took is added to `milliseconds`."""
    started = perf_counter()
    given = do()
    milliseconds.append((perf_counter() - started) * 1000)
    return given


def compared(name: str, ours: Sequence[float], plain: Sequence[float] = ()) -> tuple[str, ...]:
    """A row: a name, of each way the median and the least, and how many times ours the plain way takes, by medians.

    Where other programs run beside, the least comes nearest to what the way takes by itself.
    """
    row = (name, f"{median(ours):,.1f}", f"{min(ours):,.1f}")
    if not plain:
        return *row, "", "", ""
    return *row, f"{median(plain):,.1f}", f"{min(plain):,.1f}", f"{median(plain) / median(ours):.1f}"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in [head, ["-" * width for width in widths], *rows]:
        first, *others = zip(row, widths, strict=True)
        print(first[0].ljust(first[1]), *(text.rjust(width) for text, width in others), sep="  ")


def machine() -> str:
    """The processor, the cores that this process may use, and the versions of what runs the models."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {version(name)}" for name in ("torch", "sentence-transformers", "onnxruntime"))
    return f"{cores} cores of {_processor()}, {platform.system()}, Python {platform.python_version()}, {versions}"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()
