"""Memory that is free again goes back to the system."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

FREED = """
from pathlib import Path
from ingest.memory import give_back, share_arenas

def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

share_arenas()
many = [b"x" * 3_000 + bytes([1]) for _ in range(40_000)]
kept = many[::100]  # so that what is free lies between what is not
del many
before = resident()
give_back()
print(before - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks glibc, the C library of Linux")
def test_what_is_free_in_the_middle_goes_back() -> None:
    done = subprocess.run([sys.executable, "-c", FREED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 50_000  # kilobytes, of 120,000
