"""A followed folder while the app is killed: at the end the library holds what the folder holds, nothing twice."""

import os
from pathlib import Path

import pytest

from tests.ingest.following.history import Day, End

# Each kill costs a start of the models. The whole test:
# PINPOINT_KILLS=20 python -m pytest -n 0 -s tests/ingest/following/test_killed.py
KILLS = int(os.environ.get("PINPOINT_KILLS", "1"))


@pytest.mark.slow
def test_killed_at_any_moment_the_library_comes_after_the_folder(tmp_path: Path) -> None:
    many = max(KILLS, 1)
    day = Day(tmp_path, copied=12 * many, changed=3 * many, renamed=3 * many, deleted=2 * many, kills=KILLS)
    day.runs()
    end = End.of(day)
    print(f"\n{KILLS} kills: {end}")
    assert end == End(10 * many, 10 * many, end.vanished, 0, 0, 0, 0)
    assert end.vanished <= 2 * many  # what was deleted before it was read is not offered
