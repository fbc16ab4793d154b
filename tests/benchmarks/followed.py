"""A followed folder on a bad day: files come, change and go while questions are asked and the app is killed.

`python -m tests.benchmarks.followed [--copied 1000 --changed 100 --renamed 100 --deleted 50 --kills 2]`: says what the
library holds at the end beside the folder, what is missing or twice, how many questions were answered meanwhile and how
long the slowest took, and how long all of it lasted.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.benchmarks.report import machine
from tests.ingest.following.history import Day, End


def main() -> None:
    """Let the day happen, and print how it ended."""
    parser = argparse.ArgumentParser(description="A followed folder while the app is killed.")
    for name, number in {"copied": 1000, "changed": 100, "renamed": 100, "deleted": 50, "kills": 2}.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        day = Day(Path(home), **vars(options))
        started = time.perf_counter()
        day.runs()
        took = time.perf_counter() - started
        end = End.of(day)
    print(
        f"{day.copied:,} files copied in, {day.changed:,} changed, {day.renamed:,} renamed, {day.deleted:,} deleted, "
        f"killed {day.kills} times with {', '.join(str(said.get('held')) for said in day.killed_at[:-1])} files in"
    )
    print(
        f"folder {end.files:,} files, library {end.documents:,} documents once the {end.vanished:,} offered ones were "
        f"removed: {end.missing} missing, {end.too_many} too many, {end.wrongly_named} names that differ, "
        f"{end.incomplete} not whole"
    )
    print(f"{day.asked:,} questions answered meanwhile, the slowest in {day.slowest:.1f} s; {took:,.0f} s in all")
    print(machine())


if __name__ == "__main__":
    main()
