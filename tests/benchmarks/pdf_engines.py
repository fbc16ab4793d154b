"""Engines that read PDF, side by side: what they keep, in what order, how fast, and what damaged files do to them.

    python -m tests.benchmarks.pdf_engines FOLDER… [--engines PYTHON] [--files 120] [--pages 12] [--results FILE]

FOLDER has PDFs of people, in folders of any depth; `pdftotext` (Debian's poppler-utils) gives the text that they are
compared with. Files whose text is known are made (Chromium prints some of them), and damaged ones from these and from
small ones of the folder. Every engine reads every file in a process of its own, which has limits of time and memory;
each result is a line of JSON in `--results`.

The engines are no requirements of the project. A virtual environment of their own has them, whose Python is PYTHON:
`pip install liteparse==2.18.0 pdftext==0.7.1 kreuzberg==4.10.4 docling-parse==7.23.1 pdfplumber==0.11.10`. What it
lacks is left out, and this is said.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

import pypdfium2

from tests.benchmarks.pdf import measures, worker
from tests.benchmarks.pdf.truths import Truth, truths
from tests.benchmarks.report import print_table
from tests.ingest.reading.mutations import MUTATIONS

SECONDS, SEED = 180, 7
_LITTLE_TEXT = 200  # characters of a file that has no text layer of its own, or nearly none


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: its kind, and what is known of it."""

    path: Path
    kind: str
    truth: Truth


def main() -> None:
    """Run every engine on every file and print the table."""
    parser = argparse.ArgumentParser(description="Engines that read PDF, side by side.")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--engines", default=sys.executable, help="the Python that has the engines")
    parser.add_argument("--files", type=int, default=120, help="how many files of the folders")
    parser.add_argument("--pages", type=int, default=12, help="how many pages of each, from its first")
    parser.add_argument("--damaged", type=int, default=160, help="how many damaged files")
    parser.add_argument("--results", type=Path, help="the file to which a line of JSON is added for each run")
    parser.add_argument("--only", nargs="*", default=[*worker.ENGINES], help="which engines")
    parser.add_argument("--kinds", nargs="*", default=[""], help="only files whose kind begins so, such as columns")
    parser.add_argument("--table", nargs="*", type=Path, help="print the table of these results, and run nothing")
    options = parser.parse_args()
    if options.table:
        _print_results(options.table)
        return
    versions = json.loads(_output([options.engines, "-P", worker.__file__, "versions"]))
    versions["ours"] = worker.versions()["ours"]
    missing = [name for name in options.only if name not in versions and name != "ours"]
    if missing:
        print("Not installed, left out:", ", ".join(missing))
    engines = [name for name in options.only if name not in missing]
    with tempfile.TemporaryDirectory() as made:
        jobs = [*_made(Path(made)), *_real(options.folders, options.files, options.pages, Path(made))]
        jobs += _damaged([job.path for job in jobs], options.damaged, Path(made))
        jobs = [job for job in jobs if job.kind.startswith(tuple(options.kinds))]
        results = list(_results(engines, jobs, options.engines, options.results))
    print_table(("", *engines), list(_rows(engines, results)))
    print(", ".join(f"{name} {version}" for name, version in versions.items() if name in engines))


def _print_results(files: Sequence[Path]) -> None:
    """Print the table of results that were written before."""
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    results = []
    for line in lines:
        left_out = {"error", "failed"} | (_SUMMED if line["kind"] != "real" else set())
        marks = {name: value for name, value in line.items() if name not in left_out and not isinstance(value, str)}
        results.append((line["engine"], marks))
    engines = [name for name in worker.ENGINES if any(engine == name for engine, _ in results)]
    print_table(("", *engines), list(_rows(engines, results)))


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, errors="replace").stdout


def _made(folder: Path) -> Iterator[Job]:
    for truth in truths(folder):
        yield Job(truth.path, truth.kind, truth)


def _real(folders: Sequence[Path], most: int, pages: int, made: Path) -> Iterator[Job]:
    """Files chosen at random, their first pages, with poppler's text as the truth. Copies have no outline; a file that
    is short enough comes by as it is as well, and its outline tells the headings of both."""
    found = sorted({path for folder in folders for path in folder.rglob("*.pdf")})
    Random(SEED).shuffle(found)
    taken = 0
    for path in found:
        if taken == most:
            return
        try:
            document = pypdfium2.PdfDocument(path)
            copy = made / f"real-{taken}.pdf"
            _copy(document, pages, copy)
            text = measures.reference(_output(["pdftotext", str(copy), "-"]))
        except (pypdfium2.PdfiumError, subprocess.CalledProcessError):
            continue  # protected or damaged
        if len(text) < _LITTLE_TEXT:
            continue
        taken += 1
        titles = _outline(document, pages)
        yield Job(copy, "real", Truth(path, "real", text, titles))
        if titles and len(document) <= pages:
            yield Job(path, "real, with outline", Truth(path, "real, with outline", text, titles))


def _copy(document: pypdfium2.PdfDocument, pages: int, path: Path) -> None:
    copy = pypdfium2.PdfDocument.new()
    copy.import_pages(document, list(range(min(pages, len(document)))))
    copy.save(path)


def _outline(document: pypdfium2.PdfDocument, pages: int) -> tuple[str, ...]:
    """The titles of the outline that lead to the first pages."""
    found = []
    for entry in document.get_toc():
        place = entry.get_dest()
        index = place.get_index() if place else None
        if index is not None and index < pages:
            found.append(entry.get_title())
    return tuple(found)


