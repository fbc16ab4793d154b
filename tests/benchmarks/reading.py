"""How fast PDF is read, beside the plain way: markitdown's own reader.

`python -m tests.benchmarks.reading [FILE…] [--repeats 5]`: pages a second of each file, by default of the example's
manual; ours with the start of the process that every file gets, markitdown in this one, already imported; in turns, the
median. The characters of text tell whether the two read the same.
"""

import argparse
import statistics
import time
from pathlib import Path

from markitdown import MarkItDown

from ingest import load_settings
from ingest.examples import example_documents
from ingest.reading.read import read
from tests.benchmarks.report import machine, print_table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Pages of PDF read a second.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    files = options.files or [path for path in example_documents() if path.suffix == ".pdf"]
    rows = [measured(path, options.repeats) for path in files]
    print_table(("file", "pages", "ours pages/s", "plain pages/s", "ratio", "characters", "plain"), rows)
    print(machine())


def measured(path: Path, repeats: int) -> tuple[str, ...]:
    """One row."""
    settings, plain = load_settings(), MarkItDown(enable_plugins=False)
    ours_seconds, plain_seconds = [], []
    for _ in range(repeats):
        started = time.perf_counter()
        reading = read(path, path.name, settings)
        between = time.perf_counter()
        text = plain.convert_local(path).text_content
        ours_seconds.append(between - started)
        plain_seconds.append(time.perf_counter() - between)
    pages = reading.pages or 1
    ours, other = statistics.median(ours_seconds), statistics.median(plain_seconds)
    characters = sum(len(section.text) for section in reading.sections)
    return (
        path.name[:40],
        str(pages),
        f"{pages / ours:,.1f}",
        f"{pages / other:,.1f}",
        f"{other / ours:.1f}",
        f"{characters:,}",
        f"{len(text):,}",
    )


if __name__ == "__main__":
    main()
