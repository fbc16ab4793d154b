"""Look at a store's folder before it is opened, in a child process: a damaged one ends the process that opens it.

Chroma's Rust core and its index end the whole process where their files are damaged. SQLite's `quick_check` comes
first, then opening, reading and asking in the child. Where the files are as they were when the store was last known to
be sound, nothing is looked at, so a normal start takes no longer.
"""

import hashlib
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

DATABASE_FILE = "chroma.sqlite3"

_ROOT = Path(__file__).resolve().parents[2]
_CHILD = "ingest.store.examine_child"
_SECONDS = 900.0  # for millions of passages on a slow disk; where this is over, the store does not answer
_LOGGED = 2000  # characters of what the child wrote


@dataclass(frozen=True, slots=True)
class Examined:
    """What of a store can be relied on: its database, the passages in it, the vectors of all of them."""

    database: bool
    passages: bool
    vectors: bool

    @property
    def sound(self) -> bool:
        """Whether the store can be opened and asked."""
        return self.database and self.passages and self.vectors


def fingerprint(folder: Path) -> str:
    """How the files of a store are, without reading them: their names, sizes and times of change."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    states = [(str(path.relative_to(folder)), path.stat()) for path in files]
    told = [(name, state.st_size, state.st_mtime_ns, state.st_ctime_ns) for name, state in states]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def examine(folder: Path, *, whole: bool = False) -> Examined:
    """Look at the store in a folder, in a child process. Whatever becomes of the child, this process goes on.

    Args:
        folder: The store's folder; no process may have it open.
        whole: Whether every passage and vector is read too, which takes minutes in a large library.
    """
    search_path = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        child = subprocess.run(  # noqa: S603 - a module of ours; the folder's name goes in as data
            [sys.executable, "-P", "-m", _CHILD, str(folder.absolute()), str(os.getpid()), "whole" if whole else ""],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(search_path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        lines = (late.stdout or b"").decode(errors="replace").split()
    else:
        lines = child.stdout.split()
        if child.returncode:
            logger.warning("looking at the store ended with %d: %s", child.returncode, child.stderr[-_LOGGED:].strip())
    return Examined("database" in lines, "passages" in lines, "vectors" in lines)
