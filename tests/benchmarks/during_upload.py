"""How long a question takes while files are being added, beside the same question while nothing else goes on.

`python -m tests.benchmarks.during_upload [--questions 20]`: the example library is asked while the worker embeds long
files made for it, and while it does nothing, in turns, so that a busy machine slows both. Medians of the whole
question, in milliseconds, and their ratio.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from ingest import Library, Settings, Worker, example_documents, example_questions
from ingest.pipeline.add import add
from qa import Asker
from tests.benchmarks.report import machine

ROUNDS = 4


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A question's time with and without an upload.")
    parser.add_argument("--questions", type=int, default=20)
    count = parser.parse_args().questions
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        settings = Settings(library=Path(home) / "library", chroma_url=None)
        with Library(settings) as library:
            for path in example_documents():
                add(path, library, settings)
            asker = Asker(library, settings)
            asker.ask("warm-up")
            worker = Worker(library, settings)
            alone: list[float] = []
            busy: list[float] = []
            for turn in range(ROUNDS):
                alone += asked(asker, count // ROUNDS)
                worker.put(f"long-{turn}.txt", [long_text(turn)])
                while not any(job.status == "working" and job.progress for job in worker.jobs()):
                    time.sleep(0.05)
                busy += asked(asker, count // ROUNDS)
                for job in worker.jobs():
                    worker.cancel(job.id)
                while any(job.going for job in worker.jobs()):
                    time.sleep(0.05)
    print(f"alone {statistics.median(alone):,.0f} ms, during an upload {statistics.median(busy):,.0f} ms,", end=" ")
    print(f"ratio {statistics.median(busy) / statistics.median(alone):.2f} ({len(alone)} questions each)")
    print(machine())


def asked(asker: Asker, count: int) -> list[float]:
    """The milliseconds of each of so many questions."""
    questions = example_questions(5)
    times = []
    for number in range(count):
        started = time.perf_counter()
        asker.ask(questions[number % len(questions)])
        times.append((time.perf_counter() - started) * 1000)
    return times


def long_text(seed: int) -> bytes:
    """Some thousand passages of text."""
    lines = (
        f"Entry {seed}-{number}: the pump of line {number % 37} was opened, cleaned and closed again, and its "
        f"pressure stood at {number % 11 + 2} bar afterwards. " * 4
        for number in range(4000)
    )
    return "\n\n".join(lines).encode()


if __name__ == "__main__":
    main()
