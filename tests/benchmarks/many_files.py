"""Two hundred mixed files, a large PDF and scans first: when the small ones are in, and how long a cancel takes.

`python -m tests.benchmarks.many_files [--files 200] [--pages 1158] [--scans 3] [--part add|cancel]`. The seconds from
the first file that is put until every refusal is said, until every small file is in, and until all are. Then the large
PDF is cancelled while it is read, after its last page, while it is embedded, and a text just before it is finished: the
seconds until it is gone from the page.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ingest import Job, Library, Settings, Worker
from ingest.embedding.bi_encoder import load_bi_encoder
from tests.benchmarks.report import machine
from tests.ingest.reading.pdfs import page_scan, prose, scans, write_lines

LIMIT = 3600.0


def main() -> None:
    """Make the files, measure and print."""
    parser = argparse.ArgumentParser(description="Many files at once, and cancelling.")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--pages", type=int, default=1158)
    parser.add_argument("--scans", type=int, default=3)
    parser.add_argument("--part", choices=("add", "cancel"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        large = large_pdf(Path(home) / "manual.pdf", options.pages)
        if options.part != "cancel":
            with_worker(Path(home) / "one", lambda worker: add(worker, large, Path(home), options.files, options.scans))
        if options.part != "add":
            with_worker(Path(home) / "two", lambda worker: cancel(worker, large))
    print(machine())


def with_worker(folder: Path, measure: Callable[[Worker], None]) -> None:
    """Measure with a worker of a new library. The model is loaded before."""
    settings = Settings(library=folder, chroma_url=None, free_megabytes=0)
    load_bi_encoder(settings)
    with Library(settings) as library:
        measure(Worker(library, settings))


def add(worker: Worker, large: Path, home: Path, files: int, scanned: int) -> None:
    """Put the large file and the scans, then the small ones, and wait."""
    first = [("manual.pdf", large.read_bytes())]
    for number in range(scanned):
        pages = [page_scan(prose(number * 40 + page * 12, 12)) for page in range(3)]
        first.append((f"scan {number}.pdf", scans(home / "scan.pdf", pages).read_bytes()))
    small = [a_small_file(number) for number in range(files - len(first))]
    started = time.perf_counter()
    for name, content in [*first, *small]:
        worker.put(name, [content])
    print(f"{files} files put: {time.perf_counter() - started:.1f} s")
    names = {name for name, _ in small}

    def when(what: str, is_so: Callable[[list[Job]], bool]) -> None:
        wait(lambda: is_so(worker.jobs()))
        print(f"{what}: {time.perf_counter() - started:.1f} s", flush=True)

    bad = sum(name.startswith("bad") for name in names)
    when("the refusals are said", lambda jobs: sum(job.status == "failed" for job in jobs) == bad)
    when("the small files are in", lambda jobs: all(job.over for job in jobs if job.name in names))
    when("the scans are in", lambda jobs: all(job.over for job in jobs if job.name != "manual.pdf"))
    when("all are in", lambda jobs: all(job.over for job in jobs))


def cancel(worker: Worker, large: Path) -> None:
    """Cancel at each stage."""
    text = "\n\n".join(" ".join(prose(number, 4)) for number in range(150)).encode()
    manual = large.read_bytes()
    stages: list[tuple[str, bytes, Callable[[Job], bool]]] = [
        ("while it is read", manual, lambda job: reads(job) and share(job) > 0.02),
        ("after its last page", manual, lambda job: reads(job) and share(job) == 1),
        ("while it is embedded", manual, lambda job: not reads(job) and share(job) > 0.3),
        ("just before it is finished", text, lambda job: not reads(job) and share(job) > 0.95),
    ]
    for what, content, reached in stages:
        worker.put("manual.pdf" if content is manual else "rules.txt", [content])
        wait(lambda reached=reached: any(job.progress and reached(job) for job in worker.jobs()))  # type: ignore[misc]
        started = time.perf_counter()
        for job in worker.jobs():
            worker.cancel(job.id)
        said = time.perf_counter() - started
        wait(lambda: not any(job.going for job in worker.jobs()))
        print(
            f"cancelled {what}: said after {said:.2f} s, gone after {time.perf_counter() - started:.2f} s", flush=True
        )
        for job in worker.jobs():
            worker.dismiss(job.id)


def reads(job: Job) -> bool:
    """Whether a job's file is being read."""
    return bool(job.progress and job.progress.stage == "reading")


def share(job: Job) -> float:
    """How much of the stage is done."""
    return job.progress.done / job.progress.total if job.progress and job.progress.total else 0.0


def wait(is_so: Callable[[], bool]) -> None:
    """Look twenty times a second, as a page that is drawn."""
    deadline = time.monotonic() + LIMIT
    while not is_so():
        if time.monotonic() > deadline:
            raise SystemExit("It took too long.")
        threading.Event().wait(0.05)


def large_pdf(path: Path, pages: int) -> Path:
    """A manual of so many pages of prose under headings."""
    canvas = Canvas(str(path))
    for page in range(pages):
        canvas.setFont("Helvetica-Bold", 15)
        canvas.drawString(72, 780, f"{page + 1}. Chapter on matter {page}")
        write_lines(canvas, 72, 740, prose(page * 40, 40), 11)
        canvas.showPage()
    canvas.save()
    return path


def a_small_file(number: int) -> tuple[str, bytes]:
    """A small file of a kind that goes by its number; one in ten cannot be read."""
    text = " ".join(prose(number * 3, 3))
    match number % 10:
        case 0:
            return [(f"bad {number}.psd", b"8BPS\0\1" + bytes(60)), (f"bad {number}.txt", b" ")][number // 10 % 2]
        case 1 | 2:
            return f"page {number}.html", f"<html><body><h1>Note {number}</h1><p>{text}</p></body></html>".encode()
        case 3 | 4:
            return f"note {number}.md", f"# Note {number}\n\n{text}\n".encode()
        case 5:
            return f"table {number}.csv", f"name,text\n{number},{text}\n".encode()
        case _:
            return f"note {number}.txt", f"Note {number}. {text}".encode()


if __name__ == "__main__":
    main()
