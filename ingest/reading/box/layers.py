"""Which layers of the box this system has. Where it lacks one, files are read all the same, with less around them."""

import json
import tempfile
from dataclasses import dataclass

from ingest.reading.box.enter import DIES_WITH_PARENT, LANDLOCK, NO_NEW_PRIVILEGES, SECCOMP
from ingest.reading.box.limits import Limits
from ingest.reading.box.run import run_child

_CHILD = "ingest.reading.box.probe"
_LIMITS = Limits(seconds=30, megabytes=1024, output_bytes=10_000)
_WHAT = {
    DIES_WITH_PARENT: "a child process ends when the app ends, however that ends",
    NO_NEW_PRIVILEGES: "a child process never gains privileges",
    LANDLOCK: "a child process opens only its file and its libraries, and nothing to write",
    SECCOMP: "a child process makes no connection, starts no program and looks into no other process",
}


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the box, what it does in words, and whether this system has it."""

    name: str
    what: str
    active: bool


def box_layers() -> tuple[Layer, ...]:
    """The layers around the child processes that read files and draw pages, as a child that enters the box finds them.

    Raises:
        OSError: No child process can be started.

    Example:
        >>> [layer.name for layer in box_layers()]
        ['dies with parent', 'no new privileges', 'Landlock', 'seccomp']
    """
    with tempfile.TemporaryFile() as answer:
        status = run_child(_CHILD, {}, _LIMITS, [], answer)
        answer.seek(0)
        active = json.load(answer) if status == 0 else []
    return tuple(Layer(name, what, name in active) for name, what in _WHAT.items())
