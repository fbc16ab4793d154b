"""A fresh process over the large library: how soon it answers, how much memory it takes, and how many it serves.

    python -m tests.benchmarks.large_start [--documents 12000] [--people 20] [--minutes 2]

The first answer is measured from the start of the process, with the models on the disk; as in the app, they are loaded
while the library is opened. Then so many people ask in
threads, each with 0 to 8 seconds between an answer and the next question; then one alone, as long. The memory is the
peak of the process, as the system counts it.
"""

import argparse
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.report import print_table

PAUSE = 8.0  # seconds at most between two questions of one person


@dataclass
class Answered:
    """Seconds of each answer, until its first passages and until the last."""

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A fresh process over the large library.")
    parser.add_argument("--documents", type=int, default=12_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=2)
    options = parser.parse_args()

    import chromadb  # noqa: F401 (as in the app, before another thread imports what it shares with the models)

    from ingest import Library
    from ingest.memory import share_arenas
    from qa import Asker, load_models
    from tests.benchmarks.large_library import settings_of

    settings = settings_of(options.documents)
    if not (settings.library / "whole").exists():
        raise SystemExit("There is no such library yet. Make it first: python -m tests.benchmarks.at_scale")
    share_arenas()
    threading.Thread(target=load_models, args=[settings], daemon=True).start()
    with Library(settings) as library:
        asker = Asker(library, settings)
        asker.ask("How do I create an index?")
        print(f"first answer {_age():.1f} s after the start of the process, peak memory {_peak():,.0f} MB")
        asked = [document.name.partition(" ")[2] for document in library.documents()[:: options.documents // 500 or 1]]
        rows = [_row(people, _asked(asker, asked, people, options.minutes)) for people in (options.people, 1)]
    print_table(("people", "answers a minute", "first passages, s", "whole answer, s", "95 %, s"), rows)
    print(f"peak memory {_peak():,.0f} MB")
    sys.stdout.flush()


def _asked(asker: object, questions: Sequence[str], people: int, minutes: float) -> tuple[Answered, float]:
    """Everybody asks until the time is over; and how many answers a minute there were."""
    answered, until, started = Answered(), time.monotonic() + 60 * minutes, time.monotonic()
    threads = [
        threading.Thread(target=_one, args=[asker, questions, number, until, answered]) for number in range(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answered, 60 * len(answered.last) / (time.monotonic() - started)


def _one(asker: object, questions: Sequence[str], number: int, until: float, answered: Answered) -> None:
    chance = random.Random(number)
    time.sleep(chance.uniform(0, PAUSE))
    while time.monotonic() < until:
        started = time.monotonic()
        for place, _ in enumerate(asker.asking(_question(chance.choice(questions)))):  # type: ignore[attr-defined]
            if place == 0:
                answered.first.append(time.monotonic() - started)
        answered.last.append(time.monotonic() - started)
        time.sleep(chance.uniform(0, PAUSE))


def _question(name: str) -> str:
    words = name.removesuffix(".html").replace("-", " ").replace("_", " ").replace(".", " ")
    return f"How do I use {words}?"


def _row(people: int, measured: tuple[Answered, float]) -> tuple[str, ...]:
    answered, rate = measured
    first, last = sorted(answered.first), sorted(answered.last)
    figures = statistics.median(first), statistics.median(last), last[int(0.95 * (len(last) - 1))]
    return (str(people), f"{rate:.0f}", *(f"{figure:.1f}" for figure in figures))


def _age() -> float:
    """How many seconds ago this process was started."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19])
    return float(Path("/proc/uptime").read_text(encoding="utf-8").split()[0]) - ticks / os.sysconf("SC_CLK_TCK")


def _peak() -> float:
    """The most memory of this process so far, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


if __name__ == "__main__":
    main()
