"""How soon the first passages of an answer are there, and the last, over a small library and a large one of real text.

`python -m tests.benchmarks.asking [--questions 50]`: questions of the example, asked of the example library and of one
of at least 5,000 passages: the example with the reference of the Python language and the docstrings of scikit-learn and
SciPy, which are on every machine that can run this. Milliseconds, the median and the 95th percentile.
"""

import argparse
import ast
import importlib.util
import json
import pydoc_data.topics
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest import example_documents
from ingest.embedding.bi_encoder import load_bi_encoder
from qa import Answer, Asker
from tests.benchmarks.report import machine, print_table
from tests.benchmarks.temporary import temporary_library

PASSAGES = 5_000
CHARACTERS = 450  # of a passage of such text, on average; too low rather than too high
SHORTEST = 300  # characters of a docstring that says something


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The time to the first and to the last passage of an answer.")
    parser.add_argument("--questions", type=int, default=50)
    count = parser.parse_args().questions
    questions = example_questions_of_all_kinds()[:count]
    rows = [measured("example", [*example_documents()], questions)]
    with tempfile.TemporaryDirectory(prefix="pinpoint-text-") as folder:
        rows.append(measured("with 5,000 more", [*example_documents(), *real_text(Path(folder))], questions))
    head = ("library", "passages", "first p50", "first p95", "last p50", "last p95", "retrieval p50", "sentences p50")
    print_table(head, rows)
    print(f"{len(questions)} questions each")
    print(machine())


def measured(name: str, paths: Sequence[Path], questions: Sequence[str]) -> tuple[str, ...]:
    """One library's row."""
    first, last, retrieve, sentences = [], [], [], []
    with temporary_library(paths) as (library, settings, _):
        asker = Asker(library, settings)
        load_bi_encoder(settings)
        asker.ask("warm-up")
        for question in questions:
            started = time.perf_counter()
            for number, step in enumerate(asker.asking(question)):
                if number == 0:
                    first.append((time.perf_counter() - started) * 1000)
                if isinstance(step, Answer):
                    last.append((time.perf_counter() - started) * 1000)
                    retrieve.append(step.milliseconds.retrieve)
                    sentences.append(step.milliseconds.sentences)
        passages = library.rows()
    times = [*percentiles(first), *percentiles(last), statistics.median(retrieve), statistics.median(sentences)]
    return (name, f"{passages:,}", *(f"{value:,.0f}" for value in times))


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(values), sorted(values)[round(0.95 * (len(values) - 1))]


def example_questions_of_all_kinds() -> list[str]:
    """The example's questions, with and without an answer, in their order."""
    lines = (example_documents()[0].parent.parent / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def real_text(folder: Path) -> Iterator[Path]:
    """Files of prose that people wrote, together some more than 5,000 passages."""
    written = 0
    for number, text in enumerate(prose()):
        path = folder / f"text-{number}.txt"
        path.write_text(text, encoding="utf-8")
        written += len(text)
        yield path
        if written > PASSAGES * CHARACTERS:
            return


def prose() -> Iterator[str]:
    """The reference of the language, then the docstrings of a module each."""
    yield "\n\n".join(pydoc_data.topics.topics.values())
    for package in ("sklearn", "scipy"):
        found = importlib.util.find_spec(package)
        for place in (found.submodule_search_locations or []) if found else []:
            for path in sorted(Path(place).rglob("*.py")):
                if text := "\n\n".join(docstrings(path)):
                    yield text


def docstrings(path: Path) -> Iterator[str]:
    """What the functions and classes of a module say of themselves."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8", errors="replace"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            said = ast.get_docstring(node) or ""
            if len(said) > SHORTEST:
                yield said


if __name__ == "__main__":
    main()
