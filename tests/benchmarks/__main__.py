"""One table of what Pinpoint takes beside the plain way, measured in turns in one run.

    python -m tests.benchmarks [NAME ...] [--repeats 3] [--json]

Names: embedding, reranking, retrieving, documents, adding; all of them where none is given. The last three need the
large corpus, which `tests.benchmarks.corpus` makes. Figures are medians in milliseconds; the ratio says how many times
ours the other takes. With `--json`, each line is an object, and the last one tells the machine.
"""

import argparse
import json
from statistics import median

from tests.benchmarks.measures import MEASURES, Line
from tests.benchmarks.report import machine, print_table


def main() -> None:
    """Measure what is asked for, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Ours beside the plain way.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--repeats", type=int, default=3, help="how often each is measured")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    if unknown := set(options.names) - set(MEASURES):
        parser.error(f"there is no measure {min(unknown)}; there are {', '.join(MEASURES)}")
    lines = [line for name in options.names or MEASURES for line in MEASURES[name](options.repeats)]
    if options.json:
        for line in lines:
            print(json.dumps(_figures(line)))
        print(json.dumps({"machine": machine()}))
        return
    print_table(("milliseconds, medians", "ours", "beside", "ratio", "beside is"), [_row(line) for line in lines])
    print(machine())


def _figures(line: Line) -> dict[str, str | float | None]:
    ours, beside = median(line.ours), median(line.beside) if line.beside else None
    return {
        "what": line.what,
        "ours": round(ours, 2),
        "beside": beside and round(beside, 2),
        "ratio": beside and round(beside / ours, 2),
        "than": line.than if line.beside else None,
    }


def _row(line: Line) -> tuple[str, ...]:
    figures = _figures(line)
    if not line.beside:
        return line.what, f"{figures['ours']:,}", "", "", ""
    return line.what, *(f"{figures[name]:,}" for name in ("ours", "beside", "ratio")), line.than


if __name__ == "__main__":
    main()
