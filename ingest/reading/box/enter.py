"""Enter the box: what a child process does first, before it imports a library or opens the file.

The layers, from the outside in:

1. It dies with its parent, has an almost empty environment and no file of its parent but its job and its answer.
2. It has limits on time, memory and output (`limits.py`).
3. It never gains privileges, and Landlock lets it read its file and its libraries, and write nothing
   (`landlock.py`).
4. A filter refuses the system calls that it does not need (`seccomp.py`).
5. A hook in Python refuses connections and programs, on every system, with a message that says so (`limits.py`).
"""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from ingest.reading.box.landlock import allow_reading_only
from ingest.reading.box.limits import Limits, limit_process
from ingest.reading.box.parent import die_with_parent
from ingest.reading.box.readable import readable_paths
from ingest.reading.box.seccomp import filter_system_calls, refuse_new_privileges

DIES_WITH_PARENT, NO_NEW_PRIVILEGES, LANDLOCK, SECCOMP = "dies with parent", "no new privileges", "Landlock", "seccomp"


@dataclass(frozen=True, slots=True)
class Boxed:
    """What a child has to work with: its job, the file for its answer, and the names of the layers around it."""

    job: dict[str, Any]
    answer: BinaryIO
    layers: tuple[str, ...]


def enter() -> Boxed:
    """Enter the box that `ingest.reading.box.run` describes on standard input. There is no way back."""
    described = json.load(sys.stdin)
    layers = {DIES_WITH_PARENT: die_with_parent(described["parent"], described["pipe"])}
    answer = _take_answer()
    sys.dont_write_bytecode = True
    limit_process(Limits(**described["limits"]))
    layers[NO_NEW_PRIVILEGES] = refuse_new_privileges()
    layers[LANDLOCK] = allow_reading_only([*map(Path, described["readable"]), *readable_paths()])
    layers[SECCOMP] = filter_system_calls()
    return Boxed(described["job"], answer, tuple(name for name, active in layers.items() if active))


def _take_answer() -> BinaryIO:
    """Standard output, as a file that no library prints into."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answer
