"""Headings by their looks: PDFs whose outline is taken away, and how much of it is found.

    python -m tests.benchmarks.pdf_headings FILE… [--pages 30] [--show]

The first pages of a file are its title and its contents, so others are read, from its first third on. The titles of the
outline are the truth; what is found besides may be a heading all the same, which `--show` lets one judge.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from ingest.document import Section
from ingest.reading.formats.pdf.headings import outline
from ingest.reading.formats.pdf.reader import read
from ingest.reading.formats.pdf.scans import TextLayers
from tests.benchmarks.pdf.measures import plain_title
from tests.benchmarks.report import print_table


def main() -> None:
    """Print a row for each file and one for all that have an outline."""
    parser = argparse.ArgumentParser(description="Headings by their looks, without the outline.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=30, help="how many pages of each")
    parser.add_argument("--show", action="store_true", help="print what is wrong and what is missing")
    options = parser.parse_args()
    TextLayers.needs_ocr = lambda *_: False  # type: ignore[method-assign]
    rows, totals = [], [0, 0, 0]
    for path in options.files:
        wanted, given = _titles(path, options.pages)
        right = wanted & given
        if options.show:
            print(path.name, "\n  wrong:", sorted(given - wanted), "\n  missing:", sorted(wanted - given))
        if wanted:
            rows.append(_row(path.name, len(wanted), len(given), len(right)))
            totals = [one + other for one, other in zip(totals, (len(wanted), len(given), len(right)), strict=True)]
    print_table(("", "in the outline", "found", "right", "recall", "precision"), [*rows, _row("all", *totals)])


def _row(name: str, wanted: int, given: int, right: int) -> tuple[str, ...]:
    return name, str(wanted), str(given), str(right), f"{right / max(wanted, 1):.2f}", f"{right / max(given, 1):.2f}"


def _titles(path: Path, most: int) -> tuple[set[str], set[str]]:
    """The titles of the outline, and those that are found without it."""
    document = pypdfium2.PdfDocument(path)
    count = min(most, len(document))
    first = max(0, (len(document) - count) // 3)
    wanted = {plain_title(entry.title) for entry in outline(document) if first < entry.page <= first + count}
    with tempfile.TemporaryDirectory() as folder:
        copy = pypdfium2.PdfDocument.new()
        copy.import_pages(document, list(range(first, first + count)))
        copy.save(Path(folder) / "copy.pdf")
        return wanted - {""}, {plain_title(title) for title in _found(Path(folder) / "copy.pdf")}


def _found(path: Path) -> Iterator[str]:
    for section in read(path).sections:
        if isinstance(section, Section) and section.heading:
            yield from section.heading.split(" > ")


if __name__ == "__main__":
    main()