def _damaged(paths: Sequence[Path], most: int, made: Path) -> Iterator[Job]:
    """Damaged copies of files that are not large, each with every kind of damage in turn."""
    small = [path for path in paths if path.stat().st_size < 300_000]
    kinds = list(MUTATIONS)
    for number in range(most):
        chance = Random(f"{SEED}:{number}")
        path = made / f"damaged-{number}.pdf"
        path.write_bytes(MUTATIONS[kinds[number % len(kinds)]](chance.choice(small).read_bytes(), chance))
        yield Job(path, "damaged", Truth(path, "damaged", ""))


def _results(
    engines: Sequence[str], jobs: Sequence[Job], python: str, file: Path | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, job in enumerate(jobs):
        for engine in engines:
            found = _read(engine, job.path, python)
            marks = _marks(found, job)
            if file:
                with file.open("a", encoding="utf-8") as lines:
                    told = {key: value for key, value in found.items() if key not in {"text", "tables", "headings"}}
                    line = {"engine": engine, "file": job.truth.path.name, "kind": job.kind, **marks, **told}
                    lines.write(json.dumps(line) + "\n")
            yield engine, marks
        if sys.stderr.isatty():
            print(f"\r{place + 1} of {len(jobs)}", end="", file=sys.stderr, flush=True)


def _read(engine: str, path: Path, python: str) -> dict[str, Any]:
    """What an engine finds in a file, or `failed`: how its process ended."""
    script = ["-m", worker.__name__] if engine == "ours" else ["-P", worker.__file__]
    command = [sys.executable if engine == "ours" else python, *script, engine, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False)
        found: dict[str, Any] = json.loads(done.stdout.rstrip().rpartition("\n")[2])
    except subprocess.TimeoutExpired:
        return {"failed": "hangs"}
    except json.JSONDecodeError:
        return {"failed": "crashes"}
    return {**found, "failed": "refuses"} if "error" in found else found


def _marks(found: dict[str, Any], job: Job) -> dict[str, Any]:
    """The measures that the kind of the file asks for, by their rows in the table."""
    if job.kind == "damaged":
        held = found.get("failed") or ("reads text" if found["text"].strip() else "reads nothing")
        return {f"damaged files: {outcome}": outcome == held for outcome in _OUTCOMES}
    if "failed" in found:
        return {"whole files that it fails on": True, **_none_found(job)}
    text, truth = found["text"], job.truth
    marks: dict[str, Any] = {"whole files that it fails on": False}
    if job.kind in {"columns", "right-to-left"}:
        marks[f"{job.kind}: words kept"] = measures.words_kept(text, truth.text)
        marks[f"{job.kind}: order kept"] = measures.order_kept(text, truth.text)
    if truth.rows:
        marks[f"{job.kind}: rows kept"] = measures.rows_kept(found, truth)
        marks[f"{job.kind}: values with their heads"] = measures.heads_kept(found, truth)
    if truth.kept:
        marks["hyphens: words whole"] = measures.whole_words(found, truth)
    if truth.headings:
        marks[f"headings found, {_headings_kind(job)}"] = measures.headings_found(found, truth.headings)
        marks[f"headings that are right, {_headings_kind(job)}"] = measures.headings_right(found, truth.headings)
    if job.kind == "real":
        marks |= {
            "real: words kept": measures.words_kept(text, truth.text),
            "real: strange words": measures.strange_words(text, truth.text),
            "real: order kept": measures.order_kept(text, truth.text),
            "pages": found["pages"], "seconds": found["seconds"], "start": found["start"],
            "megabytes": found["megabytes"], "boxes": found["boxes"],
        }  # fmt: skip
    return marks


_OUTCOMES = ("reads text", "reads nothing", "refuses", "crashes", "hangs")


def _headings_kind(job: Job) -> str:
    return "real, without outline" if job.kind == "real" else job.kind.removeprefix("headings, ")


def _none_found(job: Job) -> dict[str, Any]:
    """A file that was not read counts as nothing found."""
    return {"real: words kept": 0.0, "real: order kept": 0.0} if job.kind == "real" else {}


def _rows(engines: Sequence[str], results: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, ...]]:
    held: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for engine, marks in results:
        for name, value in marks.items():
            if value is not None:
                held[name][engine].append(value)
    counted = {name for name in held if name.startswith(("damaged", "whole files"))}
    for name in [name for name in held if name not in counted | _SUMMED]:
        yield name, *(f"{mean(held[name][engine]):.3f}" if held[name][engine] else "" for engine in engines)
    for name in sorted(counted):
        yield name, *(str(sum(held[name][engine])) for engine in engines)
    if not any(held["pages"].values()):
        return
    pages, seconds, start, memory, boxes = (held[name] for name in ("pages", "seconds", "start", "megabytes", "boxes"))
    yield "boxes of words", *("yes" if all(boxes[engine]) else "no" for engine in engines)
    yield "pages a second", *(f"{sum(pages[engine]) / max(sum(seconds[engine]), 0.01):,.0f}" for engine in engines)
    yield "seconds to import", *(f"{mean(start[engine]):.2f}" for engine in engines)
    yield "most memory, MB", *(f"{max(memory[engine]):,.0f}" for engine in engines)
    yield "memory on average, MB", *(f"{mean(memory[engine]):,.0f}" for engine in engines)


_SUMMED = {"pages", "seconds", "start", "megabytes", "boxes"}

if __name__ == "__main__":
    main()
