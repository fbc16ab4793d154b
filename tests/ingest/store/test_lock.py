"""The lock of a library's folder: a process that was killed may leave it to a child for a moment."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import LibraryInUse
from ingest.store.lock import lock_folder
from tests.conftest import ROOT, until

# Takes the lock, and starts a child that shares it and lives on for so many seconds.
START = """
import os, subprocess, sys, time
from pathlib import Path
from ingest.store.lock import lock_folder
lock = lock_folder(Path(sys.argv[1]))
descriptor = lock._context.lock_file_fd
os.set_inheritable(descriptor, True)
subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({sys.argv[2]})"], close_fds=False)
print("locked", flush=True)
time.sleep(600)
"""


def killed_with_a_child(folder: Path, seconds: float) -> None:
    command = [sys.executable, "-c", START, str(folder), str(seconds)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"locked\n"
        process.kill()


def test_a_lock_that_ends_in_a_moment_is_waited_for(tmp_path: Path) -> None:
    killed_with_a_child(tmp_path, 0.5)
    lock_folder(tmp_path).release()


def test_a_lock_that_another_process_keeps_is_a_sentence(tmp_path: Path) -> None:
    killed_with_a_child(tmp_path, 4)
    with pytest.raises(LibraryInUse, match="Pinpoint is already running on it"):
        lock_folder(tmp_path)

    def is_free() -> bool:
        try:
            lock_folder(tmp_path).release()
        except LibraryInUse:
            return False
        return True

    until(is_free)
